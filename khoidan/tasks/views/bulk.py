"""Acts on many tasks at once."""

from django.utils.translation import gettext_lazy as _

from khoidan.core.dates import is_over
from khoidan.core.views import Bulk
from khoidan.organizations.models import scope_of
from khoidan.tasks.forms import CompletionForm, ReassignmentForm, ReschedulingForm
from khoidan.tasks.forms.past import past_words
from khoidan.tasks.models.hindrance import from_completing, from_giving, unless_open
from khoidan.tasks.models.told import IN_BULK, tell_as_one


class CompletionOfMany(CompletionForm):
    files = None  # those of one task are no other's


class ReassignmentOfMany(ReassignmentForm):
    wants = ("user",)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, blocs=scope_of(user).any_bloc(), **kwargs)


SHOWN = ("accountable", "due")


def given_late(tasks, _form):
    return {task.pk: past_words(task.due) for task in tasks if is_over(task.due)}


def late_at_once(tasks, form):
    """Of the new day that was typed, where that is over."""
    return dict.fromkeys((task.pk for task in tasks if form.past_day), past_words(form.past_day))


class ToldAsOne(Bulk):
    """Whoever an act on many tasks concerns hears of it once, not of each task."""

    def on(self, record, user, data, token=None):
        record.heard = []
        return super().on(record, user, data, token)

    def after(self, records, user):
        tell_as_one([each for task in records for each in task.heard or []], by=user, as_one=IN_BULK)


ACTS_ON_MANY = (
    ToldAsOne("give", _("Giao"), icon="send", hinders=from_giving, notes=given_late, shows=SHOWN),
    ToldAsOne(
        "complete",
        _("Hoàn thành"),
        form_class=CompletionOfMany,
        hinders=from_completing,
        by_part=True,
        shows=SHOWN,
    ),
    ToldAsOne(
        "reschedule",
        _("Đổi hạn"),
        icon="calendar-event",
        form_class=ReschedulingForm,
        hinders=unless_open,
        notes=late_at_once,
        shows=SHOWN,
    ),
    ToldAsOne(
        "reassign",
        _("Chuyển người"),
        icon="person-gear",
        form_class=ReassignmentOfMany,
        hinders=unless_open,
        shows=SHOWN,
    ),
)
