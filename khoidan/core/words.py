"""Numbers, days and times the way the office writes them, and how far a day is."""

import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .dates import today
from .workdays import working_days

FAR = 90  # days: beyond this nobody plans in working days


def num(value) -> str:
    """1234567.5 as 1.234.567,5; nothing as an en dash."""
    if value is None or value == "":
        return "–"
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def _local(value):
    aware = isinstance(value, datetime.datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if aware else value


def day(value) -> str:
    """dd/mm/yyyy."""
    if not value:
        return ""
    value = _local(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def moment(value) -> str:
    """dd/mm/yyyy HH:MM."""
    if not value:
        return ""
    return f"{day(value)} {hour(value)}"


def hour(value) -> str:
    """HH:MM."""
    if not value:
        return ""
    value = _local(value)
    return f"{value.hour:02}:{value.minute:02}"


def last_day(end) -> str:
    """The last day inside a range whose `end` is exclusive."""
    return day(_local(end) - datetime.timedelta(days=1)) if end else ""


def due_words(value) -> str:
    """How far a due day is from today, the way the office says it."""
    if not value:
        return ""
    due = _local(value)
    due = due.date() if isinstance(due, datetime.datetime) else due
    left = (due - today()).days
    if left < 0:
        return ngettext("quá hạn %(days)s ngày", "quá hạn %(days)s ngày", -left) % {"days": num(-left)}
    if left < 2:
        return _("ngày mai") if left else _("hôm nay")
    working = working_days(today(), due) if left <= FAR else 0
    if working:
        words = ngettext("còn %(days)s ngày làm việc", "còn %(days)s ngày làm việc", working)
        return words % {"days": working}
    return ngettext("còn %(days)s ngày", "còn %(days)s ngày", left) % {"days": num(left)}
