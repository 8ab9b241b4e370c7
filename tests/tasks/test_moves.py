"""Random acts of random people on a task and its parts: what happens is what the office's own table says.

Everybody comes through the door of the pages: `permitting(user, action).locked()`, then the verb in a savepoint.
"""

from contextlib import contextmanager
from itertools import groupby, pairwise

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from khoidan.core.errors import Refused
from khoidan.organizations.models import Event, Unit
from khoidan.tasks.models import State, Task
from khoidan.tasks.models.rights import RULES
from tests.factories import day, make_member, make_task
from tests.tasks.office import ACTIONS, MOVES, OPEN, OVER, USUAL, VERBS, Job, No, Office, Wrong, later, world_of

SEATS = {
    "Trưởng khối": ("bloc", "bloc_head"),
    "Chủ tịch": ("women", "organization_head"),
    "Phó": ("women", "unit_deputy"),
    "Xoa": ("women", "officer"),
    "Lan": ("youth", "officer"),
    "Chánh văn phòng": ("office", "office_head"),
}
FORMED = {  # what each verb is given beside who does it
    "note": ("text", "percent"),
    "complete": ("result",),
    "accept": ("above", "above_reason"),
    "ask": ("due", "reason"),
    "grant": ("due",),
    "reschedule": ("due", "reason"),
    "reassign": ("person", "reason"),
    "change_helper": ("before", "person", "reason"),
    "begin": (),
    "give": (),
    "restore": (),
}
MOST = 5  # tasks of one story
HELPER = 4  # who helps at first, by the place in SEATS: an officer who knows of these tasks by that alone

# Where stories begin: (verb, task, who, what is typed), by their places.
GIVEN = [("give", 0, 2, 0), ("clarify", 0, 2, 0), ("give", 0, 2, 0)]
PARTS = [("fan_out", 1, 1, 4), ("fan_out", 1, 1, 3), ("give", 3, 0, 0)]
BEGINNINGS = [
    [],
    GIVEN,
    [*GIVEN, ("ask", 0, 3, 2)],
    [*GIVEN, ("begin", 0, 3, 0)],
    [*GIVEN, ("complete", 0, 3, 0)],
    [*GIVEN, ("complete", 0, 3, 0), ("accept", 0, 1, 1)],
    PARTS,
    [*PARTS, ("complete", 2, 4, 0), ("accept", 2, 1, 0), ("cancel", 3, 0, 0)],
    [*PARTS, ("complete", 2, 4, 0), ("accept", 2, 1, 0), ("complete", 3, 3, 0), ("accept", 3, 0, 0)],
]

few = st.integers(0, 59)
steps = st.lists(st.tuples(few, few, few, few, st.integers(0, 9)), min_size=3, max_size=12)


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people(house):
    return [make_member(house[unit], role, name) for name, (unit, role) in SEATS.items()]


