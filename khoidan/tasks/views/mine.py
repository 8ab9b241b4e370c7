from datetime import timedelta

from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from khoidan.core.expressions import AnyOf
from khoidan.core.links import rows_of
from khoidan.core.periods import week
from khoidan.core.prepared import PreparedRows
from khoidan.core.views import Framed, Scoped
from khoidan.tasks.models import AT_WORK, OPEN, State, Task

from .resource import Tasks

JUST_DONE = timedelta(days=7)
SHOWN = 8  # of what waits for me; the list shows the rest

# Act on what waits for the person: (title, what the list calls all of them, and so do tasks).
WAITING = {
    "accept": (_("Chờ bạn nghiệm thu"), "to_check"),
    "decide": (_("Xin gia hạn, chờ bạn trả lời"), "to_answer"),
    "give": (_("Nháp chờ bạn giao"), "to_give"),
}
# Acts that a row may offer, of those on the page of a task.
OFFERED = [action for action in Tasks.actions if action.name in ("complete", "note", "accept", "give")]


def rows_at(keys):
    return Task.objects.in_short().telling_parts().filter(AnyOf(F("pk"), keys)).order_by()


read_rows = PreparedRows(rows_at, keys=list)


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
        found = self.found(today)
        return super().get_context_data(
            groups=self.groups([task for task in found["own"] if task.state in AT_WORK], today),
            sent_in=[task for task in found["own"] if task.state == State.CHECKING],
            waiting=[self.part(act, found[act]) for act in WAITING if found[act]],
            helping=found["help"][:SHOWN],
            helping_url=self.rest("helping", found["help"]),
            just_done=sorted(
                (task for task in found["own"] if task.state == State.DONE), key=lambda t: t.completed_on, reverse=True
            ),
            **kwargs,
        )

    def found(self, today):
        """{part of the page: its tasks by due day}: the keys of all in one statement, what rows show in another."""
        first, *others = (self.keyed(part, rows) for part, rows in self.parts(today).items())
        keys = list(first.union(*others, all=True))
        tasks = {task.pk: task for task in read_rows(keys=[pk for pk, _part in keys])}
        for task in tasks.values():
            task.offered = self.offered(task)
        found = {part: [tasks[pk] for pk, its in keys if its == part] for part in (*WAITING, "own", "help")}
        return {part: sorted(rows, key=lambda t: (t.due is None, t.due, t.pk)) for part, rows in found.items()}

    @staticmethod
    def offered(task):
        """{name: act} of what the page of `task` offers too, where the part that shows it gives the right."""
        return {
            action.name: action.on(task, f"{Tasks.url(action.suffix, task.pk)}?back=mine")
            for action in OFFERED
            if action.fits(task)
        }

    def parts(self, today):
        user, tasks = self.request.user, self.model.objects
        waiting = {act: getattr(tasks, state)(user) for act, (_title, state) in WAITING.items()}
        return {"own": self.own(today), **waiting, "help": tasks.helping(user)}

    def own(self, today):
        """What the person is accountable for: under way, handed in, or done these days."""
        done = Q(state=State.DONE, completed_on__gte=today - JUST_DONE, completed_on__lte=today)
        return self.model.objects.of(self.request.user).filter(Q(state__in=OPEN) | done)

    @staticmethod
    def keyed(part, rows):
        """(key, part) of the rows; of others' tasks no more than are shown, and one to tell that there are more."""
        keys = rows.order_by("due", "pk").annotate(part=Value(part)).values_list("pk", "part")
        return keys if part == "own" else keys[: SHOWN + 1]

    @classmethod
    def part(cls, act, tasks):
        title, state = WAITING[act]
        return {"act": act, "title": title, "tasks": tasks[:SHOWN], "url": cls.rest(state, tasks)}

    @staticmethod
    def rest(state, tasks):
        """Address of all of them in the list, where more were found than are shown."""
        return rows_of("tasks:task_list", state=state) if len(tasks) > SHOWN else ""

    @staticmethod
    def groups(tasks, today):
        """[(title, tone, icon, tasks)] by how soon they are due; groups without tasks are left out."""
        bounds = [
            (today, _("Quá hạn"), "late", "exclamation-triangle-fill"),
            (today + timedelta(days=1), _("Hôm nay"), "warning", "alarm"),
            (week(today).end, _("Tuần này"), "", "calendar-week"),
            (None, _("Sau này"), "", "calendar3"),
        ]
        groups = [(title, tone, icon, []) for _end, title, tone, icon in bounds]
        for task in tasks:
            place = next(n for n, (end, *_rest) in enumerate(bounds) if end is None or task.due < end)
            groups[place][3].append(task)
        return [group for group in groups if group[3]]
