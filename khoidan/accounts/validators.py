"""What a password may not be. Length decides; no composition rules, no forced change (ASVS 5.0, 6.2)."""

import re
import string
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khoidan.core.text import fold

OFFICE_WORDS = ("khoidan", "matkhau", "mattran", "tuyenquang", "nahang", "congdoan", "phunu", "nongdan", "vietnam")
PADDING = re.compile(r"(19|20)\d\d|123(4(5(6(7(89?)?)?)?)?)?0?")  # how such words are made longer
LONGEST = 128
ROWS = (string.digits, string.ascii_lowercase, "qwertyuiopasdfghjklzxcvbnm")  # each read on from its end
RUNS = tuple(row * (LONGEST // len(row) + 2) for row in ROWS)
LONGEST_PIECE = 4  # characters that are repeated
LEFTOVER = 6  # characters that must remain once what everybody would try is taken out


class MaximumLengthValidator:
    def __init__(self, max_length=LONGEST):
        self.max_length = max_length

    def validate(self, password, user=None):
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self):
        return ngettext("Mật khẩu dài nhất %(n)d ký tự.", "Mật khẩu dài nhất %(n)d ký tự.", self.max_length) % {
            "n": self.max_length
        }


class OfficeWordsValidator:
    """Refuses passwords that are little more than the words of the office."""

    def validate(self, password, user=None):
        whole = rest = re.sub(r"[\W_]", "", fold(password))
        for word in OFFICE_WORDS:
            rest = rest.replace(word, "")
        if rest != whole and len(PADDING.sub("", rest)) < LEFTOVER:
            raise ValidationError(self.get_help_text(), code="password_of_office_words")

    def get_help_text(self):
        return _("Mật khẩu không được chỉ gồm những từ quen thuộc của cơ quan.")


def is_run(word):
    """True for neighbours in the alphabet, among the digits or on the keyboard, in either direction."""
    return any(word in run or word[::-1] in run for run in RUNS)


def is_repeated(word):
    """True for one short piece over and over."""
    pieces = (word[:size] for size in range(1, LONGEST_PIECE + 1))
    return any((piece * len(word))[: len(word)] == word for piece in pieces)


class RunsValidator:
    """Refuses a short piece over and over, and simple runs; full-width letters are the same letters."""

    def validate(self, password, user=None):
        word = "".join(unicodedata.normalize("NFKC", password).casefold().split())
        if is_run(word) or is_repeated(word):
            raise ValidationError(self.get_help_text(), code="password_is_a_run")

    def get_help_text(self):
        return _("Mật khẩu không được chỉ là một đoạn ngắn lặp lại hay một dãy liền nhau như 123456, abcdef.")
