"""The icons of the house: bootstrap-icons, read once from node_modules and written into the page as SVG."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parents[2] / "node_modules" / "bootstrap-icons" / "icons"
NAMES = frozenset(
    """
    archive arrow-counterclockwise arrow-down arrow-left arrow-repeat arrow-right arrow-up arrow-up-right
    award bar-chart bell box-arrow-right briefcase building calendar-check calendar-event calendar-week
    calendar3 chat-left-text chat-square-quote check-circle check-circle-fill check-lg check2 check2-circle
    check2-square chevron-down chevron-expand chevron-left chevron-right chevron-up circle circle-fill
    circle-half clipboard-check clock clock-history columns-gap diagram-3 door-open download
    exclamation-circle exclamation-circle-fill exclamation-triangle exclamation-triangle-fill eye
    file-earmark file-earmark-text files filter flag funnel gear geo-alt globe grid grip-vertical house
    hourglass-split inbox info-circle info-circle-fill journal-text key kanban link-45deg list list-check
    list-nested list-ol list-task lock lock-fill megaphone moon pause-circle pencil pencil-square
    people people-fill person person-badge person-check person-circle person-gear person-plus person-x
    play-circle play-fill plus plus-lg printer question-circle record-circle reply search send
    shield-check shield-lock slash-circle sliders sort-down sort-up star stopwatch sun table tag
    telephone three-dots three-dots-vertical trash trophy unlock upload x x-circle x-circle-fill x-lg
    """.split()
)


class UnknownIcon(LookupError):
    """The name is not one of `NAMES`."""


@cache
def svg(name: str) -> SafeString:
    """The icon as a decoration, hidden from screen readers; empty where the front-end packages are missing."""
    if name not in NAMES:
        raise UnknownIcon(name)
    try:
        source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return mark_safe("")
    body = re.sub(r"\s*\n\s*", "", source[source.index(">") + 1 :])
    return mark_safe(  # noqa: S308 -- a file of the pinned package, no input
        f'<svg class="icon" aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="currentColor">{body}'
    )
