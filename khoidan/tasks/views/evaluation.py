"""The figures that an evaluation rests on: people by unit, and one person with the rows that may be seen."""

from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.spreadsheet import spreadsheet
from khoidan.core.views.exports import XLSX
from khoidan.organizations.models import Capability, Unit, scope_of
from khoidan.organizations.tree import in_tree_order
from khoidan.staffing.models import Person
from khoidan.tasks.figures.evaluation import COLUMNS, MEASURES, SHARED, merits
from khoidan.tasks.models import Task

from .figures import Dated, FigurePage

MOST_ROWS = 200  # rows that the page of a person shows; the list shows the rest


class Evaluating(Dated, FigurePage):
    """Mixin: people whom the reader may evaluate, in a quarter or a year."""

    model, action = Person, "evaluate"
    kinds = ("quarter", "year")

    def get_queryset(self):
        return super().get_queryset().with_home().for_list()

    def units(self):
        """Units whose people this person may evaluate."""
        scope = scope_of(self.request.user)
        wanted = {*scope.units(Capability.DIRECT_WORK), *scope.units(Capability.MANAGE_STAFF)}
        return in_tree_order(Unit.objects.filter(pk__in=wanted))

    def groups(self, period, unit):
        """[(unit, [Merit])] in the order of the tree; who has no seat and no task is left out."""
        people = self.get_queryset()
        found = merits(self.request.user, people.filter(home=unit.pk) if unit else people, period)
        by_home = {}
        for merit in found:
            if merit.person.post or merit.numbers:
                by_home.setdefault(merit.person.home, []).append(merit)
        return [(home, by_home[home.pk]) for home in in_tree_order(Unit.objects.filter(pk__in=by_home))]


class EvaluationPage(Evaluating):
    template_name = "tasks/evaluation.html"
    page_title = _("Số liệu đánh giá")

    def get_context_data(self, **kwargs):
        units, period = self.units(), self.period()
        unit = self.chosen(units)
        told = {"units": units, "unit": unit, "groups": self.groups(period, unit), "columns": COLUMNS.values()}
        asked = self.request.GET.urlencode()
        export_url = reverse("tasks:evaluation_export") + (f"?{asked}" if asked else "")
        return super().get_context_data(
            export_url=export_url, measures=MEASURES, **told, **self.around(period), **kwargs
        )


class EvaluationExport(Evaluating):
    """The same figures to take away. Only a POST: what was taken, by whom and of how many people, is written down."""

    http_method_names = ["post", "options"]

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        period, unit = self.period(), self.chosen(self.units())
        rows = [self.row(home, merit) for home, merits in self.groups(period, unit) for merit in merits]
        content, count = spreadsheet(self.headers(), rows, lambda count: self.about(period, unit, count))
        asked = urlencode({"evaluation": period.code} | ({"unit": unit.pk} if unit else {}))
        Person.record_export(by=request.user, rows=count, asked=asked)
        kept_as = {"Content-Disposition": f'attachment; filename="so-lieu-danh-gia-{period.code}.xlsx"'}
        return HttpResponse(content, content_type=XLSX, headers=kept_as)

    @staticmethod
    def headers():
        shares = [_now("%(figure)s (%%)") % {"figure": COLUMNS[name]} for name in SHARED]
        return [_now("Đơn vị"), _now("Họ và tên"), _now("Chức danh"), *map(str, COLUMNS.values()), *shares]

    @staticmethod
    def row(home, merit):
        numbers = [merit.number(name) for name in COLUMNS]
        return [home.name, merit.person.name, merit.person.post, *numbers, *map(merit.percent, SHARED)]

    def about(self, period, unit, count):
        """What the second sheet says."""
        return [
            (_now("Số liệu"), _now("Số liệu đánh giá")),
            (_now("Kỳ"), period),
            (_now("Đơn vị"), unit or _now("Tất cả")),
            (_now("Số người"), count),
            (_now("Xuất lúc"), timezone.now()),
            (_now("Người xuất"), self.request.user),
            *((_now("Cách tính"), sentence) for sentence in MEASURES),
        ]


class PersonEvaluation(Evaluating):
    template_name = "tasks/evaluation_person.html"

    @cached_property
    def person(self):
        return self.get_object()

    def get_page_title(self):
        return _now("Số liệu đánh giá: %(person)s") % {"person": self.person}

    def rows(self, period):
        """What the reader may see of the tasks that the figures count."""
        seen = Task.objects.permitting(self.request.user, "view").filter(accountable=self.person.pk)
        return seen.counted().filter(period.within("due")).for_list().order_by("due", "pk")

    def get_context_data(self, **kwargs):
        period = self.period()
        [merit] = merits(self.request.user, self.get_queryset().filter(pk=self.person.pk), period)
        rows = list(self.rows(period)[:MOST_ROWS])
        hidden = max(merit.number("counted") - len(rows), 0)
        told = {"merit": merit, "rows": rows, "hidden": hidden, "measures": MEASURES}
        return super().get_context_data(**told, **self.around(period), **kwargs)