class Story:
    """The database beside the office's own book."""

    def __init__(self, house, people, clock, *, private, checked, clear):
        self.people, self.clock = {user.pk: user for user in people}, clock
        self.order, self.units = [user.pk for user in people], [house["women"], house["youth"]]
        seats = {user.pk: (house[unit].pk, role) for user, (unit, role) in zip(people, SEATS.values(), strict=True)}
        self.office = Office(day(), lambda who, verb, job: who in self.may(job, verb))
        self.world = world_of(seats, seats, Unit.objects.values_list("pk", "parent_id"), day())
        self.stumbled, self.jobs = {}, []
        self.sleep(0)
        author, worker, checker = people[2], people[3], people[1] if checked else None
        for is_clear in (clear, True):
            common = {"private": private, "deliverable": "Báo cáo" if is_clear else "", "created_by": author}
            person = {"accountable": worker.person, "checker": checker and checker.person}
            task = make_task(house["women"], **common, **person)
            task.helpers.add(people[HELPER].person)
            key, helpers = checker and checker.pk, frozenset({self.order[HELPER]})
            self.jobs.append(
                Job(task.pk, task.unit_id, author.pk, worker.pk, task.due, key, private, is_clear, helpers)
            )

    def sleep(self, days):
        """Days pass; seats last, and everybody's rights are made that day's."""
        self.clock.shift(timezone.timedelta(days=days))
        self.office.today = self.world.day = day()
        for user in self.people.values():
            user.grants_on = day()

    def begin(self, acts):
        for verb, which, who, typed in acts:
            if which < len(self.jobs):
                self.act(self.jobs[which], verb, self.order[who], typed)

    def may(self, job, verb):
        record, actions = job.record(), ACTIONS.get(verb, [verb])
        return [pk for pk in self.order if all(self.world.may_task(pk, action, record) for action in actions)]

    def held(self, job, verb, who):
        """The task as the page of that act finds it for this person; None where it does not."""
        action, *others = ACTIONS.get(verb, [verb])
        rows = Task.objects.permitting(self.people[who], action)
        for other in others:
            rows = rows.filter(rows.condition(self.people[who], other))
        return rows.locked().filter(pk=job.id).first()

    def step(self, choice, who, which, typed, luck):
        if luck == 9:
            return self.sleep(choice % 4)
        job = self.jobs[which % len(self.jobs)]
        verb = VERBS[choice % len(VERBS)]
        if luck > 2:  # mostly what leads on, by somebody who may
            verb = self.usual(job, choice)
        choose = luck > 2 and self.may(job, verb) or self.order
        return self.act(job, verb, choose[who % len(choose)], typed)

    @staticmethod
    def usual(job, choice):
        usual = ["restore"] if job.voided else USUAL[job.state]
        if job.wish and job.state in OPEN and choice % 2:
            usual = ["grant", "refuse"]
        return usual[choice // 2 % len(usual)]

    def act(self, job, verb, who, typed):
        if verb == "fan_out" and len(self.jobs) >= MOST:
            return
        said, task = self.said(job, verb, typed), self.held(job, verb, who)
        assert (task is not None) == (who in self.may(job, verb)), (verb, job, who)
        if task is not None:
            foreseen, part = self.foresee(job, verb, who, said)
            assert self.try_it(task, verb, self.people[who], said, part) == foreseen, (verb, job, who)

    def said(self, job, verb, typed):
        """What the office's book needs to know of what was typed."""
        person = self.order[typed % len(self.order)]
        known = {
            "note": {"percent": typed},
            "accept": {"praise": "Sớm hai ngày" if typed % 2 else ""},
            "mark": {"praise": f"Tốt hơn {typed % 2}"},
            "reassign": {"person": person},
            "change_helper": {"person": person, "before": min(job.helpers, default=self.order[HELPER])},
            "fan_out": {"person": person, "unit": self.units[typed % 2].pk},
        }
        dated = dict.fromkeys(("ask", "grant", "reschedule"), {"due": later(day(7), typed % 5)})
        return (known | dated).get(verb, {})

    def foresee(self, job, verb, who, said):
        try:
            return "done", self.office.act(job, verb, who, **said)
        except Wrong:
            return "wrong", None
        except No:
            return "refused", None

    def try_it(self, task, verb, user, said, part):
        """What became of it; the database never has to say no itself."""
        try:
            with transaction.atomic():
                made = self.do(task, verb, user, said)
        except IntegrityError as error:
            return "refused" if "task_one_child_a_unit" in str(error) else str(error)  # of that one there is a sentence
        except Refused as refusal:
            task.refresh_from_db()
            refusal.trace(task, by=user)
            return "refused"
        except ValidationError:
            return "wrong"
        if part is not None:
            part.id = made.pk
            self.jobs.append(part)
        return "done"

    def do(self, task, verb, user, said):
        if verb == "clarify":
            return Task.objects.filter(pk=task.pk).update(deliverable="Báo cáo")
        if verb == "fan_out":
            unit = next(unit for unit in self.units if unit.pk == said["unit"])
            task.fan_out(by=user, chosen=[(unit, self.people[said["person"]].person)])
            return task.children.live().get(unit=unit)
        person, before = (self.people[said[name]].person if name in said else None for name in ("person", "before"))
        praise = said.get("praise", "")
        typed = {"reason": praise or "Vì thế", "text": "Đã làm", "result": "Xong", "due": said.get("due")}
        typed |= {"percent": said.get("percent"), "person": person, "before": before}
        typed |= {"above": bool(praise), "above_reason": praise}
        return getattr(task, verb)(by=user, **{name: typed[name] for name in FORMED.get(verb, ("reason",))})

    def assert_as_told(self):
        """Every row is what the book says, and open ones are clear; a first refusal by the gate is never forgotten."""
        rows = Task.objects.filter(pk__in=[job.id for job in self.jobs]).select_related("accountable")
        for row in rows.prefetch_related("helpers"):
            job = next(job for job in self.jobs if job.id == row.pk)
            assert self.found(row) == job.told()
            assert (row.voided_at is not None, row.above) == (job.voided, bool(job.praised))
            assert row.state not in OPEN or row.lacking() == []
            assert (row.unclear_at is not None) == job.unclear
            assert self.stumbled.setdefault(row.pk, row.unclear_at) in (None, row.unclear_at)
            self.stumbled[row.pk] = row.unclear_at

    @staticmethod
    def found(row):
        people = {name: getattr(row, f"{name}_id") for name in ("moved_by", "given_by", "submitted_by")}
        columns = ("state", "due", "completed_on", "percent", "above_reason")
        named = {"accountable": row.accountable.user_id, "helpers": {helper.user_id for helper in row.helpers.all()}}
        return people | {name: getattr(row, name) for name in columns} | named

    def assert_remembered(self):
        """As many acts as happened, each change of state in the history, no move that the table lacks."""
        history = apps.get_model("tasks", "TaskEvent").objects.order_by("pgh_id")
        for job in self.jobs:
            assert Event.objects.about(Task(pk=job.id)).count() == job.acts, job
            states = history.filter(pgh_obj_id=job.id).values_list("state", flat=True)
            assert [state for state, _same in groupby(states)] == job.path
            assert all(after in MOVES[before] for before, after in pairwise(job.path))
            if job.live_parts and not job.voided and job.state in {*OPEN, "done"}:
                over = {"done", "checking"} if job.checker else {"done"}  # a second person may look at it first
                assert (job.state in over) == job.is_finished(), job
            if job.state == "cancelled":
                assert {part.state for part in job.live_parts} <= OVER, job


@pytest.fixture
def told(house, people):
    """`told(acts)`: a story of a task that is checked and a clear one, in a database that forgets it."""

    def tell(acts):
        with rolled_back(), time_machine.travel(timezone.localtime().replace(hour=12), tick=False) as clock:
            story = Story(house, people, clock, private=False, checked=True, clear=True)
            story.begin(acts)
            story.assert_as_told()
            story.assert_remembered()

    return tell


def begin_anywhere(task, *, by):
    """Without what it begins from: the table of moves, in the database too, knows a way back from a check."""
    if task.move(State.DOING, by=by, started_at=timezone.now()):
        task.record("started", by=by)


DONE_BY_WORKER = [*GIVEN, ("complete", 0, 3, 0)]
LET_THROUGH = {  # what is forbidden: acts that end with it, where it is decided, what would let it through
    "what waits for its check begins again": ([*DONE_BY_WORKER, ("begin", 0, 0, 0)], (Task, "begin"), begin_anywhere),
    "a helper hands in": ([*GIVEN, ("complete", 0, HELPER, 0)], (RULES, "complete"), RULES["note"]),
    "a helper accepts": ([*DONE_BY_WORKER, ("accept", 0, HELPER, 0)], (RULES, "accept"), RULES["note"]),
    "who helps no more takes notes": (
        [*GIVEN, ("change_helper", 0, 1, 5), ("note", 0, HELPER, 10)],
        (RULES, "note"),
        lambda who: Q(),
    ),
}


@pytest.mark.parametrize(("acts", "place", "wrong"), LET_THROUGH.values(), ids=LET_THROUGH)
def test_what_is_forbidden_would_be_seen_were_it_let_through(told, monkeypatch, acts, place, wrong):
    """Negative control: acts that go as the table says fail the story once the rule behind the last one is gone."""
    told(acts)
    (monkeypatch.setitem if place[0] is RULES else monkeypatch.setattr)(*place, wrong)
    with pytest.raises(AssertionError, match=f"'{acts[-1][0]}'"):
        told(acts)


@given(
    beginning=st.sampled_from(BEGINNINGS),
    steps=steps,
    private=st.booleans(),
    checked=st.booleans(),
    clear=st.booleans(),
)
def test_no_acts_of_anybody_lead_where_the_table_does_not(house, people, beginning, steps, private, checked, clear):
    with rolled_back(), time_machine.travel(timezone.localtime().replace(hour=12), tick=False) as clock:
        story = Story(house, people, clock, private=private, checked=checked, clear=clear)
        story.begin(beginning)
        for step in steps:
            story.step(*step)
            story.assert_as_told()
        story.assert_remembered()
