"""Days and times as people type and read them: 05/11/2026, 5/11 of this year, 05112026, t, mai; 7:30, 7h30, 730."""

import re
import time
from datetime import datetime, timedelta
from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .text import fold

EARLIEST, LATEST = 1930, 2100  # the year of the Front's founding; nothing here is planned further ahead
DAYS_FROM_NOW = (
    dict.fromkeys(["hq", "hqua", "qua", "hom qua", "yesterday"], -1)
    | dict.fromkeys(["t", "hn", "nay", "hom nay", "today"], 0)
    | dict.fromkeys(["m", "mai", "ngay mai", "tomorrow"], 1)
)  # folded words
SHORT = re.compile(r"(\d{1,2})[/.-](\d{1,2})")  # day and month, of this year
SOLID = re.compile(r"(\d{2})(\d{2})(\d{4})")
CLOCK = re.compile(r"(\d{1,2}?)(?:[:.,hg]|giờ)?(\d{2})?(?:p|phút|')?")


def today():
    """The local day; worked out once a minute, for a list asks several times a row."""
    return _day_of(int(time.time() // 60))


def is_over(day):
    """Whether `day` lies before today; no day never does."""
    return day is not None and day < today()


@lru_cache(maxsize=4)
def _day_of(minute):
    return datetime.fromtimestamp(minute * 60, timezone.get_default_timezone()).date()


class DateInput(forms.DateInput):
    """A text box; native date boxes draw dates in the browser's language, not the page's."""

    template_name = "django/forms/widgets/date_entry.html"

    def __init__(self, attrs=None):
        super().__init__({"data-date": "", "placeholder": "dd/mm/yyyy", "autocomplete": "off"} | (attrs or {}))


class DateField(forms.DateField):
    widget = DateInput
    default_error_messages = {
        "invalid": _("Ngày không có trong lịch hoặc viết chưa đúng. Viết ngày/tháng/năm, ví dụ 05/11/2026."),
        "year": _("Năm phải từ %(earliest)d đến %(latest)d."),
    }

    def to_python(self, value):
        if isinstance(value, str):
            if (days := DAYS_FROM_NOW.get(fold(value))) is not None:
                return timezone.localdate() + timedelta(days)
            value = self.in_full(re.sub(r"\s*([/.-])\s*", r"\1", value.strip()))
        day = super().to_python(value)
        if day is not None and not EARLIEST <= day.year <= LATEST:
            raise ValidationError(
                self.error_messages["year"], code="year", params={"earliest": EARLIEST, "latest": LATEST}
            )
        return day

    @staticmethod
    def in_full(text):
        if short := SHORT.fullmatch(text):
            return "/".join([*short.groups(), str(timezone.localdate().year)])
        solid = SOLID.fullmatch(text)
        return "/".join(solid.groups()) if solid else text


class TimeField(forms.TimeField):
    """14:00, 14.00, 14h00, 14h, 14 giờ, 1400 or 14."""

    widget = forms.TimeInput
    default_error_messages = {"invalid": _("Giờ viết chưa đúng. Viết giờ:phút, ví dụ 07:30.")}

    def __init__(self, **kwargs):
        super().__init__(widget=forms.TimeInput(attrs={"placeholder": "07:30", "autocomplete": "off"}), **kwargs)

    def to_python(self, value):
        clock = CLOCK.fullmatch("".join(value.casefold().split())) if isinstance(value, str) else None
        if clock:
            value = ":".join(clock.groups("00"))
        return super().to_python(value)
