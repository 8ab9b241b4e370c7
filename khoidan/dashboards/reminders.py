"""The bell for days: what is due by tomorrow, and what is late."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils import timezone

from khoidan.notices.models import Notice, remind
from khoidan.staffing.models import Appointment
from khoidan.tasks.models import Task


def remind_all():
    """Remind who is accountable, once for each task and due day; how many there were to remind."""
    today = timezone.localdate()
    mine = Task.objects.at_work()
    return remind_of("late", mine.overdue(today)) + remind_of("due", mine.due_within(today, today + timedelta(days=2)))


def remind_of(kind, tasks):
    found = unreminded(kind, tasks)
    for task in found:
        remind(kind, task, to=[task.accountable.user_id], day=task.due)
    return len(found)


def unreminded(kind, tasks):
    """Those of `tasks` whose person works here today, and was not reminded of this due day."""
    seat = Appointment.objects.held().filter(person=OuterRef("accountable"), bloc=OuterRef("bloc"))
    told = Notice.objects.filter(
        kind=f"tasks.{kind}",
        target_type=ContentType.objects.get_for_model(Task),
        target_id=OuterRef("pk"),
        recipient=OuterRef("accountable__user"),
        day=OuterRef("due"),
    )
    mine = tasks.live().filter(Exists(seat), ~Exists(told), accountable__user__is_active=True)
    return list(mine.select_related("accountable"))
