from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.accounts.saved import SavedViews
from khoidan.core.views import EDIT, Column, DetailView, ListView, voiding
from khoidan.staffing.filters import PersonFilter
from khoidan.staffing.forms import PersonForm
from khoidan.staffing.models import Appointment, Person

from . import settling
from .leaving import hand_over_url


class PersonList(SavedViews, ListView):
    pass


class PersonPage(DetailView):
    def offered(self):
        return self.appointing() + super().offered()

    def appointing(self):
        if not Appointment.may_add(self.request.user):
            return []
        url = f"{reverse('staffing:appointment_new')}?person={self.object.pk}"
        return [{"label": _now("Phân công"), "url": url, "icon": "person-plus", "style": "primary", "method": "get"}]

    def get_context_data(self, **kwargs):
        seats = list(self.object.appointments.live().for_list().order_by("-kind", "position__order", "-start"))
        today = timezone.localdate()
        held = [seat for seat in seats if seat.is_held(today)]
        coming = [seat for seat in seats if seat.start > today and not seat.is_over()]
        past = sorted((seat for seat in seats if seat.is_over()), key=lambda seat: seat.until, reverse=True)
        return super().get_context_data(
            groups=[
                {"title": _now("Đang giữ"), "seats": held, "empty": _now("Hôm nay người này không giữ chức danh nào.")},
                {"title": _now("Sắp giữ"), "seats": coming},
                {"title": _now("Đã thôi giữ"), "seats": past},
            ],
            stand_ins=self.stand_ins(held, today),
            facts=self.facts(),
            hand_over_url=hand_over_url(self.request.user, self.object),
            **kwargs,
        )

    @staticmethod
    def stand_ins(held, today):
        """Who acts today in the seats of this person."""
        return Appointment.objects.held(today).filter(acting_for__in=held).for_list() if held else []

    def facts(self):
        person = self.object
        unit = {"label": _now("Đơn vị quản lý hồ sơ"), "value": person.unit, "url": person.unit.get_absolute_url()}
        return [
            {"label": _now("Điện thoại công vụ"), "value": person.phone or "–"},
            {"label": _now("Thư điện tử công vụ"), "value": person.email or "–"},
            unit,
        ]


class People(settling.Settled):
    model, form_class, filterset_class = Person, PersonForm, PersonFilter
    menu = "people"
    list_title, new_title = pgettext_lazy("danh sách", "Cán bộ"), _("Thêm cán bộ")
    columns = (
        Column("name", _("Họ và tên"), ("sort_key",)),
        Column("post", _("Chức danh chính")),
        Column("unit", _("Đơn vị"), value="post_unit"),
        Column("others", _("Chức danh khác"), css="number"),
        Column("phone", _("Điện thoại")),
    )
    actions = (
        voiding(
            _("Hủy bỏ hồ sơ «%(name)s»? Chỉ hủy hồ sơ lập nhầm; khôi phục được ở trang «Đã hủy»."),
            label=_("Hủy bỏ"),
            when=Person.is_idle,
        ),
        EDIT,
    )
    export_columns = (Column("email", _("Thư điện tử")),)
    list_view, detail_view = PersonList, PersonPage
