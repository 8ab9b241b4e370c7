"""Who is invited and who came."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khoidan.meetings.forms import InvitationForm, RollForm
from khoidan.meetings.minutes import Roll
from khoidan.meetings.models import Attendance

from .parts import MeetingFormView, PartAct


class RollCall(MeetingFormView):
    """Taps for everybody at once; `_rest` marks those left unmarked as present."""

    form_class = RollForm
    template_name = "meetings/roll_form.html"
    title, done = _("Điểm danh"), _("Đã lưu điểm danh.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"attendances": self.meeting.attendances.with_seats()}

    def form_valid(self, form):
        marks = form.marks(rest=Attendance.Status.PRESENT if "_rest" in self.request.POST else "")
        others = form.marked_by_others(marks)
        self.meeting.mark(marks, by=self.request.user)
        messages.success(self.request, self.done)
        if others:
            text = _("Người khác cũng vừa điểm danh: %(names)s. Bản của bạn được giữ; hãy xem lại.")
            messages.warning(self.request, text % {"names": ", ".join(others)})
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self):
        item = self.request.GET.get("item", "")
        return self.meeting_url(item=item if item.isdecimal() else None, anchor="attendance")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | roll_context(context["form"])


def roll_context(form):
    """{roll, taps, roll_groups}: the roll call as its template shows it, by unit."""
    roll = Roll(form.attendances)
    rows = {row["attendance"].pk: row for row in form.rows()}
    return {
        "roll": roll,
        "roll_groups": [(unit, part, [rows[a.pk] for a in part.rows]) for unit, part in roll.by_unit()],
        "taps": [
            ("present", _("Có mặt"), "done"),
            ("excused", _("Có lý do"), "warning"),
            ("absent", _("Vắng"), "late"),
            ("represented", _("Đại diện"), "running"),
        ],
    }


class Invitation(MeetingFormView):
    form_class = InvitationForm
    title, submit_label = _("Mời thêm người dự"), _("Mời")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.meeting}

    def form_valid(self, form):
        day = timezone.localdate(self.meeting.starts_at)
        count = self.meeting.invite(form.invited(day), by=self.request.user)
        messages.success(self.request, _("Đã mời thêm %(n)d người.") % {"n": count})
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self):
        return self.meeting_url(anchor="attendance")


class AttendanceRemoval(PartAct):
    parts, done = "attendances", _("Đã bỏ mời.")

    def get_success_url(self):
        return self.meeting_url(anchor="attendance")
