from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from khoidan.core.views import Framed, Scoped
from khoidan.tasks.models import Task

JUST_DONE = timedelta(days=7)
SHOWN = 8  # of what waits for me; the list shows the rest


class Mine(Scoped, Framed, TemplateView):
    """What the person must do, by when; what waits for their word; what they help with and have just finished."""

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
        return super().get_context_data(
            groups=self.groups(own.at_work().order_by("due", "pk"), today),
            sent_in=own.filter(state=Task.State.CHECKING).order_by("due", "pk"),
            waiting=[group for group in self.waiting() if group["tasks"]],
            helping=self.get_queryset().helped_by(self.request.user).open().for_list().order_by("due", "pk")[:SHOWN],
            just_done=own.done_within(today - JUST_DONE, today + timedelta(days=1)).order_by("-completed_on", "pk"),
            **kwargs,
        )

    def waiting(self):
        """[{act, title, tasks, url of more}] of what waits for this person: to check, to answer, to give."""
        user, tasks = self.request.user, self.model.objects
        return [
            self.part("accept", _("Chờ bạn nghiệm thu"), tasks.to_check(user), "checking"),
            self.part("decide", _("Xin gia hạn, chờ bạn trả lời"), tasks.to_answer(user), "asking"),
            self.part("give", _("Nháp chờ bạn giao"), tasks.to_give(user), "to_give"),
        ]

    @staticmethod
    def part(act, title, rows, state):
        tasks = list(rows.for_list().order_by("due", "pk")[: SHOWN + 1])
        url = reverse("tasks:task_list") + f"?state={state}" if len(tasks) > SHOWN else ""
        return {"act": act, "title": title, "tasks": tasks[:SHOWN], "url": url}

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
