from datetime import timedelta

from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from khoidan.core.views import Framed, Scoped
from khoidan.tasks.models import AT_WORK, OPEN, State, Task

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
        own = list(self.own(today))
        todo = [task for task in own if task.state in AT_WORK]
        return super().get_context_data(
            groups=self.groups(todo, today),
            sent_in=[task for task in own if task.state == State.CHECKING],
            waiting=[group for group in self.waiting() if group["tasks"]],
            helping=self.permitting("help").open().for_rows().order_by("due", "pk")[:SHOWN],
            just_done=sorted(
                (task for task in own if task.state == State.DONE), key=lambda task: task.completed_on, reverse=True
            ),
            **kwargs,
        )

    def permitting(self, act):
        return self.model.objects.permitting(self.request.user, act)

    def own(self, today):
        """What the person is accountable for, by due day: under way, handed in, or done these days."""
        done = Q(state=State.DONE, completed_on__gte=today - JUST_DONE, completed_on__lte=today)
        return self.permitting("ask").filter(Q(state__in=OPEN) | done).for_rows().order_by("due", "pk")

    def waiting(self):
        """[{act, title, tasks, url of more}] of what waits for this person, read in one statement."""
        user, tasks = self.request.user, self.model.objects
        kinds = [
            ("accept", _("Chờ bạn nghiệm thu"), tasks.to_check(user), "checking"),
            ("decide", _("Xin gia hạn, chờ bạn trả lời"), tasks.to_answer(user), "asking"),
            ("give", _("Nháp chờ bạn giao"), tasks.to_give(user), "to_give"),
        ]
        first, *others = (self.some(act, rows) for act, _title, rows, _state in kinds)
        found = sorted(first.union(*others, all=True), key=lambda task: (task.due is None, task.due, task.pk))
        return [self.part(act, title, [t for t in found if t.act == act], state) for act, title, _rows, state in kinds]

    @staticmethod
    def some(act, rows):
        return rows.for_rows().annotate(act=Value(act)).order_by("due", "pk")[: SHOWN + 1]

    @staticmethod
    def part(act, title, tasks, state):
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
