import datetime

import pytest
import time_machine
from django.utils import timezone

from khoidan.core.words import day, due_words, hour, last_day, moment, num

THURSDAY = datetime.datetime(2026, 11, 5, 9, 0, tzinfo=datetime.UTC)


def due(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


@time_machine.travel(THURSDAY, tick=False)
@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("01/11/2026", "quá hạn 4 ngày"),
        ("05/11/2026", "hôm nay"),
        ("06/11/2026", "ngày mai"),
        ("07/11/2026", "còn 1 ngày làm việc"),
        ("09/11/2026", "còn 2 ngày làm việc"),
        ("25/11/2026", "còn 13 ngày làm việc"),  # 24 November is the day of Vietnamese culture, a holiday
        ("05/11/2027", "còn 365 ngày"),
        ("05/11/2020", "quá hạn 2.191 ngày"),
    ],
)
def test_a_due_day_is_told_in_working_days(when, words):
    assert due_words(due(when)) == words


@time_machine.travel(datetime.datetime(2026, 8, 30, 3, 0, tzinfo=datetime.UTC), tick=False)
def test_a_long_holiday_has_no_working_day_to_count():
    assert due_words(due("02/09/2026")) == "còn 3 ngày"


@time_machine.travel(datetime.datetime(2026, 11, 5, 18, 0, tzinfo=datetime.UTC), tick=False)
def test_today_is_the_day_in_vietnam():
    assert due_words(due("06/11/2026")) == "hôm nay"


def test_numbers_and_days_in_the_form_of_the_office():
    noon = timezone.make_aware(datetime.datetime(2026, 11, 5, 12, 5))
    assert (num(1234567), num(1234.5), num(0), num(None)) == ("1.234.567", "1.234,5", "0", "–")
    assert (day(noon), moment(noon), hour(noon)) == ("05/11/2026", "05/11/2026 12:05", "12:05")
    assert (day(datetime.date(1, 2, 3)), last_day(due("01/12/2026"))) == ("03/02/0001", "30/11/2026")
    assert (day(None), moment(None), hour(None), last_day(None), due_words(None)) == ("",) * 5
