"""Marks of state secrets. Such papers are not entered here: Law on the Protection of State Secrets 29/2018/QH14."""

import re
import unicodedata

MARKS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
LONGEST = 60  # characters of a line that can be nothing but a mark
LABEL = "ĐỘMẬT"  # as in «Độ mật: Tối mật»
PARTS = re.compile(r"[^\w ]|_")
BEGINS = re.compile(r"(TỐI|TUYỆT) MẬT\b")


def mark_in(line):
    """The mark that this line is, stamped alone; None for a line that only speaks of secrets («bảo vệ bí mật»)."""
    if len(line) > LONGEST or any(char.isdigit() for char in line):
        return None
    letters = "".join(char for char in unicodedata.normalize("NFC", line) if char.isalpha())
    if letters.upper().startswith(LABEL):
        return MARKS.get(letters.upper().removeprefix(LABEL))
    found = MARKS.get(letters.upper())
    return found if found != "MẬT" or letters == "MẬT" else None


def mark_in_name(name):
    """The mark that stands in the name of a file as a part of its own: «CV 12 (MẬT).pdf», «TỐI MẬT kế hoạch.docx»."""
    stem = unicodedata.normalize("NFC", name).rpartition(".")[0]
    begins = BEGINS.match(stem)
    return begins.group() if begins else next(filter(None, map(mark_in, PARTS.split(stem))), None)
