"""Working days in Viet Nam: without weekends and public holidays, with the days worked in exchange for them."""

import datetime
from functools import cache, lru_cache

import holidays

DAY = datetime.timedelta(days=1)


@cache
def calendar():
    return holidays.country_holidays("VN")


def is_working_day(day: datetime.date) -> bool:
    return calendar().is_working_day(day)


@lru_cache(maxsize=1024)
def working_days(start: datetime.date, end: datetime.date) -> int:
    """Working days after `start` up to and including `end`."""
    span = (end - start).days
    return sum(is_working_day(start + n * DAY) for n in range(1, span + 1))


def working_day_by(day: datetime.date) -> datetime.date:
    """`day`, or the last working day before it where it is none."""
    return calendar().get_nth_working_day(day + DAY, -1)


def working_day_from(day: datetime.date) -> datetime.date:
    """`day`, or the first working day after it where it is none."""
    return calendar().get_nth_working_day(day - DAY, 1)


def working_days_ahead(day: datetime.date, count: int) -> datetime.date:
    """The working day that is the `count`-th after `day`, or before it where `count` is negative; `day` for 0."""
    return calendar().get_nth_working_day(day, count) if count else day
