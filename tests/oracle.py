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

NEEDS = {  # of a meeting
    "view": "view_work",
    "add": "enter_work",
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
    """A task or a meeting, as far as rights look at it; people are told by their accounts."""

    id: int
    unit: int
    organizations: frozenset = NONE
    people: frozenset = NONE  # of a meeting: invited, in the chair or taking the minutes; of a task: all parts
    state: str = "given"  # of a meeting: open, closed
    voided: bool = False
    private: bool = False
    author: int | None = None
    accountable: int | None = None
    checker: int | None = None
    helpers: frozenset = NONE
    giver: int | None = None  # None: never given
    submitter: int | None = None
    did_parts: frozenset = NONE  # who is accountable for parts of it that are done


@dataclass(frozen=True)
class Stand:
    """What one account is to one task."""

    enters: bool
    directs: bool
    approves: bool
    answers: bool  # is accountable
    helps: bool
    checks: bool
    second: bool  # not accountable, nor for a part of what waits for its check, nor who handed it in
    free: bool  # not bound by what somebody else gave them to do
    wrote: bool  # an own draft, never given
    new: bool  # never given to anybody


# Who may do what, said once by hand; what state the task must be in is the verb's to say, but for what forms change.
ACTS = {
    "begin": lambda s: s.directs or s.answers,
    "note": lambda s: s.directs or s.answers or s.helps,
    "complete": lambda s: s.directs or s.answers,
    "accept": lambda s: s.second and (s.directs or s.checks),
    "send_back": lambda s: s.second and (s.directs or s.checks),
    "hand_back": lambda s: s.answers,
    "ask": lambda s: s.answers,
    "give": lambda s: s.directs and (s.free or s.new),
    "decide": lambda s: s.directs and s.free,
    "reschedule": lambda s: s.directs and s.free,
    "cancel": lambda s: s.directs and s.free,
    "reassign": lambda s: s.directs and s.free,
    "mark": lambda s: s.directs and not s.answers,
    "reopen": lambda s: s.approves,
    "void": lambda s: s.wrote or (s.approves and (s.free or s.new)),
    "restore": lambda s: s.wrote or s.approves,
    "add": lambda s: s.enters,
}


def has_part(s):
    return s.answers or s.helps or s.checks


# What forms and files change, by state; what is over is changed by nobody.
CHANGES = {
    "change": (lambda s: s.enters if s.new else s.directs and s.free, lambda s: s.directs and s.free),
    "detach": (lambda s: s.enters if s.new else s.directs and s.free, lambda s: s.directs and s.free),
    "fan_out": (lambda s: s.enters if s.new else s.directs and s.free, lambda s: s.directs),
    "attach": (lambda s: (s.new and s.enters) or s.directs or has_part(s), lambda s: s.directs or has_part(s)),
}


def rule_of(action, state):
    """What must hold for `action` in `state`; None where nobody may."""
    if action not in CHANGES:
        return ACTS[action]
    draft, given = CHANGES[action]
    return {"draft": draft, "given": given, "doing": given, "checking": given}.get(state)


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

    def stand(self, user, task):
        seated = self.sits(user, self.bloc(task.unit))
        return Stand(
            enters=self.holds(user, "enter_work", task.unit),
            directs=self.holds(user, "direct_work", task.unit),
            approves=self.holds(user, "approve_work", task.unit),
            answers=seated and user == task.accountable,
            helps=seated and user in task.helpers,
            checks=seated and user == task.checker,
            second=user not in (task.accountable, task.submitter)
            and not (task.state == "checking" and user in task.did_parts),
            free=user != task.accountable or user == task.giver,
            wrote=task.state == "draft"
            and task.giver is None
            and user == task.author
            and self.holds(user, "enter_work", task.unit),
            new=task.giver is None,
        )

    def may_task(self, user, action, task):
        if not self.works(user) or task.voided != (action == "restore") or not self.let_in(user, task):
            return False
        if action == "view":
            return self.may_read(user, task, issued=task.state != "draft")
        rule = rule_of(action, task.state)
        return rule is not None and rule(self.stand(user, task))

    def let_in(self, user, task):
        """Whether the task's being private keeps nothing from the account."""
        if not task.private or self.takes_part(user, task):
            return True
        reads = self.holds(user, "view_work", task.unit)
        return reads and (self.holds(user, "view_private", task.unit) or user in (task.author, task.giver))

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
