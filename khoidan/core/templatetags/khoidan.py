"""What templates say about icons, states, numbers and days."""

import datetime
from functools import lru_cache

from django import template
from django.forms.utils import flatatt
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khoidan.core.dates import today
from khoidan.core.icons import svg
from khoidan.core.workdays import working_days

register = template.Library()
FAR = 90  # days: beyond this nobody plans in working days


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a word that says the same."""
    return svg(name)


@register.filter
def state(badge) -> SafeString:
    """A badge {word, icon, tone} as a pill; empty for none."""
    if not badge:
        return mark_safe("")
    word, name, tone = (
        (badge[key] if isinstance(badge, dict) else getattr(badge, key)) for key in ("word", "icon", "tone")
    )
    return pill(str(word), name, tone)


@lru_cache
def pill(word, name, tone):
    """Few are the states, and many the rows that show one."""
    return format_html('<span class="state state-{}">{}{}</span>', tone, svg(name), word)


@register.filter
def attributes(attrs) -> SafeString:
    """Those of a widget but for its class, which the template of the widget writes."""
    return flatatt({name: value for name, value in attrs.items() if name != "class"})


@register.filter
def num(value) -> str:
    """1234567.5 as 1.234.567,5; nothing as an en dash."""
    if value is None or value == "":
        return "–"
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def _local(value):
    aware = isinstance(value, datetime.datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if aware else value


@register.filter
def day(value) -> str:
    """dd/mm/yyyy."""
    if not value:
        return ""
    value = _local(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


@register.filter
def moment(value) -> str:
    """dd/mm/yyyy HH:MM."""
    if not value:
        return ""
    return f"{day(value)} {hour(value)}"


@register.filter
def hour(value) -> str:
    """HH:MM."""
    if not value:
        return ""
    value = _local(value)
    return f"{value.hour:02}:{value.minute:02}"


@register.filter
def last_day(end) -> str:
    """The last day inside a range whose `end` is exclusive."""
    return day(_local(end) - datetime.timedelta(days=1)) if end else ""


@register.filter
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


@register.simple_tag(takes_context=True)
def pick(context, row) -> SafeString:
    """The cell that chooses a row of a list for an act on many; none where there is no such act."""
    if not context.get("bulk"):
        return mark_safe("")
    return format_html(
        '<td class="cell-pick"><label><input class="form-check-input" type="checkbox" form="bulk" name="pk" value="{}">'
        '<span class="visually-hidden">{}</span></label></td>',
        str(row.pk),
        _("Chọn %(name)s") % {"name": row},
    )


@register.simple_tag
def bar(total, **parts) -> SafeString:
    """A stacked bar, one part per tone (done, running, warning, late, draft); its figures stand beside it."""
    whole = max(int(total or 0), sum(parts.values()), 1)
    rects, at = [], 0
    for tone, count in parts.items():
        width = round(1000 * count / whole)
        rects.append(format_html('<rect class="bar-{}" x="{}" width="{}" height="8"/>', tone, at, width))
        at += width
    return format_html(
        '<svg class="bar" aria-hidden="true" viewBox="0 0 1000 8" preserveAspectRatio="none">{}</svg>',
        mark_safe("".join(rects)),  # noqa: S308 -- built by format_html above
    )
