"""What happens to the tasks of the demo between being given and being done: notes, checks, dates moved, stops."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.utils import timezone

from khoidan.tasks.models import Extension, Progress, State, Task, Urgency

WATCHED, HELPED, STUMBLED, ABOVE = 0.35, 0.3, 0.12, 0.3  # shares of the tasks given
BEGUN, HANDED_IN, STOPPED, WISHING, MOVED = 0.75, 0.5, 0.12, 0.2, 0.08
URGENCIES = {Urgency.NORMAL: 86, Urgency.URGENT: 10, Urgency.VERY_URGENT: 3, Urgency.EXPRESS: 1}
SOON = timedelta(days=4)


@dataclass
class Past:
    """What stands beside a task once it is written."""

    task: Task
    helpers: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    wishes: list = field(default_factory=list)
    acts: list = field(default_factory=list)  # (verb, at, by, details)

    def act(self, verb, at, by, **details):
        self.acts.append((verb, at, by, details))


class Working:
    """Draws the past of each given task; dice of its own, so that the rest of the demo does not depend on it."""

    def __init__(self, house, words):
        self.calendar, self.staff, self.words = house.calendar, house.staff, words
        self.dice = Random(words["seed"])  # noqa: S311 - a fixed seed, no secret

    def past(self, task):
        past = Past(task)
        task.urgency = self.dice.choices(list(URGENCIES), list(URGENCIES.values()))[0]
        task.requirement = self.dice.choice(self.words["requirements"])
        if task.state == State.DRAFT:
            return past
        self.people(task, past)
        if self.dice.random() < STUMBLED and task.created_at < task.given_at:
            task.unclear_at = task.created_at
            missing = [self.dice.choice(("due", "place", "deliverable", "accountable"))]
            past.act("stopped_at_gate", task.created_at, task.created_by, missing=missing)
        self.finished(task, past) if task.state == State.DONE else self.open(task, past)
        return past

    def people(self, task, past):
        day = self.calendar.local_day(task.given_at)
        giver = getattr(task.given_by, "person", None)
        if giver != task.accountable and self.dice.random() < WATCHED:
            task.checker = giver
        if self.dice.random() < HELPED:
            others = {self.staff.worker(task.unit, day, day) for _draw in range(2)}
            past.helpers = sorted(others - {task.accountable, task.checker}, key=lambda person: person.pk)

    def finished(self, task, past):
        """Handed in, and found good the next day where somebody checks."""
        worker = task.accountable.user
        self.begin(task, past, until=task.completed_at)
        task.submitted_at, task.submitted_by = task.completed_at, worker
        moved = task.completed_at
        task.moved_by = worker
        if task.checker:
            past.act("submitted", moved, worker)
            moved = min(self.calendar.now, moved + timedelta(hours=self.dice.randint(2, 26)))
            task.moved_by = task.checker.user
        if task.moved_by != worker and task.completed_on <= task.due and self.dice.random() < ABOVE:
            task.above, task.above_reason = True, self.dice.choice(self.words["above"])
        task.moved_at = moved
        past.act("accepted" if task.checker else "completed", moved, task.moved_by)
        if self.dice.random() < MOVED:
            self.moved_date(task, past)

    def open(self, task, past):
        """On its way: begun, handed in, stopped, or asked to be later."""
        task.moved_at, task.moved_by = task.given_at, task.given_by
        near = task.due <= self.calendar.today + SOON
        if not near and not task.parent and self.dice.random() < STOPPED:
            self.stop(task, past)
            return
        if self.calendar.now - task.given_at > timedelta(days=2) and self.dice.random() < BEGUN:
            self.begin(task, past, until=self.calendar.now)
            task.state = State.DOING
        if near and task.state == State.DOING and task.checker and self.dice.random() < HANDED_IN:
            self.hand_in(task, past)
        elif near and self.dice.random() < WISHING:
            self.wish(task, past)

    def begin(self, task, past, *, until):
        """Notes of progress between the giving and `until`."""
        worker, span = task.accountable.user, until - task.given_at
        task.started_at = office_time(task.given_at, span * 0.1, until)
        past.act("started", task.started_at, worker)
        task.moved_at, task.moved_by = task.started_at, worker
        for number in range(1, self.dice.randint(1, 3)):
            at = office_time(task.given_at, span * (0.25 * number + 0.1), until)
            task.percent = min(95, task.percent + self.dice.choice((20, 25, 30, 40)))
            text = self.dice.choice(self.words["notes"])
            past.notes.append(Progress(task=task, at=at, by=worker, percent=task.percent, text=text))
            past.act("noted", at, worker, percent=task.percent)

    def hand_in(self, task, past):
        worker, at = task.accountable.user, self.calendar.now - timedelta(hours=self.dice.randint(2, 30))
        task.state, task.result = State.CHECKING, self.dice.choice(self.words["results"])
        task.submitted_at, task.submitted_by = max(at, task.started_at), worker
        task.moved_at, task.moved_by = task.submitted_at, worker
        past.act("submitted", task.submitted_at, worker)

    def stop(self, task, past):
        at = min(self.calendar.now, task.given_at + timedelta(days=self.dice.randint(1, 4)))
        task.state, task.cancelled_at, task.moved_at, task.moved_by = State.CANCELLED, at, at, task.given_by
        past.act("cancelled", at, task.given_by)

    def wish(self, task, past):
        at = self.calendar.now - timedelta(hours=self.dice.randint(3, 20))
        wish = Extension(
            task=task, due_before=task.due, due_asked=self.later(task.due), asked_at=max(at, task.given_at)
        )
        wish.asked_by, wish.reason = task.accountable.user, self.dice.choice(self.words["wishes"])
        past.wishes.append(wish)
        past.act("extension_asked", wish.asked_at, wish.asked_by)

    def moved_date(self, task, past):
        """A wish granted earlier: the due date that counts is the later one."""
        asked, decided = task.given_at + timedelta(hours=20), task.given_at + timedelta(hours=26)
        before = max(self.calendar.local_day(task.given_at), task.due - timedelta(days=7))
        if decided >= task.completed_at or before >= task.due:
            return
        wish = Extension(task=task, due_before=before, due_asked=task.due, due_after=task.due, granted=True)
        wish.asked_by, wish.asked_at = task.accountable.user, asked
        wish.decided_by, wish.decided_at = task.given_by, decided
        wish.reason = self.dice.choice(self.words["wishes"])
        past.wishes.append(wish)
        past.act("extension_asked", asked, wish.asked_by)
        past.act("extension_granted", decided, wish.decided_by)

    def later(self, due):
        return self.calendar.next_workday(max(due, self.calendar.today) + timedelta(days=self.dice.choice((3, 5, 7))))


def office_time(start, span, until):
    """About `span` after `start`, in the office hours of that day, not before `start` nor after `until`."""
    about = timezone.localtime(start + span)
    return min(max(about.replace(hour=8 + about.hour % 8), start), until)
