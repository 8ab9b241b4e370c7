"""Appointments: the dated truth from which every right follows."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khoidan.core.fields import DayField, LineField
from khoidan.organizations.models import Capability, Owned, OwnedQuerySet, scope_of

from .period import Period, held_on
from .person import Person
from .position import Position

STALE_PERSON = """
    UPDATE accounts_user SET grants_on = NULL
    WHERE id IN (
        SELECT user_id FROM staffing_person WHERE id IN (NEW.person_id, {old})
        UNION
        SELECT p.user_id FROM staffing_appointment a JOIN staffing_person p ON p.id = a.person_id
        WHERE a.acting_for_id = NEW.id
    );
    RETURN NULL;
"""


class AppointmentQuerySet(OwnedQuerySet):
    def condition(self, user, action):
        """Who holds which post is known to whoever sits in the bloc."""
        if action == "view":
            return Q(bloc__in=scope_of(user).any_bloc())
        return super().condition(user, action)

    def held(self, day=None):
        """In force on `day`; an acting one only while the seat it stands in for is held too."""
        day = day or timezone.localdate()
        stands_in = Q(acting_for=None) | (held_on(day, "acting_for__") & Q(acting_for__voided_at=None))
        return self.live().filter(held_on(day), stands_in)

    def filling(self):
        """Seats that count against the quota: main posts in positions of the quota."""
        return self.filter(kind=Appointment.Kind.MAIN, position__in_quota=True)


@pghistory.track()
class Appointment(Owned):
    """A person in a position of a unit, from `start` until before `end`. Person, unit and position never change."""

    class Kind(models.TextChoices):
        MAIN = "main", _("chức danh chính")
        CONCURRENT = "concurrent", _("kiêm nhiệm")
        ACTING = "acting", _("phụ trách thay")

    needs = Owned.needs | {
        "add": Capability.MANAGE_STAFF,
        "change": Capability.MANAGE_STAFF,
        "end": Capability.MANAGE_STAFF,
        "act": Capability.MANAGE_STAFF,
        "void": Capability.MANAGE_STAFF,
        "restore": Capability.MANAGE_STAFF,
    }
    acts = Owned.acts | {"created": _("Phân công"), "ended": _("Kết thúc phân công"), "covered": _("Cử phụ trách thay")}

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
        verbose_name_plural = _("phân công")
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
                func=STALE_PERSON.format(old="NEW.person_id"),
            ),
            pgtrigger.Trigger(
                name="changed_seat_stales_grants",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func=STALE_PERSON.format(old="OLD.person_id"),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.position}, {self.unit}"

    @property
    def last_day(self):
        return self.end and self.end - timezone.timedelta(days=1)

    def is_held(self, day=None):
        day = day or timezone.localdate()
        return self.voided_at is None and self.start <= day and (self.end is None or day < self.end)

    def clean(self):
        """An acting holder stands in for somebody else, on the same seat, within that seat's dates."""
        held = self.acting_for
        if held is None:
            return
        if held.acting_for_id:
            raise ValidationError({"acting_for": _("Không phụ trách thay cho người đang phụ trách thay.")})
        if self.person_id and held.person_id == self.person_id:
            raise ValidationError({"person": _("Không ai phụ trách thay cho chính mình.")})
        if self.start and (self.start < held.start or (held.end and (self.end is None or self.end > held.end))):
            raise ValidationError(
                {"start": _("Thời gian phụ trách thay phải nằm trong thời gian của phân công được thay.")}
            )

    def finish(self, *, by, end, reason=""):
        """Let the appointment end before `end`; who stands in for it ends with it."""
        if end <= self.start:
            raise ValidationError({"last_day": _("Ngày cuối không thể trước ngày bắt đầu.")})
        self.end = end
        self.save(update_fields=["end"])
        self.record("ended", by=by, reason=reason)

    def cover(self, *, by, person, start, end, decision=""):
        """Appoint `person` to act in this seat from `start` until before `end`; both names are kept."""
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
