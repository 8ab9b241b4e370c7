"""Late has one meaning: in SQL, of a record at hand, and behind every number of the pages of figures."""

import re
from datetime import timedelta
from html import unescape
from random import Random

import pytest
from django.db.models import Q
from django.utils import timezone

from khoidan.core.errors import Refused
from khoidan.core.periods import midnight
from khoidan.tasks.models import AT_WORK, OPEN, State, Task
from tests.factories import day, make_member, make_task
from tests.tasks.listed import listed

PAGES = ("/tasks/workload/", "/tasks/clarity/?period={year}", "/tasks/evaluation/?period={year}", "/")
NUMBER = re.compile(r'<a[^>]* href="(/tasks/\?[^"]+)">\s*\+?([\d.]+)')
NEAR = ("late", "not_due", "on_time", "done_late", "back_late")


@pytest.fixture
def people(house):
    seats = {"women": ("organization_head", "officer", "officer"), "youth": ("officer",), "office": ("officer",)}
    return {unit: [make_member(house[unit], role) for role in roles] for unit, roles in seats.items()}


@pytest.fixture(params=[1, 2])
def tasks(request, house, people):
    """Tasks of every state, due and handed in around today; some passed on, some found unclear."""
    draw = Random(request.param)
    everybody = [account for accounts in people.values() for account in accounts]
    return [one(draw, house, people, everybody) for _each in range(60)]


def one(draw, house, people, everybody):
    unit = draw.choice(sorted(people))
    does, helps, passes = draw.sample(everybody, 3)
    state, due = draw.choice(State.values), day(draw.randint(-12, 12))
    handed_in = midnight(due + timedelta(draw.randint(-1, 2))) - timedelta(seconds=draw.choice([0, 1]))
    fields = {"due": due, "accountable": does.person, "private": draw.random() < 0.2, "state": state}
    if state in ("checking", "done"):
        fields["submitted_at"] = draw.choice([handed_in, handed_in, None])
    if state == "done":
        fields["completed_on"] = timezone.localdate(handed_in)
    if state != "draft":
        fields["given_at"] = timezone.now() - timedelta(draw.randint(0, 50))
    task = make_task(house[unit], **fields)
    if draw.random() < 0.4:
        task.helpers.add(helps.person)
    if state in OPEN and draw.random() < 0.3:
        task.reassign(by=passes, person=passes.person, reason="Đi học")
    stumble(draw, task, passes)
    return task


def stumble(draw, task, by):
    """Found unclear, perhaps: by the gate, or by who shall do it."""
    if task.state == "draft" and draw.random() < 0.5:
        task.deliverable, task.area = "", None
        task.save()
        with pytest.raises(Refused) as refused:
            task.give(by=by)
        refused.value.trace(task, by=by)
    elif task.state in AT_WORK and draw.random() < 0.2:
        task.hand_back(by=by, reason="Chưa rõ")


def test_every_number_of_the_pages_of_figures_opens_as_many_rows(house, site, tasks):
    head = make_member(house["bloc"], "bloc_head")
    for path in PAGES:
        page = site(head).get(path.format(year=day().year)).content.decode()
        found = [(unescape(url), int(number.replace(".", ""))) for url, number in NUMBER.findall(page)]
        assert len(found) > 8, path
        assert [number for _url, number in found] == listed(head, [url for url, _number in found]), path


def test_each_task_that_is_counted_is_one_of_five(db, tasks):
    found = {name: set(getattr(Task.objects, name)()) for name in NEAR}
    assert sum(map(len, found.values())) == len(set.union(*found.values())) == Task.objects.counted().count()
    assert found["late"] == {task for task in Task.objects.all() if task.is_late}
    assert found["done_late"] == {task for task in Task.objects.all() if task.was_late}
    in_time = Q(state="checking", due__lt=day()) & ~Q(pk__in=[task.pk for task in found["late"]])
    assert Task.objects.filter(in_time).exists()


def test_a_day_in_red_ends_with_handing_in(house, site, people):
    officer = people["women"][1]
    came = midnight(day(-2)) - timedelta(seconds=1)
    waits = {"state": "checking", "accountable": officer.person, "submitted_at": came}
    in_time = make_task(house["women"], "đúng hạn", due=day(-3), **waits)
    after = make_task(house["women"], "muộn", due=day(-4), **waits)
    assert (in_time.is_late, after.is_late) == (False, True)
    words = f"báo xong {day(-3):%d/%m/%Y}"
    assert {in_time.told_due, after.told_due} == {words}
    page = site(officer).get("/tasks/").content.decode()
    assert (page.count(f'<small class="due due-late">{words}<'), page.count(f'<small class="due">{words}<')) == (1, 1)
