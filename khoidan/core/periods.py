"""Stretches of days that figures are about: weeks, months, quarters, years."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .dates import EARLIEST, LATEST

QUARTERS = ("I", "II", "III", "IV")
CODE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})|-q(?P<quarter>[1-4]))?", re.ASCII)
MONTHS = {"month": 1, "quarter": 3, "year": 12}  # in each


@dataclass(frozen=True)
class Days:
    """Days from `start` until before `end`."""

    start: date
    end: date

    @property
    def last(self):
        return self.end - timedelta(days=1)

    def within(self, field):
        """Condition: the day `field` is one of these."""
        return Q(**{f"{field}__gte": self.start, f"{field}__lt": self.end})

    def moments(self):
        """When the first of these days begins, and when the last is over."""
        return [midnight(day) for day in (self.start, self.end)]

    def at(self, field):
        """Condition: the moment `field` is on one of these days."""
        start, end = self.moments()
        return Q(**{f"{field}__gte": start, f"{field}__lt": end})


@dataclass(frozen=True)
class Period(Days):
    """A month, quarter or year; `code` is how an address writes it: 2026-11, 2026-q4, 2026."""

    kind: str

    @property
    def code(self):
        year = f"{self.start.year:04}"
        quarter = self.start.month // 3 + 1
        return {"month": f"{year}-{self.start.month:02}", "quarter": f"{year}-q{quarter}", "year": year}[self.kind]

    def __str__(self):
        year = self.start.year
        if self.kind == "month":
            return _("tháng %(month)s") % {"month": f"{self.start:%m/%Y}"}
        if self.kind == "quarter":
            return _("quý %(quarter)s/%(year)s") % {"quarter": QUARTERS[self.start.month // 3], "year": year}
        return _("năm %(year)s") % {"year": year}

    @property
    def before(self):
        return period(self.kind, self.start - timedelta(days=1))

    @property
    def after(self):
        return period(self.kind, self.end)


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


def period(kind, day):
    """The month, quarter or year in which `day` is."""
    length = MONTHS[kind]
    place = day.year * 12 + (day.month - 1) // length * length
    start, end = (date(each // 12, each % 12 + 1, 1) for each in (place, place + length))
    return Period(start, end, kind)


def period_of(code):
    """The Period that an address writes as `code`; None for what is no period of our times."""
    found = CODE.fullmatch(code)
    if found is None or not EARLIEST <= int(found["year"]) < LATEST:
        return None
    kind = "quarter" if found["quarter"] else "month" if found["month"] else "year"
    month = int(found["month"] or 3 * int(found["quarter"] or 1) - 2)
    return period(kind, date(int(found["year"]), month, 1)) if 1 <= month <= 12 else None


def week(today):
    monday = today - timedelta(days=today.weekday())
    return Days(monday, monday + timedelta(days=7))


def month(today):
    return period("month", today)
