"""Words in the text of a template that each of its tasks fills by its own day: {tháng}, {quý}, {năm}, {tuần}."""

import re
from difflib import get_close_matches

from khoidan.core.text import fold

ROMAN = ("I", "II", "III", "IV")
WORDS = ("tháng", "quý", "năm", "tuần")
TOLD = ", ".join(f"{{{word}}}" for word in WORDS)
KNOWN = {fold(word): word for word in WORDS}
BRACED = re.compile(r"\{([^{}\n]*)\}")
LIKE = 0.6  # how near, of 1, a word must be to be taken for one of WORDS


def unknown(text):
    """What stands in braces and is none of the words, as it was typed."""
    return [found.group() for found in BRACED.finditer(text) if fold(found[1]) not in KNOWN]


def meant(word):
    """Which of the words, in its braces, was probably meant by `word` in its own; empty where none is near."""
    near = get_close_matches(fold(word.strip("{}")), KNOWN, 1, LIKE)
    return f"{{{KNOWN[near[0]]}}}" if near else ""


def spelled(text):
    """`text` with the words that were typed without their marks written in full: {thang} is {tháng}."""
    return BRACED.sub(lambda found: f"{{{KNOWN[fold(found[1])]}}}" if fold(found[1]) in KNOWN else found.group(), text)


def fill(text, day):
    """`text` with the words replaced; beside a number of a week the year is the one that the week belongs to."""
    asked = {fold(found) for found in BRACED.findall(text)}
    year, week, _weekday = day.isocalendar()
    values = {
        "thang": day.month,
        "quy": ROMAN[(day.month - 1) // 3],
        "nam": year if fold("tuần") in asked else day.year,
        "tuan": week,
    }
    return BRACED.sub(lambda found: str(values.get(fold(found[1]), found.group())), text)
