"""Months, quarters and years: where they begin and end, how an address writes them, what people call them."""

from datetime import date

import pytest

from khoidan.core.periods import period, period_of

DAYS = [
    ("month", date(2026, 12, 31), "2026-12", "tháng 12/2026", date(2026, 12, 1), date(2027, 1, 1)),
    ("month", date(2024, 2, 29), "2024-02", "tháng 02/2024", date(2024, 2, 1), date(2024, 3, 1)),
    ("quarter", date(2026, 1, 1), "2026-q1", "quý I/2026", date(2026, 1, 1), date(2026, 4, 1)),
    ("quarter", date(2026, 6, 30), "2026-q2", "quý II/2026", date(2026, 4, 1), date(2026, 7, 1)),
    ("quarter", date(2026, 9, 1), "2026-q3", "quý III/2026", date(2026, 7, 1), date(2026, 10, 1)),
    ("quarter", date(2026, 10, 1), "2026-q4", "quý IV/2026", date(2026, 10, 1), date(2027, 1, 1)),
    ("year", date(2026, 7, 4), "2026", "năm 2026", date(2026, 1, 1), date(2027, 1, 1)),
]


@pytest.mark.parametrize(("kind", "day", "code", "words", "start", "end"), DAYS)
def test_a_day_lies_in_its_period(kind, day, code, words, start, end):
    found = period(kind, day)
    assert (found.code, str(found), found.start, found.end) == (code, words, start, end)
    assert period_of(code) == found == found.before.after
    assert (found.before.end, found.after.start) == (start, end)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2026-13",
        "2026-00",
        "2026-q5",
        "2026-q0",
        "1929",
        "2100-01",
        "9999-12",
        "9999",
        "0000",
        "2026-1",
        "x",
        "２０２６",
        "2026\n",
    ],
)
def test_what_is_no_period_is_none(code):
    assert period_of(code) is None
