"""Days and times in the ways people write them."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from khoidan.core.dates import DateField, TimeField

DAYS = {
    "05/11/2026": (2026, 11, 5),
    "5-11-2026": (2026, 11, 5),
    "25 / 11 / 2026": (2026, 11, 25),
    "05.11.26": (2026, 11, 5),
    "05112026": (2026, 11, 5),
    "5/9": (2026, 9, 5),
    "t": (2026, 11, 23),
    "HÔM  NAY": (2026, 11, 23),
    "Ngày mai": (2026, 11, 24),
    "hôm qua": (2026, 11, 22),
}
TIMES = {"7": (7, 0), "8h": (8, 0), "8 giờ": (8, 0), "8h 30": (8, 30), "8g30": (8, 30), "14.05": (14, 5)}
TIMES |= {"14:05": (14, 5), "830": (8, 30), "0830": (8, 30), "23h": (23, 0), "8 giờ 15 phút": (8, 15)}


@pytest.fixture(autouse=True)
def late_in_the_day():
    with time_machine.travel("2026-11-23T16:59:00Z", tick=False):  # a minute before midnight in Vietnam
        yield


@pytest.mark.parametrize("written", DAYS)
def test_a_day(written):
    assert DateField().clean(written) == datetime.date(*DAYS[written])


@pytest.mark.parametrize(
    "written",
    ["31/02/2026", "31022026", "31/13", "5/11/1929", "5/11/2101", "31/12/9999", "9999-12-31", "tuần sau", "5", "٥/٩"],
)
def test_no_day(written):
    with pytest.raises(ValidationError):
        DateField().clean(written)


@pytest.mark.parametrize("written", TIMES)
def test_a_time(written):
    assert TimeField().clean(written) == datetime.time(*TIMES[written])


@pytest.mark.parametrize("written", ["25:00", "8h60", "sáng", "12345", "h30"])
def test_no_time(written):
    with pytest.raises(ValidationError):
        TimeField().clean(written)


def test_nothing_stays_nothing():
    assert DateField(required=False).clean(" ") is None
    assert TimeField(required=False).clean("") is None
