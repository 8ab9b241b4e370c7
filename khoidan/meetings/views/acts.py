"""Acts on a whole meeting, each at its own URL."""

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
