"""The bell for days: what is due by tomorrow, and what is late."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils import timezone

from khoidan.notices.models import Choice, Notice, remind
from khoidan.staffing.models import Appointment
from khoidan.tasks.models import Task


def remind_all():
    """Remind who is accountable, once for each task and due day; how many times the bell rang."""
    today = timezone.localdate()
    mine = Task.objects.at_work()
    return remind_of("late", mine.late(today)) + remind_of("due", mine.due_within(today, today + timedelta(days=2)))


def remind_of(kind, tasks):
    return remind(kind, [(task, task.accountable.user_id, task.due) for task in unreminded(kind, tasks)])


def unreminded(kind, tasks):
    """Those of `tasks` whose person works here today, wants to be reminded, and was not of this due day."""
    silent = Choice.objects.silent(Task.notices[kind].group).filter(account=OuterRef("accountable__user"))
    seat = Appointment.objects.held().filter(person=OuterRef("accountable"), bloc=OuterRef("bloc"))
    told = Notice.objects.filter(
        kind=f"tasks.{kind}",
        target_type=ContentType.objects.get_for_model(Task),
        target_id=OuterRef("pk"),
        recipient=OuterRef("accountable__user"),
        day=OuterRef("due"),
    )
    mine = tasks.live().filter(Exists(seat), ~Exists(silent), ~Exists(told), accountable__user__is_active=True)
    return mine.select_related("accountable").order_by("pk")  # so that two runs never wait for each other
