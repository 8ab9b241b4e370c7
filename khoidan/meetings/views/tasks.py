"""From a conclusion to tasks: one for each of its units."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khoidan.meetings.models import Conclusion, Meeting
from khoidan.organizations.models import Capability, Kind, scope_of
from khoidan.tasks.models import Task
from khoidan.tasks.offers import head_of
from khoidan.tasks.views import NewTask, Tasks


class TaskOfConclusion(NewTask):
    """The form of tasks, filled from a conclusion of a meeting the person may see, closed or not."""

    resource = Tasks
    menu = "meetings"

    def get_template_names(self):
        return ["meetings/conclusion_task.html"]

    @cached_property
    def meeting(self):
        """Held while a task is made, so that its conclusion stays and no unit is given it twice."""
        rows = Meeting.objects.permitting(self.request.user, "view").filter(pk=self.kwargs["pk"])
        found = (rows.locked() if self.request.method == "POST" else rows).first()
        if found is None:
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        conclusions = self.meeting.conclusions.prefetch_related("units")
        self.conclusion = get_object_or_404(conclusions, pk=kwargs["part"])
        self.conclusion.meeting = self.meeting
        return super().dispatch(request, *args, **kwargs)

    def units(self):
        """Units of the conclusion in which this person may enter work."""
        mine = set(scope_of(self.request.user).units(Capability.ENTER_WORK))
        return [unit for unit in self.conclusion.units.all() if unit.pk in mine]

    @cached_property
    def waiting(self):
        """Those of them that had no task of the conclusion when the request came."""
        given = set(Task.objects.stemming_from(Conclusion, [self.conclusion.pk]).values_list("unit", flat=True))
        return [unit for unit in self.units() if unit.pk not in given]

    @cached_property
    def proposed_unit(self):
        """The unit of the address, else the first that waits."""
        asked = [unit for unit in self.units() if str(unit.pk) == self.request.GET.get("unit")]
        return next(iter([*asked, *self.waiting, *self.units()]), None)

    def get_initial(self):
        unit, text = self.proposed_unit, self.conclusion.text
        title = Truncator(" ".join(text.split())).chars(300)
        filled = {
            "title": title,
            "description": text if title != text else "",
            "area": self.meeting.area_id,
            "address": self.meeting.address,
        }
        if unit:
            filled |= {"unit": unit.pk, "accountable": head_of(unit), "organizations": self.counted(unit)}
        return super().get_initial() | filled

    def get_form(self, form_class=None):
        """Offers those units of the conclusion in which this person may enter work; all where it names none."""
        form = super().get_form(form_class)
        if self.conclusion.units.all():
            form.offer_only(self.units())
        if form.offers_nothing():
            raise Http404
        return form

    @staticmethod
    def counted(unit):
        return [unit.pk] if unit.kind == Kind.ORGANIZATION else []

    def keep(self, form):
        unit = form.instance.unit
        if unit in self.units() and unit not in self.waiting:
            form.add_error("unit", _("%(unit)s đã có nhiệm vụ từ kết luận này.") % {"unit": unit})
            return self.form_invalid(form)
        form.instance.origin = self.conclusion
        return super().keep(form)

    def saved(self, form):
        super().saved(form)
        self.meeting.record("tasked", by=self.request.user, number=self.conclusion.number, task=self.object.pk)

    def get_success_url(self):
        left = [unit for unit in self.waiting if unit != self.object.unit]
        again = left and "_again" in self.request.POST
        return self.request.path if again else self.conclusion.get_absolute_url()

    def get_page_title(self):
        return _("Giao việc từ kết luận số %(number)d") % {"number": self.conclusion.number}

    def get_crumbs(self):
        meetings = (pgettext("danh sách", "Cuộc họp"), reverse("meetings:meeting_list"))
        return [meetings, (str(self.meeting), self.conclusion.get_absolute_url()), (self.get_page_title(), None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "conclusion": self.conclusion,
            "cancel_url": self.conclusion.get_absolute_url(),
            "can_add_another": len(self.waiting) > 1,
            "again_label": _("Lưu nháp và sang đơn vị tiếp theo"),
        }
