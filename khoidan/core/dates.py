"""Days as people type and read them: dd/mm/yyyy, also 5/11 for this year and t for today."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = 1930, 2100  # the year of the Front's founding; nothing here is planned further ahead
TODAY = {"t", "hn", "nay", "hôm nay", "today"}


class DateInput(forms.DateInput):
    """A text box; native date boxes draw dates in the browser's language, not the page's."""

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
            value = value.strip()
            if value.casefold() in TODAY:
                return timezone.localdate()
            if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}", value):
                value = self.with_this_year(value)
        day = super().to_python(value)
        if day is not None and not EARLIEST <= day.year <= LATEST:
            raise ValidationError(
                self.error_messages["year"], code="year", params={"earliest": EARLIEST, "latest": LATEST}
            )
        return day

    @staticmethod
    def with_this_year(text):
        day, month = re.split(r"[/.-]", text)
        return f"{day}/{month}/{timezone.localdate().year}"


class TimeField(forms.TimeField):
    """14:00, 14.00, 14h00 or 14."""

    widget = forms.TimeInput
    default_error_messages = {"invalid": _("Giờ viết chưa đúng. Viết giờ:phút, ví dụ 07:30.")}

    def __init__(self, **kwargs):
        super().__init__(widget=forms.TimeInput(attrs={"placeholder": "07:30", "autocomplete": "off"}), **kwargs)
