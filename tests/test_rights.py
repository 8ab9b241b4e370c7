"""Rights are the written matrix, at random trees, seats and days: every face of them equals the oracle.

The faces: rows of grants, Unit.objects.granting, has_perm, get_all_permissions, permitting and permits of tasks and
meetings.
"""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import given

from khoidan.accounts.models import User
from khoidan.meetings.models import Meeting
from khoidan.organizations import backends
from khoidan.organizations.models import Capability, Unit, UnitUserObjectPermission, scope
from khoidan.staffing import grants
from khoidan.staffing.models import Reach, Role, RoleGrant
from khoidan.tasks.models import Task
from khoidan.tasks.models.rights import RULES, Rights, Standing
from tests import factories, oracle
from tests.worlds import EPOCH, Built, noon, plans

TASK_ACTIONS = ["view", *RULES]
BUTTONS = [action for action in TASK_ACTIONS if action not in ("add", "restore")]  # of a live record
MEETING_ACTIONS = ["view", "change", "close", "reopen", "void", "restore"]


@contextmanager
def rolled_back():
    """One example leaves nothing to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows():
    """Rows of grants as the oracle speaks of them."""
    found = UnitUserObjectPermission.objects.values_list("user_id", "content_object_id", "permission__codename")
    return set(found)


def granted(users, capabilities=Capability.values):
    """What Unit.objects.granting says, for every account and these capabilities."""
    return {
        (user.pk, unit, capability)
        for user in users
        for capability in capabilities
        for unit in Unit.objects.granting(user, capability).values_list("pk", flat=True)
    }


def permitted(model, users, actions):
    """{(account, action): ids} as the lists of the application find them."""
    return {
        (user.pk, action): set(model.objects.permitting(user, action).values_list("pk", flat=True))
        for user in users
        for action in actions
    }


def offered(users, actions):
    """The same, as the page of one task asks: all acts on a live task in one query."""
    told = {(user.pk, action): set() for user in users for action in actions}
    for user in users:
        rows = Task.objects.live().with_rights(user, actions)
        for pk, *answers in rows.values_list("pk", *(f"may_{action}" for action in actions)):
            for action, may in zip(actions, answers, strict=True):
                told[user.pk, action] |= {pk} if may else set()
    return told


def expected(records, users, actions, may):
    return {
        (user.pk, action): {record.id for _row, record in records if may(user.pk, action, record)}
        for user in users
        for action in actions
    }


def some(things, start, number=3):
    """A few of `things`, other ones at another start: what is asked with a query each is asked in turn."""
    return [things[(start + 2 * place) % len(things)] for place in range(number)]


def assert_asked_one_by_one(built, users):
    """has_perm and get_all_permissions on units and permits on records, with one question each."""
    world = built.world
    for turn, user in enumerate(users, built.plan.turn):
        for unit, capability in zip(some(built.units, turn), some(Capability.values, turn), strict=True):
            answer = user.has_perm(f"organizations.{capability}", unit)
            assert answer == world.holds(user.pk, capability, unit.pk), (user, unit, capability)
        unit = built.units[turn % len(built.units)]
        held = {capability for capability in Capability.values if world.holds(user.pk, capability, unit.pk)}
        assert user.get_all_permissions(unit) == held, (user, unit)
        for place, (task, record) in enumerate(built.tasks, turn):
            action = TASK_ACTIONS[place % len(TASK_ACTIONS)]
            assert task.permits(user, action) == world.may_task(user.pk, action, record), (user, record, action)
        for place, (meeting, record) in enumerate(built.meetings, turn):
            action = MEETING_ACTIONS[place % len(MEETING_ACTIONS)]
            assert meeting.permits(user, action) == world.may_meeting(user.pk, action, record), (user, record, action)


def assert_equal_to_oracle(built):
    world = built.world
    grants.rebuild_stale()
    users = list(User.objects.order_by("pk"))
    rights, asked = world.rights(), some(Capability.values, built.plan.turn)
    assert rows() == rights
    assert granted(users, asked) == {right for right in rights if right[2] in asked}
    acts, one = ["view", *some(TASK_ACTIONS, built.plan.turn)], some(users, built.plan.turn, 1)
    assert permitted(Task, users, acts) == expected(built.tasks, users, acts, world.may_task)
    assert offered(one, BUTTONS) == expected(built.tasks, one, BUTTONS, world.may_task)
    assert permitted(Meeting, users, MEETING_ACTIONS) == expected(
        built.meetings, users, MEETING_ACTIONS, world.may_meeting
    )
    assert_asked_one_by_one(built, users)


@given(plan=plans())
def test_rights_equal_the_written_matrix(matrix, plan):
    with rolled_back():
        built = Built(plan, matrix)
        for number, offset in enumerate(plan.days, 1):
            with time_machine.travel(noon(offset), tick=False):
                built.world.day = EPOCH + timedelta(offset)
                if number == len(plan.days) and built.move():
                    assert granted(User.objects.all()) == set()  # stale rights grant nothing
                assert_equal_to_oracle(built)


def test_rights_that_nobody_renewed_would_be_seen(house, monkeypatch):
    """Negative control: without the check of freshness the oracle and the application differ."""
    user = factories.make_member(house["women"], "officer", end=factories.day(5))
    world = oracle.World(
        units={pk: oracle.Unit(pk, parent) for pk, parent in Unit.objects.values_list("pk", "parent_id")},
        users={user.pk: oracle.User(user.pk)},
        day=factories.day(),
        seats={1: oracle.Seat(1, user.pk, house["women"].pk, "officer", factories.LONG_AGO, factories.day(5))},
    )
    assert granted([user]) == world.rights() != set()

    with connection.cursor() as cursor:
        cursor.execute('UPDATE staffing_appointment SET "end" = %s', [factories.day()])
    world.seats = {1: replace(world.seats[1], end=factories.day())}
    assert world.rights() == set()
    assert granted([User.objects.get(pk=user.pk)]) == set()
    assert not User.objects.get(pk=user.pk).has_perm("organizations.view_work", house["women"])
    assert User.objects.get(pk=user.pk).get_all_permissions(house["women"]) == set()

    monkeypatch.setattr(scope, "is_fresh", lambda user: True)
    monkeypatch.setattr(backends, "is_fresh", lambda user: True)
    assert granted([User.objects.get(pk=user.pk)]) != world.rights()
    assert User.objects.get(pk=user.pk).has_perm("organizations.view_work", house["women"])
    assert User.objects.get(pk=user.pk).get_all_permissions(house["women"]) == set(oracle.MATRIX["officer"].own)


@pytest.fixture
def told(house):
    """(accounts, task, what the oracle says of the acts on it): private, handed in, of the head."""
    roles = {"head": "organization_head", "deputy": "unit_deputy", "officer": "officer"}
    accounts = {name: factories.make_member(house["women"], role) for name, role in roles.items()}
    head = accounts["head"]
    task = factories.make_task(house["women"], state="checking", private=True, accountable=head.person)
    world = oracle.World(
        units={pk: oracle.Unit(pk, parent) for pk, parent in Unit.objects.values_list("pk", "parent_id")},
        users={user.pk: oracle.User(user.pk) for user in accounts.values()},
        day=factories.day(),
        seats={
            n: oracle.Seat(n, accounts[name].pk, house["women"].pk, role, factories.LONG_AGO)
            for n, (name, role) in enumerate(roles.items())
        },
    )
    record = oracle.Record(
        task.pk, task.unit_id, state="checking", private=True, people=frozenset({head.pk}), accountable=head.pk
    )
    acts = [action for action in TASK_ACTIONS if action != "restore"]
    return list(accounts.values()), acts, expected([(task, record)], accounts.values(), acts, world.may_task)


def test_a_private_task_that_everybody_reads_would_be_seen(told, monkeypatch):
    """Negative control: were the flag not looked at, the deputy and the officer would read and act."""
    users, acts, right = told
    assert permitted(Task, users, acts) == right
    monkeypatch.setattr(Rights, "sees_through", staticmethod(lambda scope: True))
    wrong = permitted(Task, users, acts)
    assert {action for (user, action) in right if user == users[1].pk and wrong[user, action]} >= {"view", "accept"}
    assert wrong != right


def test_a_check_by_who_did_the_work_would_be_seen(told, monkeypatch):
    """Negative control: without the rule of the second person the head would accept the head's own work."""
    users, acts, right = told
    monkeypatch.setattr(Standing, "second", Q())
    wrong = permitted(Task, users, acts)
    assert {key for key in right if wrong[key] != right[key]} == {(users[0].pk, a) for a in ("accept", "send_back")}


def test_a_wrong_matrix_would_be_seen(house):
    """Negative control: one cell too many, and the rows are no longer the oracle's."""
    user = factories.make_member(house["women"], "officer")
    RoleGrant.objects.create(role=Role.objects.get(code="officer"), reach=Reach.BELOW, capability=Capability.VIEW_WORK)
    grants.rebuild(user)
    officer = {(user.pk, house["women"].pk, capability) for capability in oracle.MATRIX["officer"].own}
    assert rows() == officer | {(user.pk, house["women_branch"].pk, "view_work")}
