from datetime import timedelta

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.fields import DayField, Derived, LineField


def stands_below_itself(record):
    """True when going up from `record` by its parents comes back to it."""
    above, seen = record.parent, set()
    while above is not None and above.pk not in seen:
        if record.pk and above.pk == record.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def until_words():
    """What stands between the name of a place that is no more and its last day."""
    until = _now("đến")  # gathering for translation does not look into braces
    return f" ({until} "


class AreaQuerySet(models.QuerySet):
    def current(self, day):
        """Areas that exist on `day`."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gt=day))

    def offered(self, day):
        """Areas to choose from: those of today's map, and those that units at work still go by."""
        standing = self.model.unit_set.rel.related_model.objects.current(day).exclude(area=None).values("area")
        return self.filter(Q(pk__in=self.current(day).values("pk")) | Q(pk__in=standing))

    def labelled(self, day, until=None):
        """Annotate `label`: the name, and of an area that ended before `day` its last day too, after `until`."""
        words = models.TextField()
        last = ExpressionWrapper(F("valid_to") - timedelta(days=1), models.DateTimeField())
        told = Func(last, Value("DD/MM/YYYY"), function="to_char", output_field=words)
        ended = Concat("name", Value(until or until_words()), told, Value(")"), output_field=words)
        return self.annotate(label=Case(When(valid_to__lte=day, then=ended), default=F("name"), output_field=words))


@pghistory.track()
class Area(models.Model):
    """A place of the administrative map. Codes are reused over time: never match old and new places by code."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("tỉnh")
        DISTRICT = "district", _("huyện")
        COMMUNE = "commune", _("xã, phường, thị trấn")
        HAMLET = "hamlet", _("thôn, tổ dân phố")

    name = LineField(_("tên"))
    kind = models.CharField(_("cấp"), max_length=8, choices=Kind)
    code = LineField(_("mã"), max_length=10, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("thuộc")
    )
    valid_from = DayField(_("có từ ngày"), null=True, blank=True)
    valid_to = DayField(_("hết từ ngày"), null=True, blank=True, help_text=_("Ngày đầu tiên không còn tồn tại."))
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("nay thuộc")
    )
    sort_key = Derived(sources=["name"], by="sort_key")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("địa bàn")
        verbose_name_plural = pgettext_lazy("số nhiều", "địa bàn")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="area_ends_after_start",
                violation_error_message=_("Ngày hết phải sau ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")) & ~Q(succeeded_by=F("id")),
                name="area_is_not_its_own_parent",
                violation_error_message=_("Một địa bàn không thể thuộc chính nó."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if stands_below_itself(self):
            raise ValidationError({"parent": _("Địa bàn không thể thuộc chính nó hay nơi thuộc nó.")})
