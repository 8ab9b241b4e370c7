from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khoidan.core.filters import ChoiceFilter, DayFilter, EnteredFilter, ScopedFilterSet, SearchFilter, offer
from khoidan.tasks.offers import choices_of, counting_for, known_units, labelled

from .models import Meeting, MeetingKind

STATES = [("planned", _("sắp họp")), ("held", _("chờ khóa biên bản")), ("closed", _("đã khóa"))]


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


class MeetingFilter(ScopedFilterSet):
    q = SearchFilter(label=_("Tìm cuộc họp"))
    state = ChoiceFilter(label=_("Trạng thái"), choices=STATES, method="in_state")
    day_from = DayFilter(label=_("Từ ngày"), method="from_day")
    day_to = DayFilter(label=_("Đến hết ngày"), method="to_day")
    kind = ChoiceFilter(label=_("Loại cuộc họp"))
    unit = ChoiceFilter(label=_("Đơn vị"))
    organization = ChoiceFilter(label=_("Tính cho tổ chức"), method="for_organization")
    entered = EnteredFilter()

    more = ("kind", "unit", "organization", "entered")

    class Meta:
        model = Meeting
        fields = []

    def limit(self, user, fields):
        known = choices_of(known_units(user), labelled(MeetingKind.objects.all(), "kind", rank=F("order")))
        for name in ("kind", "unit", "organization"):
            offer(fields[name], known[name])

    def in_state(self, rows, name, value):
        return {"planned": rows.planned, "held": rows.held, "closed": rows.closed}[value]()

    def for_organization(self, rows, name, value):
        return counting_for(rows, value)

    def from_day(self, rows, name, value):
        return rows.filter(starts_at__gte=midnight(value))

    def to_day(self, rows, name, value):
        return rows.filter(starts_at__lt=midnight(value + timedelta(days=1)))
