import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.fields import DayField, LineField
from khoidan.organizations.models import Owned

from .known import STAFF_NEEDS, KnownInBloc, KnownInBlocQuerySet
from .period import Dated, Period, held_on


class QuotaQuerySet(KnownInBlocQuerySet):
    def held(self, day=None):
        return self.filter(held_on(day or timezone.localdate()))

    def for_list(self):
        return self.select_related("unit")


@pghistory.track()
class StaffQuota(Dated, KnownInBloc, Owned):
    """Seats allowed to a unit for a time, by a decision of whoever allots them."""

    needs = STAFF_NEEDS
    acts = Owned.acts | {"created": _("Giao biên chế"), "changed": _("Sửa biên chế")}
    told_at = {"quota_ends_after_start": "end", "quota_one_at_a_time": "start"}

    seats = models.PositiveSmallIntegerField(_("số biên chế"))
    start = DayField(_("từ ngày"))
    end = DayField(_("đến trước ngày"), null=True, blank=True)
    decision = LineField(_("văn bản giao"), blank=True)

    objects = QuotaQuerySet.as_manager()

    class Meta(Owned.Meta):
        verbose_name = _("biên chế được giao")
        verbose_name_plural = pgettext_lazy("số nhiều", "biên chế được giao")
        ordering = ["unit__order", "unit__sort_key", "-start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gt=F("start")),
                name="quota_ends_after_start",
                violation_error_message=_("Ngày cuối phải từ ngày bắt đầu trở đi."),
            ),
            ExclusionConstraint(
                name="quota_one_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (Period(), RangeOperators.OVERLAPS)],
                condition=Q(voided_at=None),
                violation_error_message=_("Đơn vị này đã có biên chế được giao trong thời gian đó."),
            ),
        ]

    def __str__(self):
        return _now("%(unit)s: %(n)d biên chế") % {"unit": self.unit, "n": self.seats}
