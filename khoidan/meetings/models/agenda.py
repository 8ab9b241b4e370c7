import pghistory
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import LineField, ProseField
from khoidan.organizations.models import Unit

from .part import Part


@pghistory.track()
class AgendaItem(Part, models.Model):
    """One matter of a meeting: proposed by a unit, given minutes, discussed."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    title = LineField(_("nội dung họp"), max_length=300)
    proposer = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị đề xuất")
    )
    minutes = models.PositiveSmallIntegerField(_("số phút"), default=15)
    discussion = ProseField(_("ý kiến thảo luận"), blank=True)

    class Meta:
        verbose_name = _("nội dung họp")
        verbose_name_plural = pgettext_lazy("số nhiều", "chương trình họp")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=600),
                name="agendaitem_minutes",
                violation_error_message=_("Thời gian từ 1 đến 600 phút."),
            )
        ]

    def __str__(self):
        return self.title

    @classmethod
    def next_order(cls, meeting):
        return (meeting.agenda.aggregate(last=Max("order"))["last"] or 0) + 1

    def move(self, *, by, down):
        """Change places with the neighbour below, or above; at the end of the list nothing happens."""
        items = list(self.meeting.agenda.all())
        place = items.index(self)
        other = place + (1 if down else -1)
        if not 0 <= other < len(items):
            return
        items[place], items[other] = items[other], items[place]
        for order, item in enumerate(items, 1):
            if item.order != order:
                item.order = order
                item.save(update_fields=["order"])
        self.meeting.record("item_moved", by=by, part=self.title)

    def remove(self, *, by):
        """Take the item off the agenda; refused once something was said or concluded about it."""
        if self.discussion or self.conclusions.exists():
            raise Refused(_now("Mục này đã có ý kiến hoặc kết luận nên không bỏ được."))
        self.delete()
        self.meeting.record("item_removed", by=by, part=self.title)
