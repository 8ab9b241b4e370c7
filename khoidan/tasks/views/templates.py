"""Screens of templates of tasks."""

from django.forms import model_to_dict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.accounts.saved import SavedViews
from khoidan.core.forms import keys_of
from khoidan.core.views import (
    EDIT,
    Action,
    ActionView,
    Column,
    CreateView,
    ListView,
    Resource,
    state_of,
    voiding,
)
from khoidan.tasks.filters import TemplateFilter
from khoidan.tasks.forms import TemplateForm
from khoidan.tasks.models import Task, TaskTemplate
from khoidan.tasks.models.written import IN_TEMPLATES

from .template_page import TemplatePage


class TemplateList(SavedViews, ListView):
    def quick_views(self):
        return [
            (_now("Tất cả"), {}),
            (_now("Đang chạy"), {"state": "running"}),
            (_now("Tạm dừng"), {"state": "paused"}),
            (_now("Không định kỳ"), {"state": "never"}),
        ]


class NewTemplate(CreateView):
    """Filled from a task where the address names one."""

    def get_initial(self):
        task = self.task()
        return super().get_initial() | (taken_from(task) if task else {})

    def task(self):
        keys = keys_of([self.request.GET.get("task", "")])
        seen = Task.objects.permitting(self.request.user, "view").filter(pk__in=keys)
        return seen.select_related("accountable").first() if keys else None


def shared_with(record):
    """What a task and a template have in common, as a form is filled: records by their keys."""
    return model_to_dict(record, IN_TEMPLATES) | {"organizations": [unit.pk for unit in record.organizations.all()]}


def taken_from(task):
    """What a template of the same work would say; for the position where the person alone holds it in the unit."""
    initial = shared_with(task)
    if task.accountable:
        seats = task.accountable.appointments.held().filter(unit=task.unit_id, position__sole=True, acting_for=None)
        seat = seats.order_by("position__order").first()
        initial |= {"position": seat.position_id} if seat else {"person": task.accountable_id}
    return initial


class Activation(ActionView):
    model, menu = TaskTemplate, "tasks"
    action, verb = "activate", "activate"
    title, done = _("Cho chạy định kỳ"), _("Từ hôm nay việc theo mẫu «%(name)s» tự giao dưới tên bạn.")


class Suspension(ActionView):
    model, menu = TaskTemplate, "tasks"
    action, verb = "pause", "pause"
    title, done = _("Tạm dừng"), _("Đã tạm dừng «%(name)s».")


class Templates(Resource):
    model, form_class, filterset_class = TaskTemplate, TemplateForm, TemplateFilter
    menu, list_title, new_title = "tasks", pgettext_lazy("danh sách", "Việc mẫu"), _("Việc mẫu mới")
    columns = (
        Column("title", _("Việc"), ("sort_key",)),
        Column("unit", _("Đơn vị"), ("unit__order", "unit__sort_key")),
        Column("who", _("Chức danh, người"), value="told_addressee"),
        Column("rule", _("Lặp lại")),
        Column("state", _("Trạng thái"), value=state_of),
    )
    actions = (
        Action(
            "activate",
            _("Cho chạy định kỳ"),
            "activation",
            icon="arrow-repeat",
            confirm=_("Cho «%(name)s» chạy định kỳ? Việc sẽ tự giao dưới tên bạn."),
            when=lambda template: template.is_ruled and not template.is_running,
        ),
        Action(
            "activate",
            _("Chạy dưới tên tôi"),
            "activation",
            icon="person-check",
            confirm=_("Từ nay việc theo mẫu «%(name)s» tự giao dưới tên bạn?"),
            when=lambda template: template.is_running,
        ),
        Action("pause", _("Tạm dừng"), "suspension", icon="pause-circle", when=lambda template: template.is_running),
        EDIT,
        voiding(_("Hủy việc mẫu «%(name)s»? Việc đã lập từ mẫu vẫn còn; khôi phục được ở trang «Đã hủy».")),
    )
    list_view, detail_view, create_view = TemplateList, TemplatePage, NewTemplate
