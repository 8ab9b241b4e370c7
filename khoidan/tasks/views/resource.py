"""The screens of tasks, in a few lines."""

from django.utils.translation import gettext_lazy as _

from khoidan.core.dates import is_over
from khoidan.core.views import EDIT, Action, Column, Resource, state_of, voiding
from khoidan.files.views import FILES
from khoidan.tasks.filters import TaskFilter
from khoidan.tasks.forms import TaskForm
from khoidan.tasks.models import AT_WORK, OPEN, State, Task

from .bulk import ACTS_ON_MANY
from .editing import EditTask, NewTask
from .listing import TaskList
from .page import TaskPage


def while_in(*states):
    return lambda task: task.state in states


def draft_in_time(task):
    return task.state == State.DRAFT and not is_over(task.due)


def draft_too_late(task):
    return task.state == State.DRAFT and is_over(task.due)


def while_waiting(task):
    return task.is_open and task.wish is not None


def without_parts(task):
    return task.state in AT_WORK and not task.has_children


def may_have_parts(task):
    return not task.why_whole()


def unmarked(task):
    return task.state == State.DONE and not task.above


ACTIONS = (
    Action("give", _("Giao"), "giving", icon="send", when=draft_in_time),
    Action(
        "give",
        _("Giao"),
        "giving",
        icon="send",
        confirm=_("Hạn của «%(name)s» đã qua. Vẫn giao?"),
        when=draft_too_late,
    ),
    Action("accept", _("Nghiệm thu"), "acceptance", icon="check2-all", asks=True, when=while_in(State.CHECKING)),
    Action("send_back", _("Trả lại"), "return", icon="arrow-return-left", asks=True, when=while_in(State.CHECKING)),
    Action("decide", _("Đồng ý gia hạn"), "extension_grant", icon="calendar-check", asks=True, when=while_waiting),
    Action("decide", _("Không gia hạn"), "extension_refusal", icon="calendar-x", asks=True, when=while_waiting),
    Action("complete", _("Hoàn thành"), "completion", asks=True, when=without_parts),
    Action("note", _("Ghi tiến độ"), "progress", icon="graph-up", asks=True, when=while_in(*AT_WORK)),
    Action("begin", _("Bắt đầu làm"), "beginning", icon="play-fill", when=while_in(State.GIVEN)),
    Action("ask", _("Xin gia hạn"), "extension", icon="calendar-plus", asks=True, when=while_in(*AT_WORK)),
    Action("hand_back", _("Trả lại người giao"), "handback", icon="reply", asks=True, when=while_in(*AT_WORK)),
    Action(
        "reopen",
        _("Mở lại"),
        "reopening",
        icon="arrow-counterclockwise",
        asks=True,
        when=while_in(State.DONE, State.CANCELLED),
    ),
    Action("mark", _("Ghi nhận vượt yêu cầu"), "distinction", icon="award", asks=True, when=unmarked),
    EDIT,
    Action("fan_out", _("Giao cho nhiều đơn vị"), "fan_out", icon="diagram-3", asks=True, when=may_have_parts),
    Action("reschedule", _("Đổi hạn"), "rescheduling", icon="calendar-event", asks=True, when=while_in(*OPEN)),
    Action("reassign", _("Chuyển người"), "reassignment", icon="person-gear", asks=True, when=while_in(*OPEN)),
    Action("cancel", _("Dừng việc"), "cancellation", icon="x-circle", asks=True, when=while_in(*OPEN)),
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
