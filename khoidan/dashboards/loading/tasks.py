"""Tasks of the demo, each with a past that fits its due date: drafted, given, done in time or late."""

from datetime import timedelta

from khoidan.tasks.models import Task

LEAD = (10, 25)  # days from giving a task to its due date
HANDED_IN_LATE = 0.13  # share of the finished tasks
DONE_AHEAD = 0.1  # share of the tasks not yet due


class TaskWriter:
    """Collects tasks and writes them at once."""

    def __init__(self, house, results):
        self.house, self.results = house, results
        self.calendar, self.staff, self.dice = house.calendar, house.staff, house.calendar.dice
        self.made = []

    def plan(self, occasion, template):
        """Add the task of one occasion of `template`."""
        task = Task(
            unit=self.house.units[occasion.unit],
            title=occasion.title,
            deliverable=template["deliverable"],
            due=occasion.due,
            **self.house.place(occasion.place),
        )
        earliest = self.calendar.day(2) - timedelta(days=self.house.age)
        given = max(earliest, task.due - timedelta(days=self.dice.randint(*LEAD)))
        person = self.house.persons.get(template.get("person"))
        if given > self.calendar.today:
            self.draft(task, person)
        else:
            self.give(task, self.calendar.workday(given), person)
            self.finish(task, still_open=template.get("open", False))
        self.add(task, occasion.organizations)

    def add(self, task, organizations):
        self.made.append((task, organizations))

    def draft(self, task, person):
        """Entered these days, and not always clear yet."""
        author = person or self.staff.worker(task.unit, self.calendar.today, self.calendar.today)
        task.created_by = author.user
        task.created_at = self.calendar.moment(self.calendar.workday(self.calendar.day(-self.dice.randint(1, 6))))
        task.accountable = self.dice.choice((author, author, None))
        task.deliverable = self.dice.choice((task.deliverable, task.deliverable, task.deliverable, ""))

    def give(self, task, day, person=None, *, after=None):
        """Given by the head of the unit on `day`; `after` is the time of its drafting, when that is known."""
        task.accountable = person or self.staff.worker(task.unit, day, task.due)
        task.given_by = self.staff.giver(task.unit, day, task.accountable)
        task.given_at = self.calendar.moment(day, after=after)
        task.state = Task.State.GIVEN
        if after is None:
            task.created_at = task.given_at - timedelta(minutes=self.dice.randint(5, 55))
            task.created_by = task.given_by

    def finish(self, task, *, still_open):
        day = None if still_open else self.finishing_day(task)
        if day is None:
            return
        task.state, task.result = Task.State.DONE, self.dice.choice(self.results)
        task.completed_at = self.calendar.moment(day, after=task.given_at)
        task.completed_on = day

    def finishing_day(self, task):
        """The day it was done; None while it is being worked on."""
        today, given = self.calendar.today, self.calendar.local_day(task.given_at)
        if task.due >= today:
            ahead = self.calendar.workday(today - timedelta(days=self.dice.randint(1, 5)))
            return ahead if ahead > given and self.dice.random() < DONE_AHEAD else None
        if self.dice.random() < HANDED_IN_LATE:
            late = self.calendar.workday(task.due + timedelta(days=self.dice.randint(3, 9)))
            return late if late < today else task.due
        early = self.calendar.workday(task.due - timedelta(days=self.dice.randint(0, 4)))
        return early if early > given else task.due

    def save(self):
        Task.objects.bulk_create(task for task, _organizations in self.made)
        link = Task.organizations.through
        link.objects.bulk_create(
            link(task_id=task.pk, unit=self.house.units[key]) for task, keys in self.made for key in keys
        )
        for task, _organizations in self.made:
            self.note(task)

    def note(self, task):
        acts = [("created", task.created_at, task.created_by), ("given", task.given_at, task.given_by)]
        acts.append(("completed", task.completed_at, task.accountable and task.accountable.user))
        for verb, at, by in acts:
            if at:
                self.house.diary.note(verb, at=at, by=by, target=task)
