"""The pictures of README.md, taken of the running demo: `make screenshots`. Not a test, so not collected as one."""

import pytest

from khoidan.meetings.models import Meeting

from .hands import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
DOCS = ROOT / "docs"


def test_home(enter):
    page = enter("khue.hoang")
    page.set_viewport_size({"width": 1280, "height": 860})
    page.screenshot(path=DOCS / "home.png")


def test_meeting(enter):
    """The newest joint meeting with conclusions that is not locked yet, else the newest that is."""
    over = Meeting.objects.live().exclude(conclusions=None).order_by("-starts_at")
    meeting = over.filter(closed_at=None).first() or over.first()
    page = enter("khue.hoang")
    page.set_viewport_size({"width": 1280, "height": 1200})
    page.goto(meeting.get_absolute_url())
    page.screenshot(path=DOCS / "meeting.png")
