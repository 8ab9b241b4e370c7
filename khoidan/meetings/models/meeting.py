"""A meeting: a joint activity with an agenda, people and conclusions."""

import pghistory
import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.activities.models import Activity, ActivityQuerySet
from khoidan.core.errors import Refused
from khoidan.core.expressions import AnyOf, ArrayOf
from khoidan.core.fields import LineField
from khoidan.organizations.history import history_of
from khoidan.organizations.models import Capability, Event, Owned
from khoidan.staffing.models import Person

from .attendance import Attendance, Attended


@pghistory.track()
class MeetingKind(models.Model):
    """A usual kind of meeting, named by the office, with its usual length."""

    code = models.SlugField(_("mã"), max_length=30, unique=True)
    name = LineField(_("loại cuộc họp"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("số phút thường lệ"), default=90)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    class Meta:
        verbose_name = _("loại cuộc họp")
        verbose_name_plural = pgettext_lazy("số nhiều", "loại cuộc họp")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class MeetingQuerySet(ActivityQuerySet):
    def condition(self, user, action):
        """A closed meeting is locked: it is read, reopened, and nothing else."""
        allowed = super().condition(user, action)
        return allowed & Q(closed_at=None) if action == "change" else allowed

    def naming(self, user):
        """Whoever is invited, chairs or writes the minutes."""
        invited = Attendance.objects.filter(person__user=user.pk).values("meeting")
        return Q(AnyOf(F("pk"), ArrayOf(invited))) | Q(chair__user=user.pk) | Q(secretary__user=user.pk)

    def planned(self):
        return self.filter(starts_at__gt=timezone.now())

    def held(self):
        """Begun and not closed yet: their minutes wait."""
        return self.filter(starts_at__lte=timezone.now(), closed_at=None)

    def closed(self):
        return self.filter(closed_at__isnull=False)

    def locked(self):
        """Both rows of each meeting, so that who waited reads what the other wrote."""
        return self.select_for_update(of=("self", "activity_ptr"))

    def for_list(self):
        """With `organization_names`, the short names of those it counts for."""
        through = self.model.organizations.through
        names = through.objects.filter(activity=OuterRef("pk")).order_by("unit__order", "unit__sort_key")
        return self.select_related("unit", "area", "kind", "chair").annotate(
            organization_names=ArraySubquery(names.values("unit__short_name"))
        )

    def for_detail(self):
        attendances = Prefetch("attendances", Attendance.objects.with_seats())
        rows = self.select_related("unit", "area", "kind", "chair", "secretary")
        return rows.prefetch_related("organizations", attendances)


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="meeting_events"))
class Meeting(Attended, Activity):
    """Called, held, closed. What was concluded becomes tasks, linked both ways."""

    needs = Owned.needs | {"close": Capability.APPROVE_WORK, "reopen": Capability.APPROVE_WORK}
    acts = Owned.acts | {
        "created": _("Lập cuộc họp"),
        "closed": _("Kết thúc và khóa"),
        "reopened": _("Mở lại"),
        "item_added": _("Thêm nội dung họp"),
        "item_changed": _("Sửa nội dung họp"),
        "item_moved": _("Đổi thứ tự nội dung họp"),
        "item_removed": _("Bỏ nội dung họp"),
        "discussed": _("Ghi ý kiến thảo luận"),
        "invited": _("Mời dự họp"),
        "uninvited": _("Bỏ mời"),
        "attendance": _("Điểm danh"),
        "concluded": _("Ghi kết luận"),
        "conclusion_changed": _("Sửa kết luận"),
        "conclusion_removed": _("Bỏ kết luận"),
        "tasked": _("Lập nhiệm vụ từ kết luận"),
    }

    kind = models.ForeignKey(MeetingKind, models.PROTECT, related_name="meetings", verbose_name=_("loại cuộc họp"))
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chủ trì")
    )
    secretary = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("thư ký")
    )
    closed_at = models.DateTimeField(_("khóa lúc"), null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc họp")
        verbose_name_plural = pgettext_lazy("số nhiều", "cuộc họp")
        triggers = [
            # A change of these columns is a change of the record whose version its form carries.
            pgtrigger.Trigger(
                name="raise_activity_version",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                func="UPDATE activities_activity SET version = version WHERE id = NEW.activity_ptr_id; RETURN NULL;",
            ),
            pgtrigger.Protect(name="voided_never_deleted", operation=pgtrigger.Delete),
        ]

    @classmethod
    def issued(cls):
        return Q(closed_at__isnull=False)

    @property
    def state(self):
        now = timezone.now()
        if self.closed_at:
            return "closed"
        if self.starts_at > now:
            return "planned"
        return "running" if now < self.ends_at else "held"

    @property
    def badge(self):
        return {
            "planned": {"word": _now("sắp họp"), "icon": "calendar-event", "tone": "draft"},
            "running": {"word": _now("đang họp"), "icon": "play-fill", "tone": "running"},
            "held": {"word": _now("chờ khóa biên bản"), "icon": "hourglass-split", "tone": "warning"},
            "closed": {"word": _now("đã khóa"), "icon": "lock-fill", "tone": "done"},
        }[self.state]

    def refusal(self, action):
        if action == "change" and self.closed_at:
            return _now("Cuộc họp đã khóa nên không sửa được; hãy mở lại trước.")
        return super().refusal(action)

    def parts_taken(self, user):
        told = []
        if self.chair and self.chair.user_id == user.pk:
            told.append(_now("Bạn chủ trì cuộc họp này."))
        if self.secretary and self.secretary.user_id == user.pk:
            told.append(_now("Bạn là thư ký cuộc họp này."))
        if any(attendance.person.user_id == user.pk for attendance in self.attendances.all()):
            told.append(_now("Bạn được mời dự cuộc họp này."))
        return told

    def history(self):
        """Acts and changes, newest first; an act on a part of the meeting names the part."""
        events = list(Event.objects.about(self))
        for event in events:
            event.verb = self.told(event)
        return history_of(self, events)

    def told(self, event):
        """The act in words; of a task that came of a conclusion only the number, for not all may see the task."""
        act, details = self.acts.get(event.verb, event.verb), event.details
        if number := details.get("number"):
            return _now("%(act)s số %(number)d") % {"act": act, "number": number}
        part = details.get("part") if event.verb != "tasked" else ""
        if people := details.get("people"):
            part = _now("%(n)d người") % {"n": people}
        return f"{act}: {part}" if part else event.verb

    def void(self, *, by, reason=""):
        if self.closed_at:
            raise Refused(_now("Cuộc họp đã khóa nên không hủy được; hãy mở lại trước."))
        super().void(by=by, reason=reason)

    def close(self, *, by):
        """Lock agenda, attendance and conclusions; idempotent. A meeting that has not begun cannot be closed."""
        if self.closed_at:
            return
        if self.starts_at > timezone.now():
            raise Refused(_now("Cuộc họp chưa diễn ra nên chưa thể kết thúc."))
        self.closed_at = timezone.now()
        self.save(update_fields=["closed_at"])
        self.record("closed", by=by)

    def reopen(self, *, by, reason):
        """Unlock, saying why; idempotent."""
        if self.closed_at is None:
            return
        self.closed_at = None
        self.save(update_fields=["closed_at"])
        self.record("reopened", by=by, reason=reason)
