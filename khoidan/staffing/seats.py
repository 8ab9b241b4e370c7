"""Seats against quota, unit by unit."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from khoidan.organizations.models import Unit
from khoidan.organizations.tree import in_tree_order

from .models import Appointment, StaffQuota


@dataclass(frozen=True)
class UnitSeats:
    """How many seats `unit` is allotted on a day, and how many are filled by main posts that count."""

    unit: Unit
    allotment: StaffQuota | None
    filled: int

    @property
    def quota(self):
        return self.allotment.seats if self.allotment else 0

    @property
    def vacant(self):
        return max(self.quota - self.filled, 0)

    @property
    def over(self):
        return max(self.filled - self.quota, 0)


def seats_of(units, day):
    """UnitSeats of each of `units` (a queryset) on `day`; two queries."""
    held = Appointment.objects.held(day).filling().filter(unit=OuterRef("pk")).order_by().values("unit")
    counted = units.annotate(filled=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0))
    quotas = StaffQuota.objects.live().held(day).filter(unit__in=units.order_by().values("pk"))
    allotted = {quota.unit_id: quota for quota in quotas}
    return [UnitSeats(unit, allotted.get(unit.pk), unit.filled) for unit in counted]


def seats_by_unit(user, day=None):
    """UnitSeats of the units `user` may see that have seats, allotted or filled, in the order of the tree."""
    day = day or timezone.localdate()
    rows = {row.unit: row for row in seats_of(Unit.objects.permitting(user, "view"), day)}
    return [rows[unit] for unit in in_tree_order(rows) if rows[unit].quota or rows[unit].filled]
