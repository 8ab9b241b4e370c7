"""What templates say about icons, states, numbers and days."""

from functools import lru_cache

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khoidan.core.icons import svg
from khoidan.core.words import day, due_words, hour, last_day, moment, num

register = template.Library()


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


for written in (num, day, moment, hour, last_day, due_words):
    register.filter(written)


@register.simple_tag(takes_context=True)
def pick(context, row) -> SafeString:
    """The cell that chooses a row of a list for an act on many; none where there is no such act."""
    if not context.get("bulk"):
        return mark_safe("")
    known = context.render_context
    if "pick" not in known:
        known["pick"] = _("Chọn %(name)s")
    return format_html(
        '<td class="cell-pick"><label><input class="form-check-input" type="checkbox" form="bulk" name="pk" value="{}">'
        '<span class="visually-hidden">{}</span></label></td>',
        str(row.pk),
        known["pick"] % {"name": row},
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
