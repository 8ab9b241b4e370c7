import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.expressions import RequestKey
from khoidan.core.fields import LineField, ProseField


class EventQuerySet(models.QuerySet):
    def about(self, record):
        """Acts on one record, newest first; they outlive it."""
        kind = ContentType.objects.get_for_model(record, for_concrete_model=True)
        return self.filter(target_type=kind, target_id=record.pk).order_by("-at", "-pk")


class Event(models.Model):
    """One act: given, returned, approved, exported, signed in. Written once, never changed."""

    at = models.DateTimeField(_("lúc"), default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("người làm"))
    actor_name = LineField(_("tên người làm"), blank=True)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, verbose_name=_("đơn vị"))
    verb = models.CharField(_("việc"), max_length=40)
    target_type = models.ForeignKey(ContentType, models.PROTECT, null=True, verbose_name=_("loại bản ghi"))
    target_id = models.BigIntegerField(_("số bản ghi"), null=True)
    target_name = LineField(_("bản ghi"), max_length=300, blank=True)
    reason = ProseField(_("lý do"), blank=True)
    details = models.JSONField(_("chi tiết"), default=dict, blank=True)
    # Of the changes that the act made, in the tables of history.
    request_key = models.UUIDField(null=True, db_default=RequestKey(), editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("sự kiện")
        verbose_name_plural = pgettext_lazy("số nhiều", "nhật ký")
        indexes = [
            models.Index(fields=["target_type", "target_id", "-at"], name="event_by_target"),
            models.Index(fields=["unit", "-at"], name="event_by_unit"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.actor_name} {self.verb} {self.target_name}"

    @classmethod
    def note(cls, verb, *, by, target=None, unit=None, reason="", **details):
        """Write one act down, in the transaction of the act itself."""
        event = cls.of(verb, by=by, target=target, unit=unit, reason=reason, details=details)
        event.save()
        return event

    @classmethod
    def of(cls, verb, *, by, target=None, **fields):
        """The row of one act, not written yet."""
        return cls(
            verb=verb,
            actor=by,
            actor_name=str(by or ""),
            target_type=ContentType.objects.get_for_model(target) if target is not None else None,
            target_id=getattr(target, "pk", None),
            target_name=str(target or "")[:300],
            **fields,
        )
