"""Tasks: the list, a task, the form."""

from datetime import timedelta

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.views import (
    EDIT,
    Action,
    Column,
    CreateView,
    DetailView,
    ListView,
    QuickViews,
    Resource,
    UpdateView,
    voiding,
)
from khoidan.organizations.models import scope_of
from khoidan.tasks.filters import TaskFilter
from khoidan.tasks.forms import TaskForm
from khoidan.tasks.models import Task, Unclear
from khoidan.tasks.models.clarity import FIELD_OF

from .acts import warn_if_late


class TaskList(QuickViews, ListView):
    def quick_views(self):
        today = timezone.localdate()
        monday = today - timedelta(days=today.weekday())
        return [
            (_now("Tất cả"), {}),
            (_now("Quá hạn"), {"state": "late"}),
            (_now("Hôm nay"), due_between(today, today)),
            (_now("Tuần này"), due_between(monday, monday + timedelta(days=6))),
            (_now("Nháp chờ giao"), {"state": "draft"}),
            (_now("Đã xong"), {"state": "done"}),
            (_now("Tôi nhập"), {"entered": "any"}),
        ]


def due_between(first, last):
    return {"state": "given", "due_from": f"{first:%d/%m/%Y}", "due_to": f"{last:%d/%m/%Y}"}


class TaskPage(DetailView):
    def get_context_data(self, **kwargs):
        task = self.object
        draft = task.state == Task.State.DRAFT
        return super().get_context_data(
            steps=self.steps(),
            checklist=self.checklist() if draft else [],
            awaits=task.refusal("give") if draft and not task.may_give else "",
            origin=self.origin(),
            **kwargs,
        )

    def steps(self):
        """[(label, "done", "current" or "")] from draft to done."""
        states = list(Task.State)
        now = states.index(self.object.state)
        return [(s.label, "done" if n < now else "current" if n == now else "") for n, s in enumerate(states)]

    def checklist(self):
        """[(label, is clear, URL of the field to fill or None)]."""
        form = self.resource.url("edit", self.object.pk) if self.object.may_change else None
        return [
            (label, clear, form and f"{form}#id_{FIELD_OF.get(name, name)}")
            for name, label, clear in self.object.clarity()
        ]

    def origin(self):
        """{kind, label, url} of what the task came from; no words and no link for who may not see that."""
        origin = self.object.origin
        if origin is None:
            return None
        told = {"kind": origin._meta.verbose_name}
        if origin.permits(self.request.user, "view"):
            told |= {"label": str(origin), "url": origin.get_absolute_url()}
        return told


class GivesToo:
    """Mixin of the task's forms: a second button gives the task that was just saved."""

    def saved(self, form):
        super().saved(form)
        if "_give" in self.request.POST and self.object.state == Task.State.DRAFT:
            self.give(self.object)

    def give(self, task):
        """Give the saved task; what stands against it is told, and the draft stays."""
        if not task.permits(self.request.user, "give"):
            messages.warning(self.request, _now("Đã lưu nháp, chưa giao. %(why)s") % {"why": task.refusal("give")})
            return
        try:
            task.give(by=self.request.user)
        except Unclear as unclear:
            messages.warning(self.request, _now("Đã lưu nháp. %(why)s") % {"why": unclear})
        else:
            messages.success(self.request, _now("Đã giao cho %(person)s.") % {"person": task.accountable})
            warn_if_late(self.request, task)

    def get_context_data(self, **kwargs):
        draft = self.object is None or self.object.state == Task.State.DRAFT
        directs = bool(scope_of(self.request.user).units(Task.needs["give"]))
        return super().get_context_data(is_draft=draft, can_give=draft and directs, **kwargs)


class NewTask(GivesToo, CreateView):
    pass


class EditTask(GivesToo, UpdateView):
    pass


def is_state(state):
    return lambda task: task.state == state


class Tasks(Resource):
    model, form_class, filterset_class = Task, TaskForm, TaskFilter
    menu, list_title, new_title = "tasks", _("Công việc"), _("Việc mới")
    columns = (
        Column("title", _("Việc")),
        Column("unit", _("Đơn vị"), sort=("unit__order", "unit__sort_key"), css="col-wide"),
        Column("accountable", _("Người chủ trì"), sort=("accountable__sort_key",)),
        Column("place", _("Nơi làm"), sort=("area__sort_key", "address"), css="col-wide"),
        Column("due", _("Hạn"), sort=("due",), css="cell-date"),
        Column("state", _("Trạng thái"), sort=("state", "due")),
    )
    actions = (
        Action("give", _("Giao"), "giving", icon="send", style="primary", when=is_state("draft")),
        Action("complete", _("Hoàn thành"), "completion", style="primary", asks=True, when=is_state("given")),
        Action("reopen", _("Mở lại"), "reopening", icon="arrow-counterclockwise", asks=True, when=is_state("done")),
        EDIT,
        voiding(_("Hủy việc «%(name)s»? Việc sẽ rời mọi danh sách; khôi phục được ở trang «Đã hủy».")),
    )
    carried = ("unit", "organizations", "area", "address", "due")
    list_view, detail_view, create_view, update_view = TaskList, TaskPage, NewTask, EditTask
