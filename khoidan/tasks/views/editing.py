"""Making and changing a task, and giving it with the same button."""

from django.contrib import messages
from django.utils.translation import gettext as _

from khoidan.core.attempts import attempt, sentence_for
from khoidan.core.views import CreateView, UpdateView
from khoidan.organizations.models import scope_of
from khoidan.tasks.models import Task

from .remarks import warn_if_late


class GivesToo:
    """Mixin of the task's forms: a second button gives the task that was just saved."""

    def pressed(self):
        """Give a draft, held and read as it stands: one that was saved before may be in other hands by now."""
        super().pressed()
        task = Task.objects.locked().get(pk=self.object.pk) if "_give" in self.request.POST else None
        if task and task.state == Task.State.DRAFT:
            self.give(task)

    def give(self, task):
        """Give the saved task; what stands against it is told, and the draft stays."""
        if not task.permits(self.request.user, "give"):
            messages.warning(self.request, _("Đã lưu nháp, chưa giao. %(why)s") % {"why": task.refusal("give")})
            return
        if refusal := attempt(task.give, task, by=self.request.user):
            messages.warning(self.request, _("Đã lưu nháp. %(why)s") % {"why": sentence_for(refusal)})
            return
        messages.success(self.request, _("Đã giao cho %(person)s.") % {"person": task.accountable})
        warn_if_late(self.request, task)

    def get_context_data(self, **kwargs):
        draft = self.object is None or self.object.state == Task.State.DRAFT
        directs = bool(scope_of(self.request.user).units(Task.needs["give"]))
        return super().get_context_data(is_draft=draft, can_give=draft and directs, **kwargs)


class NewTask(GivesToo, CreateView):
    pass


class EditTask(GivesToo, UpdateView):
    def get_object(self, queryset=None):
        task = super().get_object(queryset)
        self.people_before = task.people_to_tell()  # the form writes what was typed into the record
        return task

    def way_back(self):
        """The page that sent one here to say what it lacks; empty where none did."""
        spreads = self.request.GET.get("back") == "fan-out" and self.object.permits(self.request.user, "fan_out")
        return self.resource.url("fan_out", self.object.pk) if spreads else ""

    def get_success_url(self):
        return self.way_back() or super().get_success_url()

    def get_context_data(self, **kwargs):
        back = self.way_back()
        return super().get_context_data(**kwargs) | ({"cancel_url": back} if back else {})

    def saved(self, form):
        super().saved(form)
        self.object.tell_who_came(self.people_before, by=self.request.user)
