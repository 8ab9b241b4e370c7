"""Acts on a task, each at its own URL."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ReasonForm
from khoidan.core.views import ActionView
from khoidan.tasks.forms import CompletionForm
from khoidan.tasks.models import Task


class TaskAct(ActionView):
    model = Task
    menu = "tasks"

    def get_success_url(self):
        """Back to the list of one's own work for who acted from there."""
        if self.request.POST.get("back") == "mine":
            return reverse("tasks:mine")
        return super().get_success_url()


class Giving(TaskAct):
    action, verb = "give", "give"
    title, done = _("Giao"), _("Đã giao «%(name)s».")


class Completion(TaskAct):
    action, verb, form_class = "complete", "complete", CompletionForm
    title, done = _("Hoàn thành"), _("Đã hoàn thành «%(name)s».")


class Reopening(TaskAct):
    action, verb, form_class = "reopen", "reopen", ReasonForm
    title, done = _("Mở lại"), _("Đã mở lại «%(name)s».")
