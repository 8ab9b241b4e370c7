"""The tree of the bloc and the page of a unit: who sits where, seats against quota."""

from collections import defaultdict
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from khoidan.core.views import DetailView, Framed, Resource, Scoped
from khoidan.core.words import day, last_day
from khoidan.organizations.models import Unit, scope_of
from khoidan.organizations.tree import forest
from khoidan.staffing.models import Appointment
from khoidan.staffing.seats import seats_of

SHOWN = 2  # people named beside a unit in the tree; its page names all


def seats_by_place(units):
    """{unit id: appointments held there today}, the first in rank first; one query."""
    held = Appointment.objects.held().filter(unit__in=units.order_by().values("pk"))
    found = defaultdict(list)
    for seat in held.for_list().order_by("position__order", "-kind", "person__sort_key", "pk"):
        found[seat.unit_id].append(seat)
    return found


class UnitTree(Scoped, Framed, TemplateView):
    model = Unit
    resource = None
    template_name = "organizations/unit_list.html"
    menu = "organizations"
    page_title = _("Tổ chức")

    def get_crumbs(self):
        return [(_now("Tổ chức"), None)]

    def get_context_data(self, **kwargs):
        units = self.get_queryset().select_related("succeeded_by")
        today = timezone.localdate()
        figures = {row.unit.pk: row for row in seats_of(units, today)}
        places = seats_by_place(self.get_queryset())
        tree = forest([row.unit for row in figures.values()])
        for root in tree:
            for node in root.walk():
                node.about = self.about(node.unit, figures, places[node.unit.pk])
        return super().get_context_data(tree=tree, **kwargs)

    @staticmethod
    def about(unit, figures, people):
        named = people if len(people) <= SHOWN + 1 else people[:SHOWN]
        more = len(people) - len(named)
        return {"seats": figures[unit.pk], "people": named, "more": more, "closed": not unit.is_current()}


class UnitPage(DetailView):
    def get_context_data(self, **kwargs):
        unit, own = self.object, Unit.objects.filter(pk=self.object.pk)
        seats = Appointment.objects.permitting(self.request.user, "view").held().filter(unit=unit)
        return super().get_context_data(
            facts=self.facts(),
            seats=seats.for_list().order_by("position__order", "-kind", "person__sort_key"),
            figures=seats_of(own, timezone.localdate())[0],
            below=Unit.objects.permitting(self.request.user, "view").filter(parent=unit).current(),
            may_explain=unit.pk in scope_of(self.request.user).any_unit(),
            appoint_url=self.appoint_url(),
            counted_url=f"{reverse('staffing:appointment_list')}?{urlencode(self.counted())}",
            **kwargs,
        )

    def counted(self):
        return {"unit": self.object.pk, "held": day(timezone.localdate()), "counted": "yes"}

    def appoint_url(self):
        """Where this person appoints somebody here; None where they may not, or nobody can sit any more."""
        allowed = scope_of(self.request.user).grants(Appointment.needs["add"], self.object.pk)
        if not allowed or not self.object.is_current():
            return None
        return f"{reverse('staffing:appointment_new')}?{urlencode({'unit': self.object.pk})}"

    def facts(self):
        unit = self.object
        facts = [
            {"label": _now("Tên đầy đủ"), "value": unit.name, "wide": True},
            {"label": _now("Loại"), "value": unit.get_kind_display()},
            {"label": _now("Trực thuộc"), "value": unit.parent, "url": unit.parent and unit.parent.get_absolute_url()},
            {"label": _now("Địa bàn"), "value": unit.area},
            {"label": _now("Ký hiệu"), "value": unit.code or "–"},
            {"label": _now("Thành lập ngày"), "value": day(unit.valid_from)},
            {"label": _now("Ban hành văn bản"), "value": _now("có") if unit.issues_documents else _now("không")},
        ]
        if unit.valid_to:
            facts.append({"label": _now("Hoạt động đến hết ngày"), "value": last_day(unit.valid_to)})
        if unit.succeeded_by:
            heir = unit.succeeded_by
            facts.append({"label": _now("Đơn vị kế tục"), "value": heir, "url": heir.get_absolute_url()})
        return facts


class Units(Resource):
    model = Unit
    menu = "organizations"
    list_title = _("Tổ chức")
    list_view, detail_view = UnitTree, UnitPage
