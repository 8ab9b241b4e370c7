"""The icons of the house: bootstrap-icons, read once from node_modules and written into the page as SVG."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parents[2] / "node_modules" / "bootstrap-icons" / "icons"
OPENING = '<svg class="icon" aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="currentColor">'


@cache
def svg(name: str) -> SafeString:
    """The icon of that name as a decoration; empty where the front-end packages are not installed."""
    if not FOLDER.is_dir():
        return mark_safe("")
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    drawing = re.sub(r"\s*\n\s*", "", source[source.index(">") + 1 :])
    return mark_safe(OPENING + drawing)  # noqa: S308 -- a file of the pinned package, no input
