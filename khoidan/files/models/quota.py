"""How much room the files of a unit may take."""

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.organizations.models import Unit

MEGABYTE = 2**20


@pghistory.track()
class FileQuota(models.Model):
    """Room for the files of one unit, where it is not the usual one."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    megabytes = models.PositiveIntegerField(_("dung lượng (MB)"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("dung lượng tệp của đơn vị")
        verbose_name_plural = pgettext_lazy("số nhiều", "dung lượng tệp của đơn vị")
        ordering = ["unit"]

    def __str__(self):
        return str(self.unit)

    @classmethod
    def of(cls, unit_id):
        """Bytes."""
        own = cls.objects.filter(unit=unit_id).values_list("megabytes", flat=True).first()
        return (own or settings.FILES_QUOTA) * MEGABYTE
