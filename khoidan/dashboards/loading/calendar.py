"""The days of the demo: relative to the day of loading, on working days, in office hours, never ahead of now."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

OFFICE_MINUTES = (*range(450, 661), *range(810, 991))  # 07:30 to 11:00 and 13:30 to 16:30, since midnight


@dataclass
class Calendar:
    now: datetime
    dice: Random

    @property
    def today(self):
        return timezone.localdate(self.now)

    @property
    def monday(self):
        return self.today - timedelta(days=self.today.weekday())

    def day(self, offset):
        return None if offset is None else self.today + timedelta(days=offset)

    def workday(self, day):
        """`day`, or the Friday before a weekend; but what lies ahead is not moved into the past."""
        friday = day - timedelta(days=max(0, day.weekday() - 4))
        return day if friday < self.today <= day else friday

    def next_workday(self, day):
        return day + timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))

    def local_day(self, moment):
        return timezone.localdate(moment)

    def at(self, day, clock):
        return timezone.make_aware(datetime.combine(day, clock))

    def moment(self, day, *, after=None):
        """A time of office hours on `day`, later than `after`; not later than now."""
        found = self.at(day, time(0)) + timedelta(minutes=self.dice.choice(OFFICE_MINUTES))
        if after and found <= after:
            found = after + timedelta(minutes=self.dice.randint(20, 90))
        return min(found, self.now)
