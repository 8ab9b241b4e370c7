"""On which days work comes back: rules against a table typed by hand, and the words that each day fills."""

import datetime

import pytest
import time_machine

from khoidan.core.workdays import working_days_ahead
from khoidan.tasks.models import TaskTemplate
from khoidan.tasks.models.recurrence import LAST_WORKING_DAY, days_of, due_on
from khoidan.tasks.models.wording import fill, meant, spelled, unknown

# rule; from, to when; the days on which it is due: dd/mm/yyyy
RULES = [
    ("week weekday=0", "02/11/2026", "22/11/2026", "02/11/2026 09/11/2026 16/11/2026"),
    ("week weekday=4", "24/12/2026", "09/01/2027", "25/12/2026 31/12/2026 08/01/2027"),  # New Year's Day is a Friday
    ("week weekday=6 after", "02/11/2026", "16/11/2026", "09/11/2026 16/11/2026"),
    ("month month_day=15", "01/01/2026", "30/04/2026", "15/01/2026 13/02/2026 13/03/2026 15/04/2026"),
    ("month month_day=31 stays", "01/01/2026", "01/05/2026", "31/01/2026 28/02/2026 31/03/2026 30/04/2026"),
    ("month month_day=30 stays", "01/01/2028", "01/04/2028", "30/01/2028 29/02/2028 30/03/2028"),
    ("month month_day=29 stays", "01/02/2027", "01/04/2027", "28/02/2027 29/03/2027"),
    ("month month_day=31", "01/01/2026", "01/05/2026", "30/01/2026 27/02/2026 31/03/2026 29/04/2026"),
    ("month month_day=0", "01/01/2026", "01/06/2026", "30/01/2026 27/02/2026 31/03/2026 29/04/2026 29/05/2026"),
    ("month month_day=0 after", "01/10/2026", "01/12/2026", "30/10/2026 30/11/2026"),  # never in the month after
    ("month month_day=17", "01/02/2026", "28/02/2026", "13/02/2026"),  # Tết: 16 to 20 February, between weekends
    ("month month_day=17 after", "01/02/2026", "28/02/2026", "23/02/2026"),
    ("month month_day=17 stays", "01/02/2026", "28/02/2026", "17/02/2026"),
    ("month month_day=22", "01/08/2026", "31/08/2026", "22/08/2026"),  # a Saturday worked for the 31st
    ("quarter month=3 month_day=31 stays", "01/01/2026", "31/12/2026", "31/03/2026 30/06/2026 30/09/2026 31/12/2026"),
    ("quarter month=12 month_day=0", "01/01/2026", "31/12/2026", "31/03/2026 30/06/2026 30/09/2026 31/12/2026"),
    ("quarter month=1 month_day=5", "01/01/2026", "31/12/2026", "05/01/2026 03/04/2026 03/07/2026 05/10/2026"),
    ("quarter month=8 month_day=10", "01/01/2026", "31/12/2026", "10/02/2026 08/05/2026 10/08/2026 10/11/2026"),
    ("year month=2 month_day=29 stays", "01/01/2026", "31/12/2028", "28/02/2026 28/02/2027 29/02/2028"),
    ("year month=9 month_day=2", "01/01/2026", "31/12/2026", "28/08/2026"),  # National Day, two days and one exchanged
    ("never", "01/01/2026", "31/12/2026", ""),
]


def day(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


def rule(text, **fields):
    every, *options = text.split()
    named = dict(option.split("=") for option in options if "=" in option)
    day_off = next((option for option in options if "=" not in option), "before")
    return TaskTemplate(every=every, day_off=day_off, **{name: int(value) for name, value in named.items()}, **fields)


@pytest.mark.parametrize(("text", "first", "last", "dues"), RULES)
def test_a_rule_is_due_on_the_days_typed_by_hand(text, first, last, dues):
    made = rule(text, start=day(first), end=day(last) + datetime.timedelta(days=1))
    assert [f"{due_on(made, each):%d/%m/%Y}" for each in days_of(made, day(first))] == dues.split()


def test_a_rule_begins_and_ends_on_its_own_days():
    made = rule("month month_day=10", start=day("10/02/2026"), end=day("10/05/2026"))
    assert list(days_of(made, day("01/01/2020"))) == [day("10/02/2026"), day("10/03/2026"), day("10/04/2026")]
    assert next(days_of(made, day("11/03/2026"))) == day("10/04/2026")


@time_machine.travel("2026-11-05 09:00Z", tick=False)
def test_days_of_work_are_counted_back_from_the_due_day():
    made = rule("never", work_days=5)
    assert made.start_of(day("27/11/2026")) == day("20/11/2026")  # 24 November is a holiday
    assert made.start_of(day("09/11/2026")) == day("05/11/2026")  # not before today
    assert rule("never").start_of(day("27/11/2026")) is None
    assert made.due_from(day("20/11/2026")) == working_days_ahead(day("20/11/2026"), 5) == day("30/11/2026")


@pytest.mark.parametrize(
    ("text", "first", "words"),
    [
        ("never", "01/01/2026", "không định kỳ"),
        ("week weekday=0", "01/01/2026", "hằng tuần, Thứ 2"),
        ("month month_day=20", "01/01/2026", "hằng tháng, ngày 20"),
        (f"month month_day={LAST_WORKING_DAY}", "01/01/2026", "hằng tháng, ngày làm việc cuối cùng"),
        ("quarter month=12 month_day=20", "01/01/2026", "hằng quý, ngày 20, tháng 3, 6, 9, 12"),
        ("year month=12 month_day=5", "01/01/2026", "hằng năm, ngày 5, tháng 12"),
    ],
)
def test_a_rule_is_told_in_words(text, first, words):
    assert rule(text).rule == words


@pytest.mark.parametrize(
    ("text", "when", "filled"),
    [
        ("Báo cáo tháng {tháng}/{năm}", "30/11/2026", "Báo cáo tháng 11/2026"),
        ("Quý {Quý} năm {nam}", "01/10/2026", "Quý IV năm 2026"),
        ("Tuần {tuần} năm {năm}", "29/12/2025", "Tuần 1 năm 2026"),
        ("Năm {năm}", "29/12/2025", "Năm 2025"),
        ("{khác} {} {0.__class__} } {", "30/11/2026", "{khác} {} {0.__class__} } {"),
        ("{{tháng}}", "30/11/2026", "{11}"),
    ],
)
def test_words_in_braces_are_filled_by_the_day_and_nothing_else_is(text, when, filled):
    assert fill(text, day(when)) == filled


def test_words_that_nobody_would_fill_are_found():
    assert unknown("{tháng} {thánh} {} {0.__class__} {năm.real}") == ["{thánh}", "{}", "{0.__class__}", "{năm.real}"]


def test_words_typed_without_marks_are_written_in_full_and_others_asked_back():
    assert spelled("Tháng {thang}/{NAM} {x} {") == "Tháng {tháng}/{năm} {x} {"
    typed = ["{thang nay}", "{quí}", "{tuan nay}", "{month}", "{}", "{năm.real}"]
    assert [meant(word) for word in typed] == ["{tháng}", "{quý}", "{tuần}", "", "", ""]
