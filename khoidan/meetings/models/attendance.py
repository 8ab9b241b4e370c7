import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from khoidan.core.fields import LineField
from khoidan.staffing.models import Person


@pghistory.track()
class Attendance(models.Model):
    """One person invited to one meeting, and whether they came."""

    class Status(models.TextChoices):
        INVITED = "invited", _("được mời")
        PRESENT = "present", _("có mặt")
        EXCUSED = "excused", _("vắng có lý do")
        ABSENT = "absent", _("vắng")
        REPRESENTED = "represented", _("cử đại diện")

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", verbose_name=_("cán bộ"))
    status = models.CharField(_("điểm danh"), max_length=11, choices=Status, default=Status.INVITED)
    note = LineField(_("ghi chú"), blank=True, help_text=_("Lý do vắng, hoặc tên người đại diện."))

    class Meta:
        verbose_name = _("thành phần dự họp")
        verbose_name_plural = _("thành phần dự họp")
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="attendance_once",
                violation_error_message=_("Người này đã có trong thành phần dự họp."),
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.get_status_display()}"
