"""Shapes that are quick must say what the plain rule says: reading one way at a time, and rights of a task at hand."""

from itertools import product

import pytest
from django.db import connection

from khoidan.core.views.late import reader
from khoidan.core.ways import Found
from khoidan.organizations.models import Capability, scope_of
from khoidan.tasks.models import Task
from khoidan.tasks.models.at_hand import answers
from khoidan.tasks.models.rights import RULES
from tests.factories import appoint, fresh, make_bloc, make_member, make_person, make_task

ROLES = {
    "head": ("bloc", "bloc_head"),
    "deputy": ("bloc", "deputy_head"),
    "women": ("women", "organization_head"),
    "youth": ("youth", "organization_head"),
    "office": ("office", "office_head"),
    "officer": ("women", "officer"),
    "watch": ("bloc", "observer"),
}
STATES = {
    Task.State.DRAFT: {},
    Task.State.GIVEN: {"given": True},
    Task.State.DONE: {"state": Task.State.DONE},
}


@pytest.fixture
def people(house):
    """{name: account}: every kind of reader, one with two seats, one of another bloc, one whose seat has ended."""
    found = {name: make_member(house[unit], role) for name, (unit, role) in ROLES.items()}
    appoint(found["women"].person, house["bloc"], "deputy_head")
    found["women"] = fresh(found["women"])
    found["other"] = make_member(make_bloc(mark="2")["bloc"], "bloc_head")
    found["gone"] = fresh(make_person(house["bloc"]).user)
    return found


@pytest.fixture
def tasks(house, people):
    """One task of every unit, state and privacy, each of other people."""
    made, hands = [], list(people.values())
    units = [house[key] for key in ("bloc", "office", "women", "women_branch", "youth")]
    for number, (unit, state, private) in enumerate(product(units, STATES, (False, True))):
        who = [hands[(number * step + step) % len(hands)] for step in (1, 2, 4, 5)]
        task = make_task(
            unit,
            accountable=who[0].person,
            checker=who[1].person if who[1] != who[0] else None,
            private=private,
            created_by=who[2],
            given_by=who[3],
            organizations=[house["youth"]] if number % 3 == 0 else [],
            **STATES[state],
        )
        task.helpers.set([hands[number % len(hands)].person])
        made.append(task)
    return made


def reads(user, task):
    """The rule of reading, in plain words."""
    scope = scope_of(user)
    seated = task.bloc_id in scope.any_bloc()
    hands = {task.accountable.user_id, task.checker and task.checker.user_id}
    takes_part = seated and user.pk in hands | {person.user_id for person in task.helpers.all()}
    views = scope.grants(Capability.VIEW_WORK, task.unit_id)
    if task.private:
        author = views and user.pk in (task.created_by_id, task.given_by_id)
        return takes_part or author or (views and scope.grants(Capability.VIEW_PRIVATE, task.unit_id))
    issued = task.state != Task.State.DRAFT and scope.grants(Capability.VIEW_ISSUED, task.unit_id)
    counted = any(scope.grants(Capability.VIEW_WORK, unit.pk) for unit in task.organizations.all())
    return takes_part or views or issued or counted


def top(rows, number):
    """Keys of the first `number` rows, as a page of a list picks them."""
    return [task.pk for task in reader(Task, rows.query.order_by, None)(keys=Found(rows).keys(0, number))]


def by_any_way(rows):
    """Keys of what `rows` finds, by its ways, one at a time."""
    found = Found(rows)
    with connection.cursor() as cursor:
        cursor.execute(*found.union(found.rows.order_by().values("pk")))
        return [pk for (pk,) in cursor.fetchall()]


def test_everybody_reads_what_the_rule_says_one_way_at_a_time_too(people, tasks):
    for name, user in people.items():
        rows = Task.objects.permitting(user, "view").order_by("due", "pk")
        expected = [task.pk for task in tasks if reads(user, task)]
        assert [task.pk for task in rows] == expected, name
        assert sorted(by_any_way(rows)) == expected, name
        assert Found(rows).count() == len(expected), name
        assert top(rows, 3) == expected[:3], name


def test_ways_are_apart_only_for_who_has_several(people, tasks):
    found = {name: len(Found(Task.objects.permitting(user, "view")).ways) for name, user in people.items()}
    several = dict.fromkeys(["deputy", "women", "officer"], 5) | {"youth": 4, "watch": 3}
    assert found == dict.fromkeys(people, 1) | several


def test_a_condition_added_later_holds_on_every_way(people, tasks):
    rows = Task.objects.permitting(people["women"], "view").filter(state=Task.State.DONE).order_by("pk")
    expected = [task.pk for task in tasks if task.state == Task.State.DONE and reads(people["women"], task)]
    assert sorted(by_any_way(rows)) == expected != []
    assert Found(rows).count() == len(expected)
    assert Found(rows.none()).count() == 0
    assert top(rows.none(), 5) == []


def test_a_task_at_hand_gives_the_answers_of_the_database(people, tasks):
    acts = sorted(RULES.keys() - {"restore"})
    for name, user in people.items():
        known = {act: set(Task.objects.permitting(user, act).values_list("pk", flat=True)) for act in acts}
        for task in Task.objects.permitting(user, "view").for_detail():
            told = answers(task, user, acts)
            assert told == {act: task.pk in known[act] for act in acts}, (name, task.unit, task.state, task.private)
