"""Rows become tasks: each by itself, so that one that is refused takes no other with it."""

from time import monotonic

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from khoidan.core.errors import Refused, sentence_of
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
    try:
        with transaction.atomic():
            task = row.form.save()
            if not task.permits(by, "add"):
                raise Refused(_("Bạn không có quyền lưu bản ghi như vậy ở đơn vị này."))
            task.record("created", by=by, **{"import": True})
    except Refused as refusal:
        row.refuse(str(refusal))
        return False
    except IntegrityError as error:
        recognise(row, sentence_of(error), by=by)
        return False
    row.task, row.url = task, task.get_absolute_url()
    return True


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
    try:
        with transaction.atomic():
            row.task.give(by=by)
    except Unclear as unclear:
        unclear.trace(row.task, by=by)
    except (Refused, IntegrityError) as refusal:
        row.task.refresh_from_db()
        row.told.append(sentence_of(refusal) if isinstance(refusal, IntegrityError) else str(refusal))
    else:
        row.state = "given"
