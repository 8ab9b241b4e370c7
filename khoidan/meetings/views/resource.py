"""Meetings: the list, the page before, during and after, the form."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.accounts.saved import SavedViews
from khoidan.core.views import EDIT, Action, Column, DetailView, ListView, Resource, state_of, voiding
from khoidan.meetings.filters import MeetingFilter
from khoidan.meetings.forms import ConclusionForm, DiscussionForm, MeetingForm, RollForm
from khoidan.meetings.minutes import Minutes, Roll
from khoidan.meetings.models import Meeting
from khoidan.organizations.models import Capability, Unit, scope_of

from .attendance import roll_context


class MeetingList(SavedViews, ListView):
    def quick_views(self):
        today = timezone.localdate()
        monday = today - timedelta(days=today.weekday())
        week = {"day_from": f"{monday:%d/%m/%Y}", "day_to": f"{monday + timedelta(days=6):%d/%m/%Y}"}
        return [
            (_now("Tất cả"), {}),
            (_now("Tuần này"), week | {"sort": "time"}),
            (_now("Sắp tới"), {"state": "planned", "sort": "time"}),
            (_now("Chờ khóa"), {"state": "held"}),
            (_now("Tôi nhập"), {"entered": "any"}),
        ]


class MeetingPage(DetailView):
    """Whoever may change an open meeting works on it here; everybody else reads it, as agenda or as minutes."""

    def get_context_data(self, **kwargs):
        meeting, user = self.object, self.request.user
        units = {unit.pk: unit for unit in Unit.objects.filter(bloc=meeting.bloc_id).in_tree_order()}
        minutes = Minutes(meeting, user, units)
        works = meeting.may_change and self.request.GET.get("view") != "minutes"
        return super().get_context_data(
            minutes=minutes,
            works=works,
            awaits=meeting.refusal("close") if works and may_end(meeting) and not meeting.may_close else "",
            steps=self.steps(),
            may_enter=bool(scope_of(user).units(Capability.ENTER_WORK)),
            **(self.workspace(minutes) if works else {"roll": Roll(meeting.attendances.all(), meeting.chair_id)}),
            **kwargs,
        )

    def workspace(self, minutes):
        """The item in hand, and the forms around it."""
        meeting = self.object
        item = minutes.chosen(self.request.GET.get("item", ""))
        common = {"meeting": meeting, "user": self.request.user}
        current = [unit for unit in minutes.units.values() if unit.is_current()]
        roll = roll_context(RollForm(attendances=meeting.attendances.all()))
        conclusion = ConclusionForm(**common, units=current, items=minutes.items, initial={"item": item})
        return roll | {
            "item": item,
            "next_item": item and minutes.after(item),
            "discussion": item and DiscussionForm(**common, instance=item, auto_id="discussion_%s"),
            "conclusion": conclusion,
        }

    def steps(self):
        """[(label, "done", "current" or "")] from before the meeting to the locked minutes."""
        stages = ["planned", "running", "held", "closed"]
        words = [_now("Trước họp"), _now("Đang họp"), _now("Sau họp"), _now("Đã khóa")]
        now = stages.index(self.object.state)
        return [(label, "done" if n < now else "current" if n == now else "") for n, label in enumerate(words)]


def is_open(meeting):
    return meeting.closed_at is None


def may_end(meeting):
    return is_open(meeting) and meeting.starts_at <= timezone.now()


def organizations_of(meeting):
    return ", ".join(meeting.organization_names)


class Meetings(Resource):
    model, form_class, filterset_class = Meeting, MeetingForm, MeetingFilter
    menu, list_title, new_title = "meetings", pgettext_lazy("danh sách", "Cuộc họp"), _("Cuộc họp mới")
    columns = (
        Column("time", _("Thời gian"), sort=("starts_at",), css="cell-date", value="starts_at"),
        Column("title", _("Cuộc họp")),
        Column("kind", _("Loại"), sort=("kind__order", "kind__name"), css="col-wide"),
        Column("place", _("Địa điểm"), css="col-wide"),
        Column("chair", _("Chủ trì"), sort=("chair__sort_key",)),
        Column("organizations", _("Tính cho"), css="col-wide", value=organizations_of),
        Column("state", _("Trạng thái"), value=state_of),
    )
    export_columns = (Column("ends_at", _("Kết thúc lúc")), Column("unit", _("Đơn vị")))
    actions = (
        Action(
            "close",
            _("Kết thúc và khóa"),
            "closure",
            icon="lock-fill",
            style="primary",
            confirm=_("Khóa cuộc họp này? Chương trình, điểm danh và kết luận sẽ không sửa được nữa."),
            when=may_end,
        ),
        Action("reopen", _("Mở lại"), "reopening", icon="unlock", asks=True, when=lambda meeting: not is_open(meeting)),
        EDIT,
        voiding(
            _("Hủy cuộc họp «%(name)s»? Cuộc họp sẽ rời mọi danh sách; khôi phục được ở trang «Đã hủy»."), when=is_open
        ),
    )
    carried = ("unit", "organizations", "area", "address")
    list_view, detail_view = MeetingList, MeetingPage
