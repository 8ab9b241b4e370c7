"""From a template to its tasks: one dated task for each day of the rule, given in the name of who answers for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from khoidan.core.attempts import attempt
from khoidan.core.workdays import working_days_ahead
from khoidan.notices.models import tell
from khoidan.staffing.models import Person

from .clarity import NEEDED, Unclear
from .recurrence import LONGEST_SHIFT, days_of, due_on
from .states import State
from .wording import fill
from .written import IN_TEMPLATES, WORDED

COPIED = tuple(name for name in IN_TEMPLATES if name not in WORDED and name != "organizations")  # before it is saved


@dataclass(frozen=True)
class Occasion:
    """One day of the rule: the `due` day that follows from it, when its task is given, to whom."""

    day: date
    due: date
    given_on: date
    person: Person | None
    missing: tuple = ()

    @property
    def told_missing(self):
        return [str(NEEDED[name]) for name in self.missing]


class Routine:
    """Mixin of TaskTemplate."""

    def occasions(self, first):
        """Occasions due on `first` or later that never had a task, not even a voided one; endless where the rule is."""
        made = set(self.tasks.exclude(occurrence=None).values_list("occurrence", flat=True)) if self.pk else set()
        for day in days_of(self, first - LONGEST_SHIFT):
            due = due_on(self, day)
            if due >= first and day not in made:
                yield self.occasion(day, due)

    def occasion(self, day, due):
        given_on = max(due - timedelta(days=self.lead_days), timezone.localdate())
        person = self.addressee(given_on)
        unseated = person is not None and not self.is_seated(given_on)
        missing = (*self.draft(day, due, person).lacking(), *(["seat"] if unseated else []))
        return Occasion(day, due, given_on, person, missing)

    def upcoming(self, count):
        """The next `count` occasions, as they would be if it ran from today on."""
        return list(islice(self.occasions(timezone.localdate()), count))

    def draft(self, day, due, person):
        """A task of this template, not saved: its words filled by `day`."""
        task = self.tasks.model(accountable=person, due=due, start=self.start_of(due))
        task.template_id = self.pk
        for name in COPIED:
            setattr(task, name, getattr(self, name))
        for name in WORDED:
            setattr(task, name, fill(getattr(self, name), day))
        if task.checker == person:
            task.checker = None
        return task

    def start_of(self, due):
        """The first of the days of work that end with `due`, not before today; None where no days of work are told."""
        if not self.work_days:
            return None
        return max(working_days_ahead(due, 1 - self.work_days), min(timezone.localdate(), due))

    def due_from(self, day):
        """The due day of a task made by hand on `day`."""
        return working_days_ahead(day, self.work_days) if self.work_days else None

    def catch_up(self, until):
        """Make every task that is to be given by `until` and is not there yet, and list them; the row is held."""
        by = self.activated_by if self.permits(self.activated_by, "activate") else None
        made = []
        for occasion in self.occasions(self.since):
            if occasion.due - timedelta(days=self.lead_days) > until + LONGEST_SHIFT:
                break
            if occasion.due - timedelta(days=self.lead_days) <= until:
                made.append(self.make(occasion, by=by))
        return made

    def make(self, occasion, *, by):
        """The task of one occasion, given in the name of `by`.

        It waits as a draft where nobody answers for it, it is not clear, or its day is over already: nobody is told
        to have finished yesterday.
        """
        task = self.draft(occasion.day, occasion.due, occasion.person)
        task.occurrence, task.created_by = occasion.day, by
        task.save()
        task.organizations.set(self.organizations.all())
        task.record("created", by=by, reason=_("Theo việc mẫu «%(name)s».") % {"name": self}, template=self.pk)
        if by and task.due >= timezone.localdate() and task.permits(by, "give"):
            attempt(task.give, task, by=by, expecting=Unclear)
        if task.state == State.DRAFT or task.accountable.user_id == by.pk:
            tell("recurred", task, to=[by], by=None)  # giving tells everybody but who gives
        return task
