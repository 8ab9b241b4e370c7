"""Tasks of the demo, each with a past that fits its due date: drafted, given, done in time or late."""

from datetime import timedelta

from khoidan.tasks.models import Extension, Progress, Task

from .working import Working

LEAD = (10, 25)  # days from giving a task to its due date
HANDED_IN_LATE = 0.13  # share of the finished tasks
DONE_AHEAD = 0.1  # share of the tasks not yet due


class TaskWriter:
    """Collects tasks and writes them at once."""

    def __init__(self, house, words):
        self.house, self.results, self.working = house, words["results"], Working(house, words)
        self.calendar, self.staff, self.dice = house.calendar, house.staff, house.calendar.dice
        self.made = []

    def plan(self, occasion, template, routine=None):
        """Add the task of one occasion of `template`; `routine` is the template of the product that it is a task of."""
        task = Task(
            unit=self.house.units[occasion.unit],
            title=occasion.title,
            deliverable=template["deliverable"],
            due=occasion.due,
            private=template.get("private", False),
            **self.house.place(occasion.place),
        )
        if routine:
            task.template, task.occurrence = routine, occasion.due.replace(day=template["day"])
        earliest = self.calendar.day(2) - timedelta(days=self.house.age)
        given = max(earliest, task.due - timedelta(days=self.dice.randint(*LEAD)))
        person = self.house.persons.get(template.get("person"))
        if given > self.calendar.today:
            self.draft(task, person)
        else:
            self.give(task, self.calendar.workday(given), person)
            self.finish(task, still_open=template.get("open", False))
        self.add(task, occasion.organizations)

    def plan_joint(self, row):
        """A task of one unit with a part for each organization, given by the bloc head to their heads."""
        place, due = self.house.place(row["place"]), self.calendar.workday(self.calendar.day(row["due_days"]))
        given = self.calendar.workday(self.calendar.day(row["given_days"]))
        whole = None
        for key in [row["unit"], *row["organizations"]]:
            unit = self.house.units[key]
            task = Task(unit=unit, title=row["title"], deliverable=row["deliverable"], due=due, parent=whole, **place)
            self.give(task, given, self.staff.head(unit, given))
            if whole is None:
                whole = task
            if key in row["done"]:
                self.close(task, self.calendar.workday(self.calendar.today - timedelta(days=self.dice.randint(1, 4))))
            self.add(task, [key] if key in row["organizations"] else [])

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
        if day is not None:
            self.close(task, day)

    def close(self, task, day):
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
        pasts = [self.working.past(task) for task, _organizations in self.made]
        tasks = [task for task, _organizations in self.made]
        Task.objects.bulk_create(task for task in tasks if not task.parent)
        Task.objects.bulk_create(refreshed([task for task in tasks if task.parent], "parent"))
        self.link("organizations", "unit", [(t, self.house.units[key]) for t, keys in self.made for key in keys])
        self.link("helpers", "person", [(past.task, person) for past in pasts for person in past.helpers])
        Progress.objects.bulk_create(note for past in pasts for note in refreshed(past.notes))
        Extension.objects.bulk_create(wish for past in pasts for wish in refreshed(past.wishes))
        for past in pasts:
            self.note(past)

    @staticmethod
    def link(name, column, pairs):
        through = getattr(Task, name).through
        through.objects.bulk_create(through(task_id=task.pk, **{column: other}) for task, other in pairs)

    def note(self, past):
        task = past.task
        for verb, at, by in (("created", task.created_at, task.created_by), ("given", task.given_at, task.given_by)):
            if at:
                self.house.diary.note(verb, at=at, by=by, target=task)
        for verb, at, by, details in past.acts:
            self.house.diary.note(verb, at=at, by=by, target=task, **details)


def refreshed(rows, name="task"):
    """Rows that were drawn before the task that they belong to had a key."""
    for row in rows:
        setattr(row, name, getattr(row, name))
        yield row
