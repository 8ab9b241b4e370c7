"""Acts on a task, each at its own URL."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ReasonForm
from khoidan.core.templatetags.khoidan import day
from khoidan.core.views import ActionView
from khoidan.tasks.forms import CompletionForm
from khoidan.tasks.models import Task


def warn_if_late(request, task):
    """Say of a task just given that its day is over; giving it is not refused."""
    if task.is_late:
        messages.warning(request, _now("Lưu ý: hạn %(day)s đã qua.") % {"day": day(task.due)})


class TaskAct(ActionView):
    model = Task
    menu = "tasks"

    def get_success_url(self):
        """Back to the list of one's own work for who acted from there."""
        if self.request.GET.get("back") == "mine":
            return reverse("tasks:mine")
        return super().get_success_url()


class Giving(TaskAct):
    action, verb = "give", "give"
    title, done = _("Giao"), _("Đã giao «%(name)s».")

    def saved(self, form):
        super().saved(form)
        warn_if_late(self.request, self.object)


class Completion(TaskAct):
    action, verb, form_class = "complete", "complete", CompletionForm
    title, done = _("Hoàn thành"), _("Đã hoàn thành «%(name)s».")


class Reopening(TaskAct):
    action, verb, form_class = "reopen", "reopen", ReasonForm
    title, done = _("Mở lại"), _("Đã mở lại «%(name)s».")
