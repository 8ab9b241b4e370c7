"""The benchmarks run, and what they compare shows the same tasks."""

import pytest
from django.core import signals
from django.db import close_old_connections, connections

from bench import lists, people, tasks
from bench.report import Report


@pytest.fixture
def world(db):
    """A bloc of 83 units and 60 people with 300 tasks, in the database of the tests."""
    people.fill(1)
    tasks.fill(1, 300, apart=False)
    ends = (signals.request_started, signals.request_finished)  # at which a server lets go of what a test holds
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield connections["default"]
    for signal in ends:
        signal.connect(close_old_connections)


def test_pages_show_what_the_statements_by_hand_find(world):
    for who in ("head", "inspector"):
        [sight] = lists.seen_by(who, {"10k": world})
        for page in lists.PAGES:
            sight.prepare(page)
            lists.assert_same(page, sight)
    report, sights = Report(), lists.seen_by("deputy", {"10k": world})
    for page in lists.PAGES:
        lists.measure(page, "deputy", sights, 1, report)
    names = [name for name, _value, _goal in report.figures()]
    kinds = ("database", "processor", "queries")
    assert names == [f"{page}.deputy.10k.{kind}" for page in ("list", "record", "mine") for kind in kinds]
