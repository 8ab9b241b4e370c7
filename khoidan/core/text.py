"""Vietnamese text: one stored form, one order, one way to search."""

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
MADE_LETTERS = {(letter[0], letter[1]): made for made in "ăâêôơư" for letter in [unicodedata.normalize("NFD", made)]}
WEIGHT = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0]"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
MARKUP = re.compile(r"<(/?[a-z]|!|\?)", re.IGNORECASE)  # what opens a tag in HTML; «a < b» is no tag

QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))


def tidy(text):
    """NFC, with zero-width and direction marks removed: the only form that is stored."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def fold(text):
    """For searching: no case, no marks, single spaces; «Phụ nữ» and «phu  nu» fold alike."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def search_words(text):
    """The folded words of what is searched for; quotes around them ask for nothing."""
    words = (word.strip("'‘’") for word in fold(text.translate(QUOTES)).split())
    return [word for word in words if word]


def sort_key(text):
    """A key whose byte order is the Vietnamese alphabet, tones deciding between equal letters."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", text.casefold()):
        if char in TONES:
            tones[-1:] = TONES[char]
        elif letters and (letters[-1], char) in MADE_LETTERS:
            letters[-1] = MADE_LETTERS[letters[-1], char]
        elif not unicodedata.combining(char):
            letters.append(char)
            tones.append("0")
    return "".join(WEIGHT.get(c, c if c < "A" else "z") for c in letters) + "\t" + "".join(tones)


def person_sort_key(name):
    """Given name first, as lists of people are read in Vietnam; the rest decides between namesakes."""
    *rest, given = name.split() or [""]
    return sort_key(given) + "\b" + sort_key(" ".join(rest))
