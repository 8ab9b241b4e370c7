"""The screens of tasks, in a few lines."""

from django.utils.translation import gettext_lazy as _

from khoidan.core.dates import is_over
from khoidan.core.views import EDIT, Action, Column, Resource, state_of, voiding
from khoidan.files.views import FILES
from khoidan.tasks.filters import TaskFilter
from khoidan.tasks.forms import TaskForm
from khoidan.tasks.models import Task
from khoidan.tasks.models.states import STANDS

from .bulk import ACTS_ON_MANY
from .editing import EditTask, NewTask
from .listing import TaskList
from .page import TaskPage


def stands(act, also=lambda task: True):
    """Whether a task is in a state in which `act` can be done, and `also` holds of it."""
    return lambda task: task.state in STANDS[act] and also(task)


def too_late(task):
    return is_over(task.due)


def in_time(task):
    return not is_over(task.due)


def undivided(task):
    return not task.has_children


def from_others(task):
    """Whoever gave it to themselves names another day without asking."""
    return task.accountable is None or task.given_by_id != task.accountable.user_id


def unmarked(task):
    return not task.above


def divisible(task):
    return not task.why_whole()


while_wished = stands("decide", lambda task: task.wish is not None)
ACTIONS = (
    Action("give", _("Giao"), "giving", icon="send", when=stands("give", in_time)),
    Action(
        "give",
        _("Giao"),
        "giving",
        icon="send",
        confirm=_("Hạn của «%(name)s» đã qua. Vẫn giao?"),
        when=stands("give", too_late),
    ),
    Action("accept", _("Nghiệm thu"), "acceptance", icon="check2-all", asks=True, when=stands("accept")),
    Action(
        "send_back",
        _("Trả lại"),
        "return",
        icon="arrow-return-left",
        asks=True,
        when=stands("send_back", undivided),
    ),
    Action("decide", _("Đồng ý gia hạn"), "extension_grant", icon="calendar-check", asks=True, when=while_wished),
    Action("decide", _("Không gia hạn"), "extension_refusal", icon="calendar-x", asks=True, when=while_wished),
    Action("complete", _("Hoàn thành"), "completion", asks=True, when=stands("complete", undivided)),
    Action("note", _("Ghi tiến độ"), "progress", icon="graph-up", asks=True, when=stands("note")),
    Action("begin", _("Bắt đầu làm"), "beginning", icon="play-fill", when=stands("begin")),
    Action("ask", _("Xin gia hạn"), "extension", icon="calendar-plus", asks=True, when=stands("ask", from_others)),
    Action("hand_back", _("Trả lại người giao"), "handback", icon="reply", asks=True, when=stands("hand_back")),
    Action("reopen", _("Mở lại"), "reopening", icon="arrow-counterclockwise", asks=True, when=stands("reopen")),
    Action("mark", _("Ghi nhận vượt yêu cầu"), "distinction", icon="award", asks=True, when=stands("mark", unmarked)),
    EDIT,
    Action("fan_out", _("Giao cho nhiều đơn vị"), "fan_out", icon="diagram-3", asks=True, when=divisible),
    Action("reschedule", _("Đổi hạn"), "rescheduling", icon="calendar-event", asks=True, when=stands("reschedule")),
    Action("reassign", _("Chuyển người"), "reassignment", icon="person-gear", asks=True, when=stands("reassign")),
    Action("cancel", _("Dừng việc"), "cancellation", icon="x-circle", asks=True, when=stands("cancel")),
    voiding(_("Hủy việc «%(name)s»? Việc sẽ rời mọi danh sách; khôi phục được ở trang «Đã hủy».")),
)


class Tasks(Resource):
    model, form_class, filterset_class = Task, TaskForm, TaskFilter
    menu, list_title, new_title = "tasks", _("Công việc"), _("Việc mới")
    columns = (
        Column("title", _("Việc")),
        Column("unit", _("Đơn vị"), sort=("unit__order", "unit__sort_key"), css="col-wide"),
        Column("accountable", _("Người chủ trì"), sort=("accountable__sort_key",)),
        Column("place", _("Nơi làm"), sort=("area__sort_key", "address"), css="col-wide"),
        Column("due", _("Hạn"), sort=("due",), css="cell-date"),
        Column("state", _("Trạng thái"), sort=("state", "due"), value=state_of),
    )
    export_columns = (Column("deliverable", _("Sản phẩm")), Column("completed_on", _("Ngày hoàn thành")))
    bulk = ACTS_ON_MANY
    actions = ACTIONS
    tabs = (FILES,)
    carried = ("unit", "organizations", "area", "address", "due", "past_due")
    list_view, detail_view, create_view, update_view = TaskList, TaskPage, NewTask, EditTask
