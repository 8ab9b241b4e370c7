import pghistory
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject, TruncDate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import LineField
from khoidan.staffing.models import Appointment, Person

from .part import Part


class AttendanceQuerySet(models.QuerySet):
    def with_seats(self):
        """With `seat`: {post, unit, order} of each person's main seat on the day of the meeting, or None."""
        held = Appointment.objects.held(OuterRef("day")).filter(person=OuterRef("person"))
        main = held.order_by("-kind", "position__order", "pk")  # main, concurrent, acting
        words = JSONObject(post="position__name", unit="unit__short_name", order="unit__order")
        seat = Subquery(main.annotate(words=words).values("words")[:1])
        return self.select_related("person").annotate(day=TruncDate("meeting__starts_at")).annotate(seat=seat)


@pghistory.track()
class Attendance(Part, models.Model):
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

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("thành phần dự họp")
        verbose_name_plural = pgettext_lazy("số nhiều", "thành phần dự họp")
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

    @property
    def reason(self):
        """Why somebody is absent, as minutes tell it under «Vắng»."""
        excused = [_now("có lý do")] if self.status == self.Status.EXCUSED else []
        return ": ".join([*excused, *filter(None, [self.note])])

    def remove(self, *, by):
        """Take the invitation back; refused once the person was marked."""
        if self.status != self.Status.INVITED:
            raise Refused(_now("Người này đã được điểm danh nên không bỏ mời được."))
        self.delete()
        self.meeting.record("uninvited", by=by, part=str(self.person))


class Attended:
    """Mixin of Meeting: who is invited and who came."""

    def invite(self, people, *, by):
        """Invite those of `people` (ids) who are not invited yet; how many that were."""
        known = set(self.attendances.values_list("person", flat=True))
        new = [pk for pk in dict.fromkeys(people) if pk not in known]
        Attendance.objects.bulk_create(Attendance(meeting=self, person_id=pk) for pk in new)
        if new:
            self.record("invited", by=by, people=len(new))
        return len(new)

    def mark(self, marks, *, by):
        """Note who came: `marks` is {Attendance: (status, note)}."""
        for attendance, (status, note) in marks.items():
            attendance.status, attendance.note = status, note
            attendance.save(update_fields=["status", "note"])
        if marks:
            self.record("attendance", by=by, people=len(marks))
