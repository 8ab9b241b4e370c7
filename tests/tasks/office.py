"""Tasks as the office says they move, in plain Python that shares no code with khoidan: what each act leads to."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from tests import oracle

# The table of moves, typed by hand.
MOVES = {
    "draft": {"given"},
    "given": {"doing", "checking", "done", "draft", "cancelled"},
    "doing": {"checking", "done", "draft", "cancelled"},
    "checking": {"done", "doing", "cancelled"},
    "done": {"doing"},
    "cancelled": {"draft"},
}
OPEN, AT_WORK, OVER = {"given", "doing", "checking"}, {"given", "doing"}, {"done", "cancelled"}
# What would lead on from each state; the rest is tried too, and refused.
USUAL = {
    "draft": ["give", "give", "give", "fan_out", "clarify", "change_helper", "void"],
    "given": ["begin", "note", "complete", "complete", "hand_back", "ask", "reassign", "fan_out", "cancel"],
    "doing": ["complete", "complete", "note", "ask", "grant", "refuse", "reschedule", "hand_back", "cancel"],
    "checking": ["accept", "accept", "accept", "send_back", "reassign", "change_helper", "reschedule", "cancel"],
    "done": ["reopen", "mark", "void"],
    "cancelled": ["reopen", "void"],
}
# What asks for another right than the one called like it, or for two.
ACTIONS = {"grant": ["decide"], "refuse": ["decide"], "clarify": ["change"], "change_helper": ["reassign", "change"]}
VERBS = sorted({verb for verbs in USUAL.values() for verb in verbs} | {"restore"})


class No(Exception):
    """The office refuses."""


class Wrong(No):
    """The office refuses what was typed."""


@dataclass
class Job:
    """One task; people are told by their accounts, None for nobody and for the system."""

    id: int
    unit: int
    author: int
    accountable: int
    due: object
    checker: int | None = None
    private: bool = False
    clear: bool = True
    helpers: frozenset = frozenset()
    above_it: object = None  # the Job it is a part of
    parts: list = field(default_factory=list)
    state: str = "draft"
    moved_by: object = "nobody"
    giver: int | None = None
    submitter: int | None = None
    handed_in: object = None
    done_on: object = None
    stopped_on: object = None
    voided_on: object = None
    percent: int = 0
    praised: str = ""
    wish: tuple | None = None  # (day, who)
    answered: tuple | None = None  # (who, day or None), how the newest wish was; none when it fell away
    voided: bool = False
    unclear: bool = False
    acts: int = 0
    path: list = field(default_factory=lambda: ["draft"])

    @property
    def live_parts(self):
        return [part for part in self.parts if not part.voided]

    def has_open_parts(self):
        return any(part.state not in OVER for part in self.live_parts)

    def is_finished(self):
        states = {part.state for part in self.live_parts}
        return "done" in states and states <= OVER

    def who_did_parts(self):
        done = [part for part in self.parts if part.state == "done"]
        return frozenset({part.accountable for part in done} | {part.submitter for part in done}) - {None}

    def record(self):
        """As the oracle of rights looks at it."""
        return oracle.Record(
            id=self.id,
            unit=self.unit,
            people=self.helpers | {self.accountable, self.checker} - {None},
            **{name: getattr(self, name) for name in ("state", "voided", "private", "author", "accountable")},
            **{name: getattr(self, name) for name in ("checker", "helpers", "giver", "submitter")},
            did_parts=self.who_did_parts(),
        )

    def told(self):
        """What the row of it must say."""
        return {
            "state": self.state,
            "moved_by": None if self.moved_by == "nobody" else self.moved_by,
            "accountable": self.accountable,
            "helpers": self.helpers,
            "given_by": self.giver,
            "submitted_by": self.submitter,
            "due": self.due,
            "completed_on": self.done_on,
            "percent": self.percent,
            "above_reason": self.praised,
        }


class Office:
    """`act(job, verb, who, **typed)` changes the job or raises No; `today` is the day."""

    def __init__(self, today, may):
        self.today, self.may = today, may  # may(who, verb, job)

    def act(self, job, verb, who, **typed):
        return getattr(self, verb)(job, who, **typed)

    @staticmethod
    def go(job, to, who, out_of, **changes):
        """False for a second click of the same person."""
        if job.state == to and job.moved_by == who:
            return False
        if job.state not in out_of:
            raise No
        job.state, job.moved_by = to, who
        job.path.append(to)
        if to not in AT_WORK and job.wish:
            job.wish, job.answered = None, None
        job.acts += 1
        for name, value in changes.items():
            setattr(job, name, value)
        return True

    @staticmethod
    def ended_on(part):
        """The day on which a part was handed in, stopped, or voided while it was open; None while it is."""
        if part.voided:
            return part.voided_on if part.state not in OVER else None
        return {"done": part.done_on, "cancelled": part.stopped_on}.get(part.state)

    def settle(self, job):
        """A parent follows its parts, and its own parent follows it."""
        if job is None or job.voided:
            return
        before = job.state
        came = max(filter(None, map(self.ended_on, job.parts)), default=None)
        if job.is_finished() and job.state in AT_WORK and job.checker:
            self.go(job, "checking", None, AT_WORK, submitter=None, handed_in=came)
        elif job.is_finished() and job.state in AT_WORK:
            self.go(job, "done", None, AT_WORK, done_on=came)
        elif job.state == "checking" and job.live_parts and not job.is_finished():
            self.go(job, "doing", None, {"checking"})
        elif job.state == "done" and job.live_parts and not job.is_finished():
            self.go(job, "doing", None, {"done"}, done_on=None, praised="")
        elif job.state == "given" and {part.state for part in job.live_parts} & {"doing", "checking", "done"}:
            self.go(job, "doing", None, {"given"})
        if job.state != before:
            self.settle(job.above_it)

    def give(self, job, who):
        if job.state == "draft" and not job.clear:
            job.unclear = True
            job.acts += 1  # the gate notes that it stopped the task
            raise No
        if self.go(job, "given", who, {"draft"}, giver=who):
            self.give_parts(job, who)
            self.settle(job)

    def give_parts(self, job, who):
        """Those that are clear and that this person may give; the others wait."""
        for part in [part for part in job.live_parts if part.state == "draft" and self.may(who, "give", part)]:
            with suppress(No):
                self.give(part, who)

    def begin(self, job, who):
        if self.go(job, "doing", who, {"given"}):
            self.settle(job.above_it)

    def note(self, job, who, percent):
        if job.state not in AT_WORK:
            raise No
        if job.state == "given":
            self.begin(job, who)
        job.percent = percent
        job.acts += 1

    def complete(self, job, who):
        if job.live_parts:
            raise No
        if job.checker:
            self.go(job, "checking", who, AT_WORK, submitter=who, handed_in=self.today)
        elif self.go(job, "done", who, AT_WORK, submitter=who, handed_in=self.today, done_on=self.today):
            self.settle(job.above_it)

    def accept(self, job, who, praise):
        if job.has_open_parts():
            raise No
        if job.state == "done" and job.moved_by == who and job.praised != praise:
            raise No
        if self.go(job, "done", who, {"checking"}, done_on=job.handed_in, praised=praise):
            self.settle(job.above_it)

    def send_back(self, job, who):
        if job.state == "checking" and job.live_parts:
            raise No
        self.go(job, "doing", who, {"checking"})

    def hand_back(self, job, who):
        if job.has_open_parts():
            raise No
        self.go(job, "draft", who, AT_WORK, unclear=True)

    def ask(self, job, who, due):
        if job.state not in AT_WORK:
            raise No
        if due <= job.due:
            raise Wrong
        if job.wish == (due, who):
            return
        if job.wish:
            raise No
        job.wish = (due, who)
        job.acts += 1

    def grant(self, job, who, due):
        if job.wish is None and job.answered == (who, due):
            return
        if job.wish is None or job.state not in OPEN:
            raise No
        if due <= job.due:
            raise Wrong
        self.answer(job, (who, due))
        job.due = due

    def refuse(self, job, who):
        if job.wish is None and job.answered == (who, None):
            return
        if job.wish is None or job.state not in OPEN:
            raise No
        self.answer(job, (who, None))

    @staticmethod
    def answer(job, answered):
        job.wish, job.answered = None, answered
        job.acts += 1

    def reschedule(self, job, who, due):
        if job.state not in OPEN:
            raise No
        if due != job.due:
            job.due, job.wish, job.answered = due, None, None
            job.acts += 1

    @staticmethod
    def never_given(job):
        """Parts that go with the whole; a part that somebody was given stops the act."""
        waiting = [part for part in job.live_parts if part.state == "draft" and part.giver is None]
        if any(part.state not in OVER for part in job.live_parts if part not in waiting):
            raise No
        return waiting

    def withdraw(self, parts):
        for part in parts:
            part.voided, part.voided_on = True, self.today
            part.acts += 1

    def cancel(self, job, who):
        waiting = self.never_given(job)
        if self.go(job, "cancelled", who, OPEN, stopped_on=self.today):
            self.withdraw(waiting)
            self.settle(job.above_it)

    def reopen(self, job, who):
        if job.above_it and job.above_it.state == "cancelled":
            raise No
        if job.state == "done" and job.live_parts:
            raise No
        if job.state in {"cancelled", "draft"}:
            self.go(job, "draft", who, {"cancelled"})
        else:
            self.go(job, "doing", who, {"done"}, done_on=None, praised="")
        self.settle(job.above_it)

    def reassign(self, job, who, person):
        if person == job.accountable:
            return
        if job.state not in OPEN:
            raise No
        if person == job.checker:
            raise Wrong
        if job.wish:
            job.wish, job.answered = None, None
        job.accountable = person
        job.helpers -= {person}
        job.acts += 1

    def change_helper(self, job, who, before, person):
        if before in job.helpers:
            job.helpers = job.helpers - {before} | {person} - {job.accountable}
            job.acts += 1

    def mark(self, job, who, praise):
        if job.state != "done":
            raise No
        if job.praised != praise:
            job.praised = praise
            job.acts += 1

    def void(self, job, who):
        self.withdraw(self.never_given(job))
        job.voided, job.voided_on = True, self.today
        job.acts += 1
        self.settle(job.above_it)

    def restore(self, job, who):
        above = job.above_it
        if job.state not in OVER and above and above.state == "cancelled":
            raise No
        if job.state not in OVER and above and above.state == "done" and not above.live_parts:
            raise No
        if above and job.unit in {part.unit for part in above.live_parts}:
            raise No
        job.voided = False
        job.acts += 1
        if job.live_parts:
            self.settle(job)
        self.settle(job.above_it)

    def clarify(self, job, who):
        job.clear = True

    def fan_out(self, job, who, unit, person):
        """The part made for the unit, if it has none yet; its id is told by who makes it."""
        if job.above_it or job.state not in {"draft", *AT_WORK}:
            raise No
        part = None
        if unit not in {part.unit for part in job.live_parts}:
            checker = job.checker if job.checker != person else None
            part = Job(None, unit, who, person, job.due, checker, job.private, job.clear, above_it=job, acts=1)
            job.parts.append(part)
        if job.state != "draft" or not self.may(who, "give", job):
            self.give_parts(job, who)
        elif job.clear:
            self.give(job, who)
        else:
            job.parts = [each for each in job.parts if each is not part]
            self.give(job, who)
        return part


def later(day, days):
    return day + timedelta(days)


def world_of(accounts, seats, units, day):
    """The oracle's world of {account: (unit, role)} that lasts."""
    return oracle.World(
        units={pk: oracle.Unit(pk, parent) for pk, parent in units},
        users={user: oracle.User(user) for user in accounts},
        seats={n: oracle.Seat(n, user, unit, role, day) for n, (user, (unit, role)) in enumerate(seats.items())},
        day=day,
    )
