"""Positions and the roles behind them: the matrix of rights as rows, changed in the admin site without code."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.accounts.models import stale_grants
from khoidan.core.fields import LineField
from khoidan.organizations.models import Capability, Kind

from .period import Period


def stales_grants(name, operation):
    """Trigger: a change of the matrix makes every computed right stale, whoever makes it and by whatever path."""
    return pgtrigger.Trigger(
        name=name, level=pgtrigger.Statement, when=pgtrigger.After, operation=operation, func=stale_grants()
    )


class Reach(models.TextChoices):
    """Where a right applies, seen from the unit of the appointment."""

    OWN = "own", _("chính đơn vị")
    BELOW = "below", _("đơn vị cấp dưới")
    BLOC = "bloc", _("mọi đơn vị của khối")
    ISSUING = "issuing", _("mọi nơi ban hành văn bản của khối")


@pghistory.track()
class Role(models.Model):
    code = models.SlugField(_("mã"), max_length=30, unique=True)
    name = LineField(_("vai"), max_length=100)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    class Meta:
        verbose_name = _("vai")
        verbose_name_plural = pgettext_lazy("số nhiều", "vai và quyền")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


@pghistory.track()
class RoleGrant(models.Model):
    """One cell of the matrix: this role has this right on the units it reaches so."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="grants", verbose_name=_("vai"))
    reach = models.CharField(_("phạm vi"), max_length=7, choices=Reach)
    capability = models.CharField(_("quyền"), max_length=14, choices=Capability)

    class Meta:
        verbose_name = _("quyền của vai")
        verbose_name_plural = pgettext_lazy("số nhiều", "quyền của vai")
        ordering = ["role", "reach", "capability"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "reach", "capability"],
                name="rolegrant_once",
                violation_error_message=_("Vai này đã có quyền đó trong phạm vi đó."),
            )
        ]
        triggers = [stales_grants("matrix_stales_grants", pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.get_capability_display()} · {self.get_reach_display()}"


@pghistory.track()
class Position(models.Model):
    name = LineField(_("chức danh"), max_length=120)
    code = models.SlugField(_("mã"), max_length=40, unique=True)
    role = models.ForeignKey(Role, models.PROTECT, related_name="positions", verbose_name=_("vai"))
    sole = models.BooleanField(
        _("một người giữ"), default=False, help_text=_("Mỗi đơn vị chỉ có một người giữ tại một thời điểm.")
    )
    in_quota = models.BooleanField(_("tính vào biên chế"), default=True)
    kinds = ArrayField(
        models.CharField(max_length=13, choices=Kind),
        verbose_name=_("dùng ở loại đơn vị"),
        default=list,
        blank=True,
        help_text=_("Để trống nếu dùng ở mọi loại đơn vị."),
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    class Meta:
        verbose_name = _("chức danh")
        verbose_name_plural = pgettext_lazy("số nhiều", "chức danh")
        ordering = ["order", "name"]
        triggers = [
            stales_grants("role_stales_grants", pgtrigger.UpdateOf("role_id")),
            pgtrigger.Trigger(
                name="pass_on_sole",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("sole"),
                func="UPDATE staffing_appointment SET sole = NEW.sole WHERE position_id = NEW.id; RETURN NULL;",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """A position that two people hold at one time in one unit cannot be for one holder only."""
        if not (self.pk and self.sole):
            return
        seats = self.appointments.live().filter(acting_for=None).annotate(period=Period())
        beside = seats.filter(unit=OuterRef("unit"), period__overlap=OuterRef("period")).exclude(pk=OuterRef("pk"))
        if seats.filter(Exists(beside)).exists():
            raise ValidationError({"sole": _("Đang có đơn vị mà nhiều người cùng giữ chức danh này.")})
