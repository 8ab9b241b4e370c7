"""What the bloc and its organizations do together, at a time and a place; meetings are one kind of it."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.fields import Derived, LineField
from khoidan.organizations.models import Area, Counted, CountedQuerySet, track_links


class ActivityQuerySet(CountedQuerySet):
    def between(self, start, end):
        """Activities that begin from `start` until before `end` (aware datetimes)."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def for_list(self):
        return self.select_related("unit", "area")


@pghistory.track(exclude=["folded", "token"])
class Activity(Counted):
    """Who does what, where and when. Planned once, counted for each of its organizations."""

    title = LineField(_("tên"), max_length=300)
    starts_at = models.DateTimeField(_("bắt đầu"))
    ends_at = models.DateTimeField(_("kết thúc"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("địa bàn"))
    address = LineField(_("địa điểm"), blank=True, help_text=_("Ví dụ: Hội trường khối."))
    audience = LineField(_("đối tượng"), blank=True, help_text=_("Ví dụ: chi hội trưởng phụ nữ các thôn."))
    folded = Derived(sources=["title", "address", "audience"])

    objects = ActivityQuerySet.as_manager()

    class Meta(Counted.Meta):
        verbose_name = _("hoạt động")
        verbose_name_plural = pgettext_lazy("số nhiều", "hoạt động")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["unit", "-starts_at", "-id"], name="activity_by_unit"),
            models.Index(fields=["bloc", "-starts_at", "-id"], name="activity_by_bloc"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="activity_by_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="activity_ends_after_start",
                violation_error_message=_("Giờ kết thúc phải sau giờ bắt đầu."),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def place(self):
        return ", ".join(part for part in (self.address, str(self.area or "")) if part)


@track_links
class ActivityOrganization(Activity.organizations.through):
    class Meta:
        proxy = True
