"""Pages that count tasks: of whom, of which unit, of when."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from khoidan.core.periods import period, period_of
from khoidan.core.views import Framed, Scoped
from khoidan.organizations.models import Capability, Unit
from khoidan.organizations.tree import in_tree_order
from khoidan.tasks.figures.clarity import Clearness
from khoidan.tasks.figures.workload import Workload
from khoidan.tasks.models import Task


class FigurePage(Scoped, Framed, TemplateView):
    """Mixin: what `?unit=` and `?period=` ask for."""

    model = Task
    menu = "tasks"

    def get_crumbs(self):
        return [(_now("Công việc"), reverse("tasks:task_list")), (self.get_page_title(), None)]

    def units(self):
        """Units to choose between: those whose work this person may read."""
        return in_tree_order(Unit.objects.granting(self.request.user, Capability.VIEW_WORK))

    def chosen(self, units):
        """The unit of ?unit=, None for all; one that is not offered does not exist."""
        asked = self.request.GET.get("unit", "")
        found = [unit for unit in units if str(unit.pk) == asked]
        if asked and not found:
            raise Http404
        return found[0] if found else None


class Dated:
    """Mixin of figure pages about a period; without a known one in ?period= it is the running one."""

    kinds = ("month", "quarter", "year")
    shown = {"month": 13, "quarter": 8, "year": 4}  # how many of each are offered

    def period(self):
        asked = period_of(self.request.GET.get("period", ""))
        return asked if asked and asked.kind in self.kinds else period(self.kinds[0], timezone.localdate())

    def periods(self, chosen):
        """[(code, words, whether it is `chosen`)] to choose from, the newest first of each kind; `chosen` is one."""
        offered = []
        for kind in self.kinds:
            each = period(kind, timezone.localdate())
            for _place in range(self.shown[kind]):
                offered.append(each)
                each = each.before
        if chosen not in offered:
            offered.append(chosen)
        return [(each.code, str(each), each == chosen) for each in offered]

    def around(self, chosen):
        """{period, what leads to others}."""
        steps = {"earlier": chosen.before}
        if chosen.end <= timezone.localdate():
            steps["later"] = chosen.after
        urls = {name: (str(each), self.url(period=each.code)) for name, each in steps.items()}
        return {"period": chosen, "periods": self.periods(chosen), **urls}

    def url(self, **changes):
        query = self.request.GET.copy()
        for name, value in changes.items():
            query[name] = value
        return f"{self.request.path}?{query.urlencode()}"


class WorkloadPage(FigurePage):
    template_name = "tasks/workload.html"
    page_title = _("Khối lượng công việc")

    def get_context_data(self, **kwargs):
        units = self.units()
        load = Workload(self.request.user, self.chosen(units))
        return super().get_context_data(load=load, units=units, unit=load.unit, **kwargs)


class ClarityPage(Dated, FigurePage):
    template_name = "tasks/clarity.html"
    page_title = _("Điểm rõ việc")

    def get_context_data(self, **kwargs):
        chosen = self.period()
        score = Clearness(self.request.user, chosen)
        return super().get_context_data(score=score, **self.around(chosen), **kwargs)
