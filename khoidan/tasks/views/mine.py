from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from khoidan.core.views import Framed, Scoped
from khoidan.tasks.forms import CompletionForm
from khoidan.tasks.models import Task

JUST_DONE = timedelta(days=7)
WAITING_SHOWN = 20


class Mine(Scoped, Framed, TemplateView):
    """What the person must do, by when; what waits for them to give; what they have just finished."""

    model = Task
    template_name = "tasks/mine.html"
    menu = "mine"

    def get_page_title(self):
        return _("Việc của tôi")

    def get_crumbs(self):
        return [(_("Công việc"), reverse("tasks:task_list")), (_("Việc của tôi"), None)]

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        own = self.get_queryset().of(self.request.user).for_list()
        waiting = list(self.waiting()[: WAITING_SHOWN + 1])
        return super().get_context_data(
            groups=self.groups(own.open().order_by("due", "pk"), today),
            waiting=waiting[:WAITING_SHOWN],
            waiting_more=len(waiting) > WAITING_SHOWN,
            just_done=own.done_within(today - JUST_DONE, today + timedelta(days=1)).order_by("-completed_on", "pk"),
            completion=CompletionForm(),
            **kwargs,
        )

    def waiting(self):
        """Drafts that this person may give."""
        return self.model.objects.permitting(self.request.user, "give").drafts().for_list().order_by("due", "pk")

    @staticmethod
    def groups(tasks, today):
        """[(title, tone, icon, tasks)] by how soon they are due; groups without tasks are left out."""
        next_week = today + timedelta(days=7 - today.weekday())
        bounds = [
            (today, _("Quá hạn"), "late", "exclamation-triangle-fill"),
            (today + timedelta(days=1), _("Hôm nay"), "warning", "alarm"),
            (next_week, _("Tuần này"), "", "calendar-week"),
            (None, _("Sau này"), "", "calendar3"),
        ]
        groups = [(title, tone, icon, []) for _end, title, tone, icon in bounds]
        for task in tasks:
            place = next(n for n, (end, *_rest) in enumerate(bounds) if end is None or task.due < end)
            groups[place][3].append(task)
        return [group for group in groups if group[3]]
