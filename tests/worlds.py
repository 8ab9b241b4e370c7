"""Random blocs, seats and records: drawn as plain values, then built twice, for the database and for the oracle."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from hypothesis import strategies as st

from khoidan.accounts.models import User
from khoidan.meetings.models import Attendance, Meeting, MeetingKind
from khoidan.organizations.models import Kind, Unit
from khoidan.staffing.models import Appointment, Person
from khoidan.tasks.models import Task
from tests import oracle
from tests.factories import make_unit

EPOCH = date(2026, 3, 2)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BELOW_BLOC = [Kind.ORGANIZATION, Kind.OFFICE, Kind.SUB_COMMITTEE]
ROLES = sorted(oracle.MATRIX)
STATES = ["draft", "given", "doing", "checking", "done", "cancelled"]

days = st.integers(-3, 6)
rarely = st.sampled_from([False] * 4 + [True])
few = st.integers(0, 59)  # reduced to a valid place in whatever list it picks from


@dataclass(frozen=True)
class TaskPlan:
    """One task; people and accounts by their places, None for nobody."""

    unit: int
    accountable: int
    author: int
    organizations: list
    state: str
    private: bool
    checker: int | None
    helpers: list
    giver: int | None
    submitter: int | None
    parent: int | None  # one of the tasks before
    voided: bool


@dataclass(frozen=True)
class Plan:
    """What to build; everything refers to everything by its place in a list."""

    blocs: int
    units: tuple  # (parent, issues documents)
    people: tuple  # (home, has account, active, superuser, voided)
    seats: tuple  # (person, unit, role, start, length or None, voided)
    covers: tuple  # (seat, person, start, length or None)
    tasks: tuple  # of TaskPlan
    meetings: tuple  # (unit, closed, invited, chair, secretary, organizations, voided)
    moves: tuple  # (unit, new parent)
    days: tuple  # offsets at which to look; moves come before the last
    turn: int  # where the questions start that are asked in turn


def task_plans():
    maybe, some = st.none() | few, st.lists(few, max_size=2)
    return st.builds(
        TaskPlan,
        unit=few,
        accountable=few,
        author=few,
        organizations=some,
        state=st.sampled_from(STATES),
        private=st.booleans(),
        checker=maybe,
        helpers=some,
        giver=maybe,
        submitter=maybe,
        parent=maybe,
        voided=rarely,
    )


@st.composite
def plans(draw):
    def listed(least, most, *parts):
        return tuple(draw(st.lists(st.tuples(*parts), min_size=least, max_size=most)))

    half, length = st.booleans(), st.none() | st.integers(1, 6)
    often = st.sampled_from([True] * 4 + [False])
    some = st.lists(few, max_size=2)
    plan = Plan(
        blocs=draw(st.sampled_from([1, 1, 1, 2])),
        units=listed(3, 7, few, half),
        people=((0, True, True, False, False),) + listed(1, 3, few, often, often, rarely, rarely),
        seats=((0, draw(few), draw(st.sampled_from(ROLES)), draw(days), draw(length), False),)
        + listed(1, 6, few, few, st.sampled_from(ROLES), days, length, rarely),
        covers=listed(0, 3, few, few, days, length),
        tasks=tuple(draw(st.lists(task_plans(), min_size=2, max_size=4))),
        meetings=listed(1, 2, few, half, few, few, few, some, rarely),
        moves=listed(0, 2, few, few),
        days=(),
        turn=draw(st.integers(0, 41)),
    )
    edges = sorted({edge + near for edge in edges_of(plan) for near in (-1, 0, 1)})
    return replace(plan, days=tuple(draw(st.lists(st.sampled_from(edges), min_size=1, max_size=2))))


def edges_of(plan):
    """First days, and first days after the last, of every seat."""
    dated = [(start, length) for *_seat, start, length, _voided in plan.seats]
    dated += [(start, length) for _seat, _person, start, length in plan.covers]
    return {start for start, _length in dated} | {start + length for start, length in dated if length}


def noon(offset):
    """The middle of a working day in Na Hang."""
    return datetime.combine(EPOCH + timedelta(offset), datetime.min.time(), HANOI) + timedelta(hours=12)


class Built:
    """One plan in the database, beside the World that the oracle looks at."""

    def __init__(self, plan, positions):
        self.plan, self.positions, self.world = plan, positions, oracle.World()
        self.build_units()
        self.build_people()
        self.build_seats()
        self.build_covers()
        self.tasks = self.build_tasks()
        self.meetings = self.build_meetings()

    def build_units(self):
        self.units = [make_unit(f"Khối {n}", Kind.BLOC, issues_documents=True) for n in range(self.plan.blocs)]
        for number, (parent, issues) in enumerate(self.plan.units):
            parent = self.units[parent % len(self.units)]
            kind = BELOW_BLOC[number % 3] if parent.kind == Kind.BLOC else Kind.BRANCH
            self.units.append(make_unit(f"Đơn vị {number}", kind, parent, issues_documents=issues))
        self.note_units()

    def note_units(self):
        rows = Unit.objects.values_list("pk", "parent_id", "issues_documents")
        self.world.units = {row[0]: oracle.Unit(*row) for row in rows}

    def build_people(self):
        accounts = [
            User(username=f"u{n}", name=f"Người {n}", is_active=active, is_superuser=superuser, password="!")
            for n, (_home, _account, active, superuser, _voided) in enumerate(self.plan.people)
        ]
        self.accounts = User.objects.bulk_create(accounts)
        self.people = Person.objects.bulk_create(
            Person(
                unit=self.units[home % len(self.units)],
                name=f"Người {n}",
                voided_at=timezone.now() if voided else None,
                user=self.accounts[n] if has_account else None,
            )
            for n, (home, has_account, _active, _superuser, voided) in enumerate(self.plan.people)
        )
        self.world.users = {user.pk: oracle.User(user.pk, user.is_active, user.is_superuser) for user in self.accounts}

    def seat(self, person, unit, role, start, length, **extra):
        start = EPOCH + timedelta(start)
        end = start + timedelta(length) if length else None
        kind = Appointment.Kind.ACTING if extra.get("acting_for") else Appointment.Kind.CONCURRENT
        position = self.positions[role]
        return Appointment(person=person, unit=unit, position=position, kind=kind, start=start, end=end, **extra)

    def build_seats(self):
        """The first seat of a person in a unit and role stands; the database refuses the same one twice."""
        chosen = {}
        for person, unit, role, start, length, voided in self.plan.seats:
            person, unit = self.people[person % len(self.people)], self.units[unit % len(self.units)]
            seat = self.seat(person, unit, role, start, length, voided_at=timezone.now() if voided else None)
            chosen.setdefault((person.pk, unit.pk, role), seat)
        self.taken, self.seats = set(chosen), Appointment.objects.bulk_create(chosen.values())
        self.note_seats(self.seats)

    def build_covers(self):
        """One acting holder per seat, who is somebody else and does not hold the same seat besides."""
        chosen = {}
        for seat, person, start, length in self.plan.covers:
            held, person = self.seats[seat % len(self.seats)], self.people[person % len(self.people)]
            key = (person.pk, held.unit_id, held.position.code)
            if key not in self.taken and held.pk not in chosen and not held.person.voided_at:
                self.taken.add(key)
                chosen[held.pk] = self.seat(person, held.unit, held.position.code, start, length, acting_for=held)
        self.covers = Appointment.objects.bulk_create(chosen.values())
        self.note_seats(self.covers)

    def note_seats(self, seats):
        for seat in seats:
            person = seat.person
            self.world.seats[seat.pk] = oracle.Seat(
                id=seat.pk,
                unit=seat.unit_id,
                role=seat.position.code,
                start=seat.start,
                end=seat.end,
                user=None if person.voided_at else person.user_id,
                acting_for=seat.acting_for_id,
                voided=seat.voided_at is not None,
            )

    def build_tasks(self):
        built = []
        for plan in self.plan.tasks:
            parent = built[plan.parent % len(built)][0] if built and plan.parent is not None else None
            task = self.make_task(plan, parent)
            helpers = {self.nth(self.people, place) for place in plan.helpers} - {task.accountable}
            task.helpers.set(helpers)
            parts = {task.accountable, task.checker, *helpers} - {None}
            record = self.note(task, plan.organizations, parts, plan.state, plan.voided)
            built.append((task, replace(record, **self.told(task, helpers))))
        return [(task, replace(record, did_parts=self.did_parts(task, built))) for task, record in built]

    @staticmethod
    def did_parts(whole, built):
        done = [part for part, _record in built if part.parent_id == whole.pk and part.state == "done"]
        return frozenset({part.accountable.user_id for part in done} | {part.submitted_by_id for part in done}) - {None}

    @staticmethod
    def nth(things, place):
        return None if place is None else things[place % len(things)]

    def make_task(self, plan, parent):
        accountable, checker = self.nth(self.people, plan.accountable), self.nth(self.people, plan.checker)
        done = {"completed_at": timezone.now(), "completed_on": EPOCH} if plan.state == "done" else {}
        return Task.objects.create(
            unit=self.nth(self.units, plan.unit),
            title="Việc",
            accountable=accountable,
            checker=checker if checker != accountable else None,
            created_by=self.nth(self.accounts, plan.author),
            given_by=self.nth(self.accounts, plan.giver),
            submitted_by=self.nth(self.accounts, plan.submitter),
            private=plan.private,
            parent=parent,
            deliverable="Báo cáo",
            address="Hội trường",
            due=EPOCH,
            state=plan.state,
            voided_at=timezone.now() if plan.voided else None,
            **done,
        )

    @staticmethod
    def told(task, helpers):
        """What the oracle must know of a task beside what it must know of any record."""
        return {
            "author": task.created_by_id,
            "giver": task.given_by_id,
            "submitter": task.submitted_by_id,
            "accountable": task.accountable.user_id,
            "checker": task.checker.user_id if task.checker else None,
            "helpers": frozenset(person.user_id for person in helpers) - {None},
            "private": task.private,
        }

    def build_meetings(self):
        kind, _ = MeetingKind.objects.get_or_create(code="giao-ban", name="Giao ban")
        built = []
        for unit, closed, *three, organizations, voided in self.plan.meetings:
            guest, chair, secretary = (self.people[person % len(self.people)] for person in three)
            meeting = Meeting.objects.create(
                unit=self.units[unit % len(self.units)],
                title="Họp",
                kind=kind,
                starts_at=noon(0),
                chair=chair,
                ends_at=noon(1),
                secretary=secretary,
                closed_at=noon(1) if closed else None,
                voided_at=timezone.now() if voided else None,
            )
            Attendance.objects.create(meeting=meeting, person=guest)
            state = "closed" if closed else "open"
            built.append((meeting, self.note(meeting, organizations, {guest, chair, secretary}, state, voided)))
        return built

    def note(self, record, organizations, people, state, voided):
        """Count `record` for organizations of its own bloc, and tell the oracle about it."""
        bloc = self.world.bloc(record.unit_id)
        choice = [unit for unit in self.units if unit.kind == Kind.ORGANIZATION and self.world.bloc(unit.pk) == bloc]
        counted = {choice[place % len(choice)] for place in organizations} if choice else set()
        record.organizations.set(counted)
        return oracle.Record(
            id=record.pk,
            unit=record.unit_id,
            organizations=frozenset(unit.pk for unit in counted),
            state=state,
            people=frozenset(person.user_id for person in people) - {None},
            voided=voided,
        )

    def move(self):
        """Move units by the plan, unless the database would refuse; tells whether any moved."""
        moved = False
        for unit, parent in self.plan.moves:
            unit, parent = self.units[unit % len(self.units)].pk, self.units[parent % len(self.units)].pk
            above = [parent, *self.world.ancestors(parent)]
            root = self.world.units[unit].parent is None
            if not root and unit not in above and self.world.bloc(unit) == above[-1]:
                Unit.objects.filter(pk=unit).update(parent=parent)
                self.note_units()
                moved = True
        return moved
