import pghistory
from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import ProseField
from khoidan.organizations.models import Unit, track_links
from khoidan.tasks.models import Task

from .agenda import AgendaItem
from .meeting import Meeting
from .part import Part


class ConclusionQuerySet(models.QuerySet):
    def permitting(self, user, action):
        """A conclusion is reached through its meeting only."""
        return self.filter(meeting__in=Meeting.objects.permitting(user, action))


@pghistory.track()
class Conclusion(Part, models.Model):
    """What the chair concluded, numbered within the meeting, for one or more units."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="conclusions")
    number = models.PositiveSmallIntegerField(_("số"), editable=False)
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="conclusions", verbose_name=_("nội dung họp")
    )
    text = ProseField(_("kết luận"))
    units = models.ManyToManyField(Unit, related_name="+", verbose_name=_("giao cho đơn vị"), blank=True)

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết luận")
        verbose_name_plural = pgettext_lazy("số nhiều", "kết luận")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="conclusion_number_once")]

    def __str__(self):
        return f"{self.number}. {self.text}"

    def get_absolute_url(self):
        return reverse("meetings:meeting_detail", args=[self.meeting_id]) + f"#conclusion-{self.pk}"

    @classmethod
    def next_number(cls, meeting):
        """The caller holds the meeting's row, so that two secretaries never take one number."""
        return (meeting.conclusions.aggregate(last=Max("number"))["last"] or 0) + 1

    def remove(self, *, by):
        """Take the conclusion out; refused once work came of it."""
        if Task.objects.stemming_from(type(self), [self.pk]).exists():
            raise Refused(_now("Kết luận này đã thành nhiệm vụ; hãy hủy nhiệm vụ trước."))
        self.delete()
        self.meeting.record("conclusion_removed", by=by, part=str(self))


@track_links
class ConclusionUnit(Conclusion.units.through):
    class Meta:
        proxy = True
