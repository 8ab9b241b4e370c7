"""Rows become tasks: each by itself, so that one that is refused takes no other with it."""

from time import monotonic

from django.utils.translation import gettext as _

from khoidan.core.attempts import attempt, sentence_for
from khoidan.core.dates import is_over
from khoidan.tasks.models import Task, Unclear

from .plan import found_again

PATIENCE = 12  # seconds; what is left then waits for another click, before the server gives the request up


def enter(plan, *, by, give):
    """Save what the plan found fit, and give what is clear where `give` asks for it; rows say what they became."""
    begun = monotonic()
    for row in plan.to_enter():
        if monotonic() - begun > PATIENCE:
            row.state, row.told = "left", []
        elif enter_row(row, by=by):
            row.state = "drafted"
            if give:
                give_row(row, by=by)


def enter_row(row, *, by):
    """True when the row is saved now; otherwise it says why not, or what it became before."""
    if refusal := attempt(row.save, None, by=by):
        recognise(row, sentence_for(refusal), by=by)
    return refusal is None


def recognise(row, sentence, *, by):
    """A row that another click entered meanwhile is known; any other is refused with what the database says."""
    made = Task.objects.filter(token=row.token, created_by=by).with_rights(by, ["view"]).first()
    if made is None:
        row.refuse(sentence)
    else:
        found_again(row, made)


def give_row(row, *, by):
    """Give the task just saved; what stands against it is told, and the draft stays."""
    if not row.task.permits(by, "give"):
        row.told.append(row.task.refusal("give"))
        return
    if is_over(row.task.due):  # asked about where one task is given; a sheet is not the place to nod at each
        row.told.append(_("Hạn đã qua nên để nháp; nếu đúng như vậy, hãy mở việc để giao."))
        return
    refusal = attempt(row.task.give, row.task, by=by)
    if refusal is None:
        row.state = "given"
    elif not isinstance(refusal, Unclear):  # what is missing the row says already
        row.told.append(sentence_for(refusal))
