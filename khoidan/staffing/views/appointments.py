from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.accounts.saved import SavedViews
from khoidan.core.views import EDIT, Action, Column, DetailView, ListView, state_of, voiding
from khoidan.core.words import day
from khoidan.staffing.filters import AppointmentFilter
from khoidan.staffing.forms import ActingForm, AppointmentForm, EndingForm
from khoidan.staffing.models import Appointment

from . import settling
from .leaving import hand_over_url, tell_of_handover


class AppointmentList(SavedViews, ListView):
    pass


class AppointmentPage(DetailView):
    def get_context_data(self, **kwargs):
        seat = self.object
        person = urlencode({"person": seat.person_id})
        return super().get_context_data(
            facts=self.facts(),
            hand_over_url=hand_over_url(self.request.user, seat.person),
            covers=seat.covers.live().for_list().order_by("-start"),
            rights_url=f"{reverse('staffing:unit_rights', args=[seat.unit_id])}?{person}",
            **kwargs,
        )

    def facts(self):
        seat, held = self.object, self.object.acting_for
        facts = [
            {"label": _now("Cán bộ"), "value": seat.person, "url": seat.person.get_absolute_url()},
            {"label": _now("Chức danh"), "value": seat.position},
            {"label": _now("Đơn vị"), "value": seat.unit.name, "url": seat.unit.get_absolute_url()},
            {"label": _now("Hình thức"), "value": seat.get_kind_display()},
            {"label": _now("Từ ngày"), "value": day(seat.start)},
            {"label": _now("Đến hết ngày"), "value": day(seat.last_day) or _now("chưa định ngày")},
            {"label": _now("Quyết định số"), "value": seat.decision or "–"},
        ]
        if held:
            facts.insert(4, {"label": _now("Thay cho"), "value": held.person, "url": held.get_absolute_url()})
        return facts


def last_held(seat):
    """The last day in effect; None while no end is set."""
    return seat.until and seat.until - timedelta(days=1)


class Appointments(settling.Settled):
    model, form_class, filterset_class = Appointment, AppointmentForm, AppointmentFilter
    menu = "appointments"
    list_title, new_title = pgettext_lazy("danh sách", "Phân công"), _("Phân công cán bộ")
    ordering = ("person__sort_key", "-start", "pk")
    columns = (
        Column("person", _("Cán bộ"), ("person__sort_key",)),
        Column("position", _("Chức danh"), ("position__order", "position__name")),
        Column("unit", _("Đơn vị"), ("unit__order", "unit__sort_key")),
        Column("kind", _("Hình thức"), css="col-wide"),
        Column("start", _("Từ ngày"), ("start",), css="cell-date"),
        Column("end", _("Đến hết ngày"), ("end",), css="cell-date", value=last_held),
        Column("state", _("Trạng thái"), value=state_of),
    )
    export_columns = (Column("decision", _("Quyết định số")),)
    actions = (
        Action(
            "act",
            _("Cử người phụ trách thay"),
            "acting",
            icon="person-up",
            asks=True,
            when=lambda seat: seat.acting_for_id is None and not seat.is_over(),
        ),
        Action("end", _("Kết thúc"), "ending", icon="calendar-x", asks=True, when=lambda seat: not seat.is_over()),
        voiding(
            _("Hủy bỏ phân công «%(name)s»? Chỉ hủy phân công nhập nhầm; thôi giữ chức danh thì bấm Kết thúc."),
            label=_("Hủy bỏ"),
        ),
        EDIT,
    )
    list_view, detail_view = AppointmentList, AppointmentPage


class Ending(settling.Act):
    model, menu = Appointment, "appointments"
    action, verb, form_class = "end", "finish", EndingForm
    title, done = _("Kết thúc phân công"), _("Đã ghi ngày kết thúc: %(name)s.")

    def saved(self, form):
        super().saved(form)
        tell_of_handover(self.request, self.object.person)


class Acting(settling.Act):
    model, menu = Appointment, "appointments"
    action, verb, form_class = "act", "cover", ActingForm
    title, done = _("Cử người phụ trách thay"), _("Đã cử người phụ trách thay: %(name)s.")
