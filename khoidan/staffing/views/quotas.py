from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.views import EDIT, Column, DetailView, ListView, voiding
from khoidan.core.words import day
from khoidan.staffing.filters import QuotaFilter
from khoidan.staffing.forms import QuotaForm
from khoidan.staffing.models import StaffQuota
from khoidan.staffing.seats import seats_by_unit

from . import settling


class QuotaList(ListView):
    """Quota against seats: a row for each unit that has either, in the order of the tree, all on one page."""

    def paged(self, chosen):
        rows = self.found(chosen)
        return {
            "page_obj": Paginator(rows, max(len(rows), 1)).page(1),
            "seats_url": self.seats_url(chosen.day()),
            "total": {name: sum(getattr(row, name) for row in rows) for name in ("quota", "filled", "vacant", "over")},
        }

    def found(self, chosen):
        return seats_by_unit(self.request.user, chosen.day())

    @staticmethod
    def seats_url(on):
        """The list of seats that count on that day; the unit is still to be added."""
        return f"{reverse('staffing:appointment_list')}?{urlencode({'held': day(on), 'counted': 'yes'})}"


class QuotaPage(DetailView):
    def get_context_data(self, **kwargs):
        quota = self.object
        return super().get_context_data(
            facts=[
                {"label": _now("Đơn vị"), "value": quota.unit.name, "url": quota.unit.get_absolute_url()},
                {"label": _now("Số biên chế"), "value": str(quota.seats)},
                {"label": _now("Từ ngày"), "value": day(quota.start)},
                {"label": _now("Đến hết ngày"), "value": day(quota.last_day) or _now("chưa định ngày")},
                {"label": _now("Văn bản giao"), "value": quota.decision or "–"},
            ],
            others=StaffQuota.objects.live().filter(unit=quota.unit).exclude(pk=quota.pk).order_by("-start"),
            **kwargs,
        )


class Quotas(settling.Settled):
    model, form_class, filterset_class = StaffQuota, QuotaForm, QuotaFilter
    menu = "quotas"
    list_title, new_title = _("Biên chế"), _("Giao biên chế")
    columns = (
        Column("unit", _("Đơn vị")),
        Column("share", _("Tỷ lệ"), css="bar-cell", exports=False),
        Column("quota", _("Biên chế"), css="number"),
        Column("filled", _("Đã có người"), css="number"),
        Column("vacant", _("Còn trống"), css="number"),
    )
    actions = (
        voiding(
            _("Hủy bỏ số biên chế «%(name)s»? Chỉ hủy khi nhập nhầm; thay số mới thì sửa ngày cuối rồi thêm bản mới."),
            label=_("Hủy bỏ"),
        ),
        EDIT,
    )
    export_columns = (Column("over", _("Thừa")),)
    list_view, detail_view = QuotaList, QuotaPage
