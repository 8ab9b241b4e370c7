"""Rules of recurring work: on which days it is due."""

from datetime import datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.workdays import working_day_by, working_day_from

LAST_WORKING_DAY = 0  # as a day of the month
SHORTEST_MONTH = 28  # days
LONGEST_SHIFT = timedelta(days=20)  # no row of days off is longer
MONTHS_OF_QUARTERS = (0, 3, 6, 9)


class Every(models.TextChoices):
    NEVER = "never", _("không định kỳ")
    WEEK = "week", _("hằng tuần")
    MONTH = "month", _("hằng tháng")
    QUARTER = "quarter", _("hằng quý")
    YEAR = "year", _("hằng năm")


class DayOff(models.TextChoices):
    """What becomes of a due day that falls on a weekend or a public holiday."""

    BEFORE = "before", _("lùi về ngày làm việc trước")
    AFTER = "after", _("chuyển sang ngày làm việc sau")
    STAYS = "stays", _("giữ nguyên")


MONTH_DAYS = [
    *((n, format_lazy(_("ngày {day}"), day=n)) for n in range(1, 32)),
    (LAST_WORKING_DAY, _("ngày làm việc cuối cùng")),
]
MONTHS = [(n, format_lazy(_("tháng {month}"), month=n)) for n in range(1, 13)]
ASKED = {  # what each rule cannot do without
    Every.NEVER: (),
    Every.WEEK: ("weekday",),
    Every.MONTH: ("month_day",),
    Every.QUARTER: ("month_day", "month"),
    Every.YEAR: ("month_day", "month"),
}


def months_of(rule):
    """The months in which `rule` has its day: all, one of each quarter, or one."""
    if rule.every == Every.QUARTER:
        return [(rule.month - 1) % 3 + 1 + offset for offset in MONTHS_OF_QUARTERS]
    return [rule.month] if rule.every == Every.YEAR else list(range(1, 13))


def options_of(rule):
    """What dateutil is told; the 31st of a shorter month is its last day."""
    if rule.every == Every.WEEK:
        return {"freq": WEEKLY, "byweekday": rule.weekday}
    day = rule.month_day
    days = {"bymonthday": -1 if day == LAST_WORKING_DAY else day}
    if day > SHORTEST_MONTH:
        days = {"bymonthday": range(SHORTEST_MONTH, day + 1), "bysetpos": -1}
    return {"freq": MONTHLY, "bymonth": months_of(rule)} | days


def days_of(rule, first):
    """Days of `rule` from `first` on, inside its own dates, one after another; days off are not avoided yet."""
    if rule.every == Every.NEVER:
        return
    for moment in rrule(dtstart=datetime.combine(max(first, rule.start), time()), **options_of(rule)):
        day = moment.date()
        if rule.end and day >= rule.end:
            return
        yield day


def due_on(rule, day):
    """The day on which the work of `day` is due."""
    if rule.month_day == LAST_WORKING_DAY and rule.every != Every.WEEK or rule.day_off == DayOff.BEFORE:
        return working_day_by(day)
    return working_day_from(day) if rule.day_off == DayOff.AFTER else day


def words_of(rule):
    """«hằng tháng, ngày 20», as the office says it."""
    if rule.every == Every.NEVER:
        return str(Every.NEVER.label)
    if rule.every == Every.WEEK:
        return f"{Every.WEEK.label}, {WEEKDAYS[rule.weekday]}"
    parts = [str(rule.get_every_display()), str(rule.get_month_day_display())]
    if rule.every != Every.MONTH:
        parts.append(_now("tháng %(months)s") % {"months": ", ".join(map(str, months_of(rule)))})
    return ", ".join(parts)
