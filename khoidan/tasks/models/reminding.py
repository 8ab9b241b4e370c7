"""The bell for days: what is due by tomorrow, and what is late."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils import timezone

from khoidan.notices.models import Choice, Notice, remind
from khoidan.staffing.models import Appointment

AHEAD = timedelta(days=2)  # today and tomorrow


class Reminding:
    """Mixin of TaskQuerySet."""

    def remind(self):
        """Remind who is accountable, once for each task and due day; how many times the bell rang."""
        today, mine = timezone.localdate(), self.at_work()
        return mine.late(today).ring("late") + mine.due_within(today, today + AHEAD).ring("due")

    def ring(self, kind):
        """Tell of each of these, as `kind` of Task.notices says, who was not told yet; how many were."""
        return remind(kind, [(task, task.accountable.user_id, task.due) for task in self.unreminded(kind)])

    def unreminded(self, kind):
        """Those whose person works here today, wants to be reminded, and was not of this due day."""
        silent = Choice.objects.silent(self.model.notices[kind].group).filter(account=OuterRef("accountable__user"))
        seat = Appointment.objects.held().filter(person=OuterRef("accountable"), bloc=OuterRef("bloc"))
        told = Notice.objects.filter(
            kind=f"tasks.{kind}",
            target_type=ContentType.objects.get_for_model(self.model),
            target_id=OuterRef("pk"),
            recipient=OuterRef("accountable__user"),
            day=OuterRef("due"),
        )
        mine = self.live().filter(Exists(seat), ~Exists(silent), ~Exists(told), accountable__user__is_active=True)
        return mine.select_related("accountable").order_by("pk")  # so that two runs never wait for each other
