import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from khoidan.core.fields import LineField, ProseField
from khoidan.organizations.models import Unit


@pghistory.track()
class AgendaItem(models.Model):
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
        verbose_name_plural = _("chương trình họp")
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
