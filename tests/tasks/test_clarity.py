"""How clear tasks were on the first try, counted by hand; each number opens exactly the rows it counts."""

import pytest
from django.utils import timezone

from khoidan.core.periods import month
from khoidan.tasks.models import Task, Unclear
from tests.factories import day, make_bloc, make_member, make_person, make_task
from tests.tasks.listed import listed

CLARITY = "/tasks/clarity/"
MONTH = month(day())


def given(unit, at, **fields):
    person = fields.pop("accountable", None) or make_person(unit, user=False)
    task = make_task(unit, given=True, accountable=person, **fields)
    Task.objects.filter(pk=task.pk).update(given_at=at)
    return task


def try_to_give(task, by):
    try:
        task.give(by=by)
    except Unclear as unclear:
        unclear.trace(task, by=by)


@pytest.fixture
def tasks(house, head):
    """Of the women's union; the same of others, whom its head does not read."""
    start, end = MONTH.moments()
    before = MONTH.before.moments()[0]
    far = make_bloc(mark="2")["women"]
    for unit in (house["women"], house["youth"], far):
        given(unit, start)
        given(unit, start, unclear_at=start)
        given(unit, end - timezone.timedelta(seconds=1), state="done")
        given(unit, end)
        given(unit, before)
        given(unit, before, unclear_at=before)
        given(unit, before - timezone.timedelta(seconds=1))
        unclear = make_task(unit, accountable=None, due=None, created_at=timezone.now() - timezone.timedelta(5))
        try_to_give(unclear, head)
        try_to_give(unclear, head)
        try_to_give(make_task(unit, deliverable="", accountable=make_person(unit, user=False)), head)
        given(unit, timezone.now()).hand_back(by=head, reason="Chưa rõ sản phẩm")
        make_task(unit, voided_at=timezone.now())


def table(client, **asked):
    """{unit: numbers}, and the page's figures."""
    score = client.get(CLARITY, asked).context["score"]
    return {line.unit and line.unit.name: told(line) for line in (*score.by_unit, score.whole)}, score


def told(line):
    cells = [line.given, line.clear, line.stopped, line.handed_back, line.drafts]
    wanting = [cell.value for _words, cell in line.wanting]
    return ([cell.value for cell in cells], wanting, line.tries, line.share, line.share_before, line.oldest)


def test_figures_are_those_counted_by_hand(house, site, head, tasks):
    # given: 3 at their times and the one handed back; clear: 2 of them
    women = ([4, 2, 2, 1, 3], [1, 1, 0, 1, 1], 3, 50, 50, 5)
    found, _score = table(site(head))
    assert found == {"women": women, None: women}
    found, _score = table(site(make_member(house["bloc"], "bloc_head")))
    both = ([8, 4, 4, 2, 6], [2, 2, 0, 2, 2], 6, 50, 50, 5)
    assert found == {"women": women, "youth": women, None: both}


def test_every_number_opens_its_rows(house, site, tasks):
    head = make_member(house["bloc"], "bloc_head")
    _found, score = table(site(head))
    lines = [*score.by_unit, score.whole]
    cells = [c for each in lines for c in (each.given, each.clear, each.stopped, each.handed_back, each.drafts)]
    cells += [cell for each in lines for _words, cell in each.wanting]
    assert listed(head, [c.url for c in cells if c.url]) == [c.value for c in cells if c.value]


def test_a_period_is_chosen_and_the_one_before_stands_beside(house, site, head, tasks):
    found, _score = table(site(head), period=MONTH.before.code)
    assert found["women"][0][:2] == [2, 1]
    assert found["women"][3:5] == (50, 100)
    page = site(head).get(CLARITY, {"period": MONTH.before.code}).context
    assert (page["period"], page["earlier"][0]) == (MONTH.before, str(MONTH.before.before))
    assert [words for _code, words, current in page["periods"] if current] == [str(MONTH.before)]


@pytest.mark.parametrize("code", ["2026-13", "x", "0000", "1900-q1"])
def test_a_period_that_is_none_is_the_running_one(site, head, code):
    assert site(head).get(CLARITY, {"period": code}).context["period"] == MONTH


def test_a_link_with_a_period_that_is_none_is_told_and_does_no_harm(house, site, head):
    page = site(head).get("/tasks/", {"given_in": "2026-13", "stumble": "due", "stumble_in": "x"})
    assert page.status_code == 200
    assert "Kỳ không có thật" in page.content.decode()


def test_an_act_counts_for_the_unit_that_has_the_task_now(house, site, head):
    task = make_task(house["women"], due=None, accountable=make_person(house["women"], user=False))
    try_to_give(task, head)
    Task.objects.filter(pk=task.pk).update(unit=house["women_branch"])
    _found, score = table(site(head))
    assert [(line.unit.name, line.stopped.value) for line in score.by_unit] == [("women_branch", 1)]


def test_who_sees_only_what_is_issued_is_told_of_no_drafts(house, site, tasks):
    found, _score = table(site(make_member(house["bloc"], "observer")))
    assert [numbers[0][-1] for numbers in found.values()] == [0, 0, 0]


def test_the_same_queries_for_many_units(house, site, head, queries):
    client = site(make_member(house["bloc"], "bloc_head"))
    given(house["women"], timezone.now())
    client.get(CLARITY)
    with queries(at_most=12) as few:
        client.get(CLARITY)
    for unit in house.values():
        given(unit, timezone.now())
        try_to_give(make_task(unit, due=None), head)
    with queries() as many:
        client.get(CLARITY)
    assert len(many) == len(few)
