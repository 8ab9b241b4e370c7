"""Acts on a whole meeting, each at its own URL."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ReasonForm
from khoidan.core.views import ActionView
from khoidan.meetings.models import Meeting


class MeetingAct(ActionView):
    model = Meeting
    menu = "meetings"


class Closure(MeetingAct):
    action, verb = "close", "close"
    title, done = _("Kết thúc và khóa"), _("Đã khóa «%(name)s». Biên bản không sửa được nữa, trừ khi mở lại.")


class Reopening(MeetingAct):
    action, verb, form_class = "reopen", "reopen", ReasonForm
    title, done = _("Mở lại"), _("Đã mở lại «%(name)s».")


class Voiding(MeetingAct):
    action, verb, undo = "void", "void", "restoration/"
    title, done = _("Hủy"), _("Đã hủy «%(name)s».")

    def get_success_url(self):
        return reverse("meetings:meeting_list")


class Restoration(MeetingAct):
    action, verb = "restore", "restore"
    title, done = _("Khôi phục"), _("Đã khôi phục «%(name)s».")
