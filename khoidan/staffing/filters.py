from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khoidan.core.filters import ChoiceFilter, DayFilter, ScopedFilterSet, SearchFilter, offer
from khoidan.organizations.models import Unit

from .models import Appointment, Person, Position, StaffQuota


def units_of(user):
    return Unit.objects.permitting(user, "view").in_tree_order().values_list("pk", "short_name")


def units_and_positions(user):
    """[(which, rank, key, pk, label)] of both in order, read in one statement."""
    units = labelled(Unit.objects.permitting(user, "view"), "unit", "sort_key", "short_name")
    positions = labelled(Position.objects.all(), "position", "name", "name")
    return sorted(units.union(positions, all=True))


def labelled(rows, which, key, label):
    known = rows.order_by().annotate(which=Value(which), rank=F("order"), key=F(key), label=F(label))
    return known.values_list("which", "rank", "key", "pk", "label")


class PersonFilter(ScopedFilterSet):
    q = SearchFilter(label=_("Tìm người"))
    unit = ChoiceFilter(label=_("Đơn vị"), method="of_unit")
    seated = ChoiceFilter(
        label=_("Đang giữ chức"), method="with_seat", choices=[("yes", _("có chức danh")), ("no", _("chưa có"))]
    )

    class Meta:
        model = Person
        fields = []

    def limit(self, user, fields):
        offer(fields["unit"], units_of(user))

    def of_unit(self, rows, name, value):
        """Whose seat today is in the unit, or whose file is kept there."""
        seats = Appointment.objects.held().filter(unit=value).values("person")
        return rows.filter(Q(unit=value) | Q(pk__in=seats))

    def with_seat(self, rows, name, value):
        seated = Q(pk__in=Appointment.objects.held().values("person"))
        return rows.filter(seated if value == "yes" else ~seated)


class AppointmentFilter(ScopedFilterSet):
    q = SearchFilter("person__folded", label=_("Tìm người"))
    unit = ChoiceFilter(label=_("Đơn vị"))
    position = ChoiceFilter(label=_("Chức danh"))
    kind = ChoiceFilter(label=_("Hình thức"), choices=Appointment.Kind.choices)
    held = DayFilter(method="on_day", label=_("Đang giữ ngày"))
    counted = ChoiceFilter(label=_("Tính vào biên chế"), method="against_quota", choices=[("yes", _("có tính"))])

    class Meta:
        model = Appointment
        fields = []

    def limit(self, user, fields):
        known = units_and_positions(user)
        for name in ("unit", "position"):
            offer(fields[name], [(pk, label) for which, *_order, pk, label in known if which == name])

    def on_day(self, rows, name, value):
        return rows.filter(pk__in=Appointment.objects.held(value).values("pk"))

    def against_quota(self, rows, name, value):
        return rows.filling()


class QuotaFilter(ScopedFilterSet):
    """Asks for a day only: the rows are units, counted on it."""

    held = DayFilter(label=_("Tính đến ngày"))

    class Meta:
        model = StaffQuota
        fields = []

    def day(self):
        """The day asked for; today when none, or none that exists."""
        asked = self.form.cleaned_data.get("held") if self.form.is_valid() else None
        return asked or timezone.localdate()
