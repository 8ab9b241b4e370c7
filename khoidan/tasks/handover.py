"""Handing over what one person has open: duty by duty, each refused or done by itself."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from khoidan.core.attempts import attempt, sentence_for
from khoidan.staffing.models import Person

from .models import State, Task, TaskTemplate
from .models.told import tell_as_one

MOST_DUTIES = 200  # duties at a time

DUTIES = {
    "accountable": pgettext_lazy("phần việc", "chủ trì"),
    "checker": pgettext_lazy("phần việc", "nghiệm thu"),
    "helper": pgettext_lazy("phần việc", "phối hợp"),
    "person": pgettext_lazy("phần việc", "chủ trì việc mẫu"),
    "template_checker": pgettext_lazy("phần việc", "nghiệm thu việc mẫu"),
    "runs": pgettext_lazy("phần việc", "cho việc mẫu chạy"),
}


@dataclass(frozen=True)
class Duty:
    """What one person is in one record: a key of DUTIES."""

    name: str
    record: Task | TaskTemplate
    leaver: Person

    @property
    def key(self):
        return f"{self.name}_{self.record.pk}"

    @property
    def label(self):
        return DUTIES[self.name]

    @property
    def goes_to_oneself(self):
        """A template runs in nobody's name but that of who lets it run."""
        return self.name == "runs"

    def pass_to(self, *, by, person, reason):
        record, told = self.record, {"by": by, "person": person, "reason": reason}
        if self.name == "accountable":
            (record.redirect if record.state == State.DRAFT else record.reassign)(**told)
        elif self.name == "checker":
            record.change_checker(**told)
        elif self.name == "helper":
            record.change_helper(before=self.leaver, **told)
        elif self.name == "runs":
            record.activate(by=by)
        else:
            record.pass_on(part=self.name.removeprefix("template_"), **told)


@dataclass(frozen=True)
class Outcome:
    """Of one duty: to whom it went, or `why` it stayed."""

    duty: Duty
    person: Person | None
    why: str


def duties_of(person, user, *, among=None):
    """[Duty] of what `person` has open where `user` may pass it on, tasks by due day first.

    Among duties read before: only their records, read again and held in order of keys.
    """
    tasks = read(tasks_with(person, user), among)
    helped = set(Task.helpers.through.objects.filter(person=person, task__in=tasks).values_list("task", flat=True))
    found = []
    for task in sorted(tasks, key=lambda task: (task.due is None, task.due, task.pk)):
        duties = {"accountable": task.accountable_id, "checker": task.checker_id}
        found += [Duty(name, task, person) for name, pk in duties.items() if pk == person.pk]
        found += [Duty("helper", task, person)] if task.pk in helped else []
    for template in read(templates_with(person, user), among):
        duties = {"person": template.person_id, "template_checker": template.checker_id}
        found += [Duty(name, template, person) for name, pk in duties.items() if pk == person.pk]
        runs = person.user_id and template.activated_by_id == person.user_id
        found += [Duty("runs", template, person)] if runs else []
    return found


def read(rows, among):
    rows = rows.order_by("pk")
    if among is None:
        return list(rows)
    keys = {duty.record.pk for duty in among if isinstance(duty.record, rows.model)}
    return list(rows.filter(pk__in=keys).locked()) if keys else []


def tasks_with(person, user):
    """Drafts and open tasks that name `person`, where `user` directs the work."""
    helped = Task.helpers.through.objects.filter(person=person).values("task")
    named = Q(accountable=person) | Q(checker=person) | Q(pk__in=helped)
    rows = Task.objects.permitting(user, "reassign")
    return rows.filter(rows.condition(user, "change"), named).select_related("unit", "accountable", "area")


def templates_with(person, user):
    named = Q(person=person) | Q(checker=person)
    if person.user_id:
        named |= Q(activated_by=person.user_id)
    rows = TaskTemplate.objects.permitting(user, "activate")
    return rows.filter(rows.condition(user, "change"), named).select_related("unit", "person", "checker", "position")


def hand_over(plan, *, by, reason, trial=False):
    """[Outcome] of passing each duty of `plan`, [(duty, person)], on; of a `trial` nothing stays.

    Whoever it concerns is told once of everything, not of each task.
    """
    told, heard = {"by": by, "reason": reason}, []
    with transaction.atomic():
        outcomes = [Outcome(duty, person, pass_on(duty, person, heard, **told)) for duty, person in plan]
        if trial:
            transaction.set_rollback(True)
        elif plan:
            tell_as_one(heard, by=by, leaver=plan[0][0].leaver.name)
    return outcomes


def pass_on(duty, person, heard, *, by, reason):
    """Why `duty` cannot be passed on, in a sentence; empty when it is done. What is to be told goes to `heard`."""
    if person is None and not duty.goes_to_oneself:
        return _("Chưa chọn người nhận.")
    duty.record.heard = told = []
    refusal = attempt(duty.pass_to, duty.record, by=by, person=person, reason=reason)
    heard += [] if refusal else told
    return sentence_for(refusal)
