"""One task to many units: what must be clear first, and why there may be no unit to choose."""

from django.contrib import messages
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.tasks import forms
from khoidan.tasks.forms.fan_out import reachable
from khoidan.tasks.models import State, Task
from khoidan.tasks.models.clarity import NEEDED

from .acts import TaskAct
from .checklist import checklist


def why_draft(part):
    """The unit of a part that is not given yet, and what it waits for."""
    lacks = [str(NEEDED[name]) for name in part.missing()] or [_now("chờ người có quyền giao")]
    return f"{part.unit} ({', '.join(lacks)})"


class FanningOut(TaskAct):
    """What stays a draft is told on the page of the whole."""

    action, verb, form_class = "fan_out", "fan_out", forms.FanOutForm
    template_name = "tasks/fan_out.html"
    title = _("Giao cho nhiều đơn vị")

    @property
    def done(self):
        children = self.object.children.live()
        told = {"given": children.exclude(state=Task.State.DRAFT).count(), "drafts": children.drafts().count()}
        return _now("«%%(name)s»: đã giao %(given)d đơn vị, còn là nháp %(drafts)d.") % told

    def saved(self, form):
        super().saved(form)
        drafts = self.object.children.live().drafts().select_related("unit", "accountable")
        waiting = [why_draft(part) for part in drafts.order_by("unit__order", "unit__sort_key", "pk")]
        if waiting:
            messages.warning(self.request, _now("Còn là nháp: %(units)s.") % {"units": "; ".join(waiting)})

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        why_none = self.why_none(page["form"])
        unclear = [] if why_none else self.unclear()
        # What was ticked is not taken away from who is told so only now.
        return page | {"why_none": why_none, "checklist": unclear, "asks": not unclear or page["form"].is_bound}

    def why_none(self, form):
        """Why there is no unit to choose; empty where there is one."""
        if refusal := self.object.why_whole():
            return refusal
        if form.rows:
            return ""
        if reachable(self.request.user, self.object).exists():
            return _now("Mọi đơn vị bạn được nhập việc đều đã có việc này.")
        return _now("Ngoài %(unit)s, bạn không được nhập việc ở đơn vị nào có thể nhận việc này.") % {
            "unit": self.object.unit.name
        }

    def unclear(self):
        """The checklist of a draft that is given along with its parts; empty once it is clear."""
        task, user = self.object, self.request.user
        gives = task.state == State.DRAFT and task.permits(user, "give")
        return checklist(task, fills=task.permits(user, "change"), back="fan-out") if gives and task.missing() else []
