"""Acts on a task, each at its own URL."""

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ReasonForm
from khoidan.core.views import ActionView
from khoidan.tasks import forms
from khoidan.tasks.models import Task

from .remarks import warn_if_late, warn_of_later_parts

PLACES = {"mine": "tasks:mine", "board": "tasks:board"}  # from where tasks are acted on, beside their own page


class TaskAct(ActionView):
    """The form of an act stands below what it is about."""

    model = Task
    template_name = "tasks/act.html"
    menu = "tasks"

    def get_success_url(self):
        """Back to where one acted from, as it was filtered; from a task that one reads no more, to one's own work."""
        place, _mark, query = self.request.GET.get("back", "").partition("?")
        if place in PLACES:
            return f"{reverse(PLACES[place])}?{query}" if query else reverse(PLACES[place])
        readable = self.object.permits(self.request.user, "view")
        return super().get_success_url() if readable else reverse("tasks:mine")


class Giving(TaskAct):
    action, verb = "give", "give"
    title, done = _("Giao"), _("Đã giao «%(name)s».")

    def saved(self, form):
        super().saved(form)
        warn_if_late(self.request, self.object)


class Beginning(TaskAct):
    action, verb = "begin", "begin"
    title, done = _("Bắt đầu làm"), _("Đã ghi là đang làm: «%(name)s».")


class Noting(TaskAct):
    action, verb, form_class = "note", "note", forms.ProgressForm
    title, done = _("Ghi tiến độ"), _("Đã ghi tiến độ của «%(name)s».")


class Completion(TaskAct):
    action, verb, form_class = "complete", "complete", forms.CompletionForm
    title = _("Hoàn thành")

    @property
    def done(self):
        waits = self.object.state == Task.State.CHECKING
        return _now("Đã báo xong «%(name)s», chờ nghiệm thu.") if waits else _now("Đã hoàn thành «%(name)s».")


class Acceptance(TaskAct):
    action, verb, form_class = "accept", "accept", forms.AcceptanceForm
    title, done = _("Nghiệm thu"), _("Đã nghiệm thu «%(name)s».")


class SendingBack(TaskAct):
    action, verb, form_class = "send_back", "send_back", ReasonForm
    title, done = _("Trả lại để làm tiếp"), _("Đã trả lại «%(name)s» để làm tiếp.")


class HandingBack(TaskAct):
    action, verb, form_class = "hand_back", "hand_back", ReasonForm
    title, done = _("Trả lại người giao"), _("Đã trả lại «%(name)s» cho người giao.")


class Asking(TaskAct):
    action, verb, form_class = "ask", "ask", forms.ExtensionForm
    title, done = _("Xin gia hạn"), _("Đã xin gia hạn «%(name)s».")


class Granting(TaskAct):
    action, verb, form_class = "decide", "grant", forms.GrantForm
    title, done = _("Đồng ý gia hạn"), _("Đã gia hạn «%(name)s».")


class Refusing(TaskAct):
    action, verb, form_class = "decide", "refuse", ReasonForm
    title, done = _("Không đồng ý gia hạn"), _("Đã trả lời không gia hạn «%(name)s».")


class Rescheduling(TaskAct):
    action, verb, form_class = "reschedule", "reschedule", forms.ReschedulingForm
    title, done = _("Đổi hạn"), _("Đã đổi hạn «%(name)s».")

    def saved(self, form):
        super().saved(form)
        warn_of_later_parts(self.request, self.object)


class Reassigning(TaskAct):
    action, verb, form_class = "reassign", "reassign", forms.ReassignmentForm
    title, done = _("Chuyển người chủ trì"), _("Đã chuyển người chủ trì «%(name)s».")


class Cancellation(TaskAct):
    action, verb, form_class = "cancel", "cancel", ReasonForm
    title, done = _("Dừng việc"), _("Đã dừng «%(name)s».")


class Reopening(TaskAct):
    action, verb, form_class = "reopen", "reopen", ReasonForm
    title, done = _("Mở lại"), _("Đã mở lại «%(name)s».")


class Marking(TaskAct):
    action, verb, form_class = "mark", "mark", forms.MarkForm
    title, done = _("Ghi nhận vượt yêu cầu"), _("Đã ghi nhận «%(name)s» vượt yêu cầu.")
