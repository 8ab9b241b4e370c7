"""The office's matrix of rights, typed by hand, in plain Python that shares no code with khoidan.

Where the application walks down from a seat, this climbs up from a unit; where it filters, this asks one question
about one record. A difference between the two is a bug in one of them.
"""

from dataclasses import dataclass, field
from datetime import date

WORK = frozenset({"view_work", "enter_work", "direct_work", "approve_work"})
STAFF = frozenset({"manage_staff", "view_private"})
ALL = WORK | STAFF | {"keep_registers", "read_log"}
CAPABILITIES = ALL | {"view_issued"}
HEADS = ALL - {"manage_staff", "keep_registers"}
NONE = frozenset()


@dataclass(frozen=True)
class Row:
    """One line of the matrix: on the own unit, on units below, on every unit of the bloc, on its issuing bodies."""

    own: frozenset = NONE
    below: frozenset = NONE
    bloc: frozenset = NONE
    issuing: frozenset = NONE


MATRIX = {
    "bloc_head": Row(own=ALL, below=ALL, bloc=ALL),
    "deputy_head": Row(own=frozenset({"view_work"})),
    "organization_head": Row(own=HEADS, below=HEADS),
    "unit_head": Row(own=WORK),
    "office_head": Row(own=WORK, bloc=frozenset({"view_work"})),
    "unit_deputy": Row(own=frozenset({"view_work", "enter_work", "direct_work"})),
    "officer": Row(own=frozenset({"view_work", "enter_work"})),
    "clerk": Row(own=frozenset({"view_work", "enter_work", "keep_registers"}), issuing=frozenset({"keep_registers"})),
    "personnel_officer": Row(own=STAFF, below=STAFF, bloc=STAFF),
    "observer": Row(bloc=frozenset({"view_issued"})),
}

NEEDS = {
    "view": "view_work",
    "add": "enter_work",
    "give": "direct_work",
    "complete": "direct_work",
    "close": "approve_work",
    "reopen": "approve_work",
    "void": "approve_work",
    "restore": "approve_work",
}


@dataclass(frozen=True)
class Unit:
    id: int
    parent: int | None
    issues_documents: bool = False


@dataclass(frozen=True)
class User:
    id: int
    is_active: bool = True
    is_superuser: bool = False


@dataclass(frozen=True)
class Seat:
    """An appointment; `user` is the account of its person, None when the person has none."""

    id: int
    user: int | None
    unit: int
    role: str
    start: date
    end: date | None = None
    acting_for: int | None = None
    voided: bool = False


@dataclass(frozen=True)
class Record:
    """A task or a meeting, as far as rights look at it."""

    id: int
    unit: int
    organizations: frozenset = NONE
    people: frozenset = NONE  # accounts of those accountable, invited, in the chair or taking the minutes
    state: str = "given"  # of a task: draft, given, done; of a meeting: open, closed
    voided: bool = False
    author: int | None = None


@dataclass
class World:
    """Everything that rights depend on, on one day."""

    units: dict = field(default_factory=dict)
    users: dict = field(default_factory=dict)
    seats: dict = field(default_factory=dict)
    day: date = None

    def ancestors(self, unit):
        """Ids of the units above `unit`, its bloc last."""
        above = []
        while (unit := self.units[unit].parent) is not None:
            above.append(unit)
        return above

    def bloc(self, unit):
        return [unit, *self.ancestors(unit)][-1]

    def in_force(self, seat):
        if seat.voided or self.day < seat.start or (seat.end is not None and self.day >= seat.end):
            return False
        return seat.acting_for is None or self.in_force(self.seats[seat.acting_for])

    def works(self, user):
        """Whether the account can do anything at all with records."""
        return self.users[user].is_active and not self.users[user].is_superuser

    def holds(self, user, capability, unit):
        return self.works(user) and any(
            seat.user == user and self.in_force(seat) and capability in self.given(seat, unit)
            for seat in self.seats.values()
        )

    def sits(self, user, bloc):
        """Whether the account holds a seat of the bloc: who left takes part in nothing."""
        return self.works(user) and any(
            seat.user == user and self.in_force(seat) and self.bloc(seat.unit) == bloc for seat in self.seats.values()
        )

    def takes_part(self, user, record):
        return user in record.people and self.sits(user, self.bloc(record.unit))

    def given(self, seat, unit):
        """Capabilities that `seat` gives on `unit`, dates apart."""
        row, above = MATRIX[seat.role], self.ancestors(unit)
        given = set()
        if unit == seat.unit:
            given |= row.own
        if seat.unit in above:
            given |= row.below
        if self.bloc(unit) == self.bloc(seat.unit):
            given |= row.bloc
            if self.units[unit].issues_documents:
                given |= row.issuing
        return given

    def rights(self):
        """Every (user, unit, capability) of the day."""
        return {
            (user, unit, capability)
            for user in self.users
            for unit in self.units
            for capability in CAPABILITIES
            if self.holds(user, capability, unit)
        }

    def may_task(self, user, action, task):
        if not self.works(user) or task.voided != (action == "restore"):
            return False
        if action == "change":
            needed = {"draft": "enter_work", "given": "direct_work"}.get(task.state)
            return needed is not None and self.holds(user, needed, task.unit)
        if action == "view":
            return self.may_read(user, task, issued=task.state != "draft")
        if action == "complete" and self.takes_part(user, task):
            return True
        if action in ("void", "restore") and task.state == "draft" and task.author == user:
            return any(self.holds(user, right, task.unit) for right in ("enter_work", NEEDS[action]))
        return self.holds(user, NEEDS[action], task.unit)

    def may_meeting(self, user, action, meeting):
        if not self.works(user) or meeting.voided != (action == "restore"):
            return False
        if action == "change":
            return meeting.state != "closed" and self.holds(user, "enter_work", meeting.unit)
        if action == "view":
            return self.may_read(user, meeting, issued=meeting.state == "closed")
        return self.holds(user, NEEDS[action], meeting.unit)

    def may_read(self, user, record, *, issued):
        return (
            self.takes_part(user, record)
            or self.holds(user, "view_work", record.unit)
            or any(self.holds(user, "view_work", organization) for organization in record.organizations)
            or (issued and self.holds(user, "view_issued", record.unit))
        )
