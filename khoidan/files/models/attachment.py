"""A file that hangs on a record: found, read and removed by the rules of that record."""

import logging
import uuid

import pghistory
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core import durable
from khoidan.core.errors import Refused
from khoidan.core.fields import LineField
from khoidan.files.checking import KINDS, Checked, check
from khoidan.organizations.models import Owned, OwnedQuerySet, Unit

from .holding import hanging_on, permitting_any
from .quota import FileQuota

logger = logging.getLogger(__name__)


class AttachmentQuerySet(OwnedQuerySet):
    def condition(self, user, action):
        """Who sees the record reads its files; who may remove one may bring it back."""
        if action == "view":
            return hanging_on(lambda model: permitting_any(model, user, ["view"]))
        removing = hanging_on(lambda model: permitting_any(model, user, model.removes_files))
        own = hanging_on(lambda model: permitting_any(model, user, model.removes_own_files or model.removes_files))
        return removing | (Q(created_by=user.pk) & own)

    def on(self, record):
        return self.filter(target_type=ContentType.objects.get_for_model(record), target_id=record.pk)

    def for_list(self):
        return self.select_related("created_by").order_by("-created_at", "-pk")

    def attach(self, files, *, to, by, token=None):
        """Hang `files` on a record; those that the same form sent before are not kept twice. The new ones.

        Raises ValidationError for a file that is not taken, Refused where there is no room.
        """
        checked = [file if isinstance(file, Checked) else check(file) for file in files]
        sent = {token_of(token, file, to, by): file for file in checked}
        if not sent:
            return []
        with transaction.atomic():
            # Not against references to the unit: two uploads wait for each other, other work goes on.
            Unit.objects.select_for_update(no_key=True).get(pk=to.unit_id)
            for known in self.filter(token__in=sent).values_list("token", flat=True):
                del sent[known]
            require_room(to.unit, sum(file.size for file in sent.values()))
            return [self.keep(file, to=to, by=by, token=each) for each, file in sent.items()]

    def keep(self, file, *, to, by, token):
        kept = self.model(target=to, unit_id=to.unit_id, created_by=by, token=token, file=file.file)
        kept.name, kept.kind, kept.size, kept.sha256 = file.name, file.kind, file.size, file.sha256
        try:
            kept.save()
        except OSError as error:
            logger.exception("A file could not be written")
            raise Refused(_now("Máy chủ chưa ghi được tệp. Hãy thử lại; nếu vẫn vậy, báo người quản trị.")) from error
        kept.record("created", by=by)
        return kept

    def drop_unnamed(self, names):
        """Remove from the disk those of `names` that no attachment has."""
        if names:
            named = set(self.filter(file__in=names).values_list("file", flat=True))
            for name in set(names) - named:
                self.model.file.field.storage.delete(name)

    def bytes_of(self, unit_id):
        """Of every file the unit ever kept: removed ones stay on the disk."""
        return self.filter(unit=unit_id).aggregate(n=Sum("size"))["n"] or 0


def token_of(token, file, record, user):
    """Of one file of a form: the same again when the same person sends the same form a second time."""
    if token is None:
        return uuid.uuid4()
    return uuid.uuid5(token, f"{record._meta.label} {record.pk} {user.pk} {file.sha256} {file.name}")


def require_room(unit, wanted):
    quota, used = FileQuota.of(unit.pk), Attachment.objects.bytes_of(unit.pk)
    if used + wanted > quota:
        raise Refused(
            _now(
                "%(unit)s đã dùng %(used)s trong %(quota)s dành cho tệp (kể cả tệp đã gỡ), không đủ chỗ cho "
                "%(wanted)s nữa. Hãy đề nghị quản trị hệ thống tăng dung lượng."
            )
            % {
                "unit": unit,
                "used": filesizeformat(used),
                "quota": filesizeformat(quota),
                "wanted": filesizeformat(wanted),
            }
        )


def place_of(attachment, name):
    return durable.new_name()


@pghistory.track(exclude=["token"])
class Attachment(Owned):
    """A file of a record; `unit` is the record's when it was added. It is removed by being voided."""

    told = {"created": "file_added", "voided": "file_removed", "restored": "file_restored", "read": "file_read"}

    target_type = models.ForeignKey(ContentType, models.PROTECT, editable=False, related_name="+")
    target_id = models.BigIntegerField(editable=False)
    target = GenericForeignKey("target_type", "target_id")
    name = LineField(_("tên tệp"), max_length=255, editable=False)
    kind = models.CharField(
        _("loại tệp"), max_length=4, choices=[(kind.key, kind.label) for kind in KINDS.values()], editable=False
    )
    size = models.PositiveIntegerField(_("kích thước (byte)"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    file = models.FileField(_("tệp"), upload_to=place_of, unique=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta(Owned.Meta):
        verbose_name = _("tệp")
        verbose_name_plural = pgettext_lazy("số nhiều", "tệp")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-created_at"], name="attachment_by_target"),
            models.Index(fields=["unit"], include=["size"], name="attachment_sizes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="attachment_is_not_empty",
                violation_error_message=_("Tệp không được rỗng."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def media_type(self):
        return KINDS[self.kind].media_type

    @property
    def icon(self):
        return KINDS[self.kind].icon

    def record(self, verb, *, by, reason="", **details):
        """Acts on a file are told on the record it hangs on."""
        return self.target.record(self.told[verb], by=by, reason=reason, file=self.name, **details)

    def refusal(self, action):
        return self.target.refusal(self.target.removes_files[0])

    def reasons(self, user):
        return self.target.reasons(user)
