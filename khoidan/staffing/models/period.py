"""Dated rows: from `start` until before `end`; an empty `end` means until further notice."""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import F, Func, Q, Value


class Period(Func):
    """daterange(start, end, '[)') of a row."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, *args, **extra):
        super().__init__(*(args or (F("start"), F("end"), Value("[)"))), **extra)


def held_on(day, prefix=""):
    """Condition: in force on `day`."""
    return Q(**{f"{prefix}start__lte": day}) & (Q(**{f"{prefix}end": None}) | Q(**{f"{prefix}end__gt": day}))
