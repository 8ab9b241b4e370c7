"""Appointments: the dated truth from which every right follows."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.accounts.models import stale_grants
from khoidan.core.errors import Refused
from khoidan.core.fields import DayField, LineField
from khoidan.organizations.models import Capability, Owned

from .known import STAFF_NEEDS, KnownInBloc, KnownInBlocQuerySet
from .period import Dated, Period, held_on
from .person import Person
from .position import Position

# The accounts of whoever sits in the row and of whoever stands in for them. The locks keep a person from getting
# another account, and a seat from changing under a new acting holder, beside this change and unseen by it.
CONCERNED = """id IN (
        SELECT user_id FROM staffing_person WHERE id IN (NEW.person_id, {old}.person_id)
        OR id IN (SELECT person_id FROM staffing_appointment WHERE acting_for_id = NEW.id)
        FOR KEY SHARE
    )"""
NOT_ONESELF = _("Không ai tự phân công cho chính mình; hãy nhờ người khác có quyền quản lý cán bộ.")
KEEP_SEAT = "PERFORM 1 FROM staffing_appointment WHERE id = NEW.acting_for_id FOR SHARE;"


class AppointmentQuerySet(KnownInBlocQuerySet):
    def held(self, day=None):
        """In force on `day`; an acting one only while the seat it stands in for is held too."""
        day = day or timezone.localdate()
        stands_in = Q(acting_for=None) | (held_on(day, "acting_for__") & Q(acting_for__voided_at=None))
        return self.live().filter(held_on(day), stands_in)

    def places(self):
        """{(person, bloc)}: who sits where, to ask about many people at once."""
        return set(self.values_list("person", "bloc"))

    def for_list(self):
        return self.select_related("person", "unit", "position", "acting_for__person")

    def filling(self):
        """Seats that count against the quota: main posts in positions of the quota."""
        return self.filter(kind=Appointment.Kind.MAIN, position__in_quota=True)


@pghistory.track()
class Appointment(Dated, KnownInBloc, Owned):
    """A person in a position of a unit, from `start` until before `end`. Person, unit and position never change."""

    class Kind(models.TextChoices):
        MAIN = "main", _("chức danh chính")
        CONCURRENT = "concurrent", _("kiêm nhiệm")
        ACTING = "acting", _("phụ trách thay")

    needs = STAFF_NEEDS | {"end": Capability.MANAGE_STAFF, "act": Capability.MANAGE_STAFF}
    acts = Owned.acts | {"created": _("Phân công"), "ended": _("Kết thúc phân công"), "covered": _("Cử phụ trách thay")}
    told_at = {
        "appointment_ends_after_start": "end",
        "appointment_acting_for_somebody": "kind",
        "appointment_one_holder": "position",
        "appointment_one_main_post": "kind",
        "appointment_seat_once": "person",
        "appointment_one_acting": "start",
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name=_("cán bộ"))
    position = models.ForeignKey(Position, models.PROTECT, related_name="appointments", verbose_name=_("chức danh"))
    kind = models.CharField(_("hình thức"), max_length=10, choices=Kind, default=Kind.MAIN)
    start = DayField(_("từ ngày"))
    end = DayField(_("đến trước ngày"), null=True, blank=True)
    acting_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="covers", verbose_name=_("thay cho")
    )
    decision = LineField(_("quyết định số"), blank=True)
    sole = models.BooleanField(default=False, editable=False)  # copied from the position, for the constraint below

    objects = AppointmentQuerySet.as_manager()

    class Meta(Owned.Meta):
        verbose_name = _("phân công")
        verbose_name_plural = pgettext_lazy("số nhiều", "phân công")
        ordering = ["-start", "pk"]
        indexes = [models.Index(fields=["person", "start"], name="appointment_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gt=F("start")),
                name="appointment_ends_after_start",
                violation_error_message=_("Ngày cuối phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(kind="acting", acting_for__isnull=False) | (~Q(kind="acting") & Q(acting_for=None)),
                name="appointment_acting_for_somebody",
                violation_error_message=_("Phụ trách thay phải ghi rõ thay cho phân công nào."),
            ),
            ExclusionConstraint(
                name="appointment_one_holder",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
                condition=Q(sole=True, acting_for=None, voided_at=None),
                violation_error_message=_("Chức danh này ở đơn vị đã có người giữ trong thời gian đó."),
            ),
            ExclusionConstraint(
                name="appointment_one_main_post",
                expressions=[("person", RangeOperators.EQUAL), (Period(), RangeOperators.OVERLAPS)],
                condition=Q(kind="main", voided_at=None),
                violation_error_message=_("Người này đã có chức danh chính trong thời gian đó."),
            ),
            ExclusionConstraint(
                name="appointment_seat_once",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL),
                    (Period(), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None),
                violation_error_message=_("Người này đã giữ chức danh đó ở đơn vị trong thời gian đó."),
            ),
            ExclusionConstraint(
                name="appointment_one_acting",
                expressions=[("acting_for", RangeOperators.EQUAL), (Period(), RangeOperators.OVERLAPS)],
                condition=Q(acting_for__isnull=False, voided_at=None),
                violation_error_message=_("Đã có người phụ trách thay trong thời gian đó."),
            ),
        ]
        triggers = [
            *Owned.Meta.triggers,
            pgtrigger.Trigger(
                name="copy_sole",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("position_id"),
                func="SELECT sole INTO NEW.sole FROM staffing_position WHERE id = NEW.position_id; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="new_seat_stales_grants",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=KEEP_SEAT + stale_grants(CONCERNED.format(old="NEW")),
            ),
            pgtrigger.Trigger(
                name="changed_seat_stales_grants",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func=stale_grants(CONCERNED.format(old="OLD")),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.position}, {self.unit}"

    @property
    def until(self):
        """The end in effect: an acting holder leaves at the latest with the seat stood in for."""
        ends = [self.end, self.acting_for and self.acting_for.end]
        return min(filter(None, ends), default=None)

    def is_held(self, day=None):
        day = day or timezone.localdate()
        own = self.voided_at is None and self.start <= day and (self.end is None or day < self.end)
        return own and (self.acting_for is None or self.acting_for.is_held(day))

    def is_over(self):
        return self.until is not None and self.until <= timezone.localdate()

    @property
    def badge(self):
        if self.is_held():
            return {"word": _now("đang giữ"), "icon": "person-check", "tone": "running"}
        if self.start > timezone.localdate() and not self.is_over():
            return {"word": _now("sắp giữ"), "icon": "calendar-event", "tone": "draft"}
        return {"word": _now("đã thôi giữ"), "icon": "clock-history", "tone": "draft"}

    def clean(self):
        """An acting holder stands in for somebody else, on the same seat, within that seat's dates."""
        if self.position_id:
            self.sole = self.position.sole  # as the database will, so that full_clean knows of one holder
        held = self.acting_for
        if held is None:
            return
        if (self.unit_id, self.position_id) != (held.unit_id, held.position_id):
            raise ValidationError({"acting_for": _("Phụ trách thay phải ở đúng đơn vị và chức danh được thay.")})
        if held.acting_for_id:
            raise ValidationError({"acting_for": _("Không phụ trách thay cho người đang phụ trách thay.")})
        if self.person_id and held.person_id == self.person_id:
            raise ValidationError({"person": _("Không ai phụ trách thay cho chính mình.")})
        if self.start and (self.start < held.start or (held.end and (self.end is None or self.end > held.end))):
            raise ValidationError(
                {"start": _("Thời gian phụ trách thay phải nằm trong thời gian của phân công được thay.")}
            )

    def serves(self, user):
        """Whether `user` gains by this seat: sits in it, or stands in for who does."""
        covers = self.covers.live().filter(person__user=user) if self.pk else self.covers.none()
        return self.person.user_id == user.pk or covers.exists()

    def restore(self, *, by):
        if self.serves(by):
            raise Refused(NOT_ONESELF)
        super().restore(by=by)

    def finish(self, *, by, end, reason=""):
        """Let the appointment end before `end`, never later than it would; who stands in for it ends with it."""
        if end <= self.start:
            raise ValidationError({"last_day": _("Ngày cuối không thể trước ngày bắt đầu.")})
        if self.end and end > self.end:
            raise ValidationError({"last_day": _("Phân công này đã định kết thúc sớm hơn; muốn kéo dài thì bấm Sửa.")})
        self.end = end
        self.save(update_fields=["end"])
        self.record("ended", by=by, reason=reason)

    def cover(self, *, by, person, start, end, decision="", also=()):
        """Appoint `person` to act in this seat, and in those of `also`, from `start` until before `end`."""
        if person.user_id == by.pk:
            raise ValidationError({"person": NOT_ONESELF})
        for seat in also:
            try:
                seat.cover(by=by, person=person, start=start, end=end, decision=decision)
            except ValidationError as error:
                said = [f"{seat.position}, {seat.unit}: {text}" for text in error.messages]
                raise ValidationError({"also": said}) from error
        acting = Appointment(
            person=person,
            unit=self.unit,
            position=self.position,
            kind=self.Kind.ACTING,
            start=start,
            end=end,
            acting_for=self,
            decision=decision,
            created_by=by,
        )
        acting.full_clean()
        acting.save()
        self.record("covered", by=by, person=person.pk)
        return acting
