"""One thing that one account is told of, at the bell."""

from collections import defaultdict

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.expressions import ArrayOf
from khoidan.core.fields import LineField
from khoidan.core.words import day as written
from khoidan.organizations.models.permitted import Permitted

COUNTED = 100  # unread ones, and no further: the bell then says 99+


class NoticeQuerySet(Permitted):
    def condition(self, user, action):
        """A notice is its recipient's, whatever is done with it."""
        return Q(recipient=user.pk)

    def ringing(self):
        """Those of the bell; the others wait for the mail of the day."""
        return self.filter(rings=True)

    def unread(self):
        return self.filter(read_at=None)

    def since(self, moment):
        return self.filter(at__gt=moment) if moment else self

    def about(self, model):
        return self.filter(target_type=ContentType.objects.get_for_model(model))

    def counted(self, account):
        """An expression: how many unread ones the bell of `account` (a key) shows, counted no further than it does."""
        rows = self.filter(recipient=account).ringing().unread().values("pk")[:COUNTED]
        return Func(ArrayOf(rows), function="CARDINALITY", output_field=models.IntegerField())

    def of_many(self):
        return self.filter(details__has_key="keys")

    def newest(self):
        """Unread ones first, each part from the newest."""
        return self.order_by(IsNull(F("read_at"), False), "-at", "-pk")

    def read(self):
        """Mark as read; how many were not."""
        return self.unread().update(read_at=timezone.now())

    def with_records(self, user):
        """These as a list; of each the records `seen`, as `user` may see them today, and the first of them as `record`.

        `record` is None where none is left. One query per kind of record.
        """
        notices, wanted = list(self), defaultdict(set)
        for notice in notices:
            wanted[notice.target_type_id].update(notice.targets)
        found = {pk: viewable(ContentType.objects.get_for_id(pk), ids, user) for pk, ids in wanted.items()}
        for notice in notices:
            known = found[notice.target_type_id]
            notice.seen = [known[pk] for pk in notice.targets if pk in known]
            notice.record = next(iter(notice.seen), None)
        return notices


def viewable(kind, ids, user):
    """{pk: record} of those of `ids` that `user` may view; none of a model that cannot say."""
    permitting = getattr(getattr(kind.model_class(), "objects", None), "permitting", None)
    return permitting(user, "view").in_bulk(ids) if permitting else {}


class Notice(models.Model):
    """What an account is told of a record; the words are the model's, see `Told`."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("người nhận")
    )
    kind = models.CharField(_("loại"), max_length=60)
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("loại bản ghi"))
    target_id = models.BigIntegerField(_("số bản ghi"))
    target = GenericForeignKey("target_type", "target_id")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    actor_name = LineField(_("tên người làm"), blank=True)
    at = models.DateTimeField(_("lúc"), default=timezone.now)
    read_at = models.DateTimeField(_("đọc lúc"), null=True)
    rings = models.BooleanField(_("ở chuông"), default=True)
    day = models.DateField(_("nhắc về ngày"), null=True)  # a reminder of one day is told once, read or not
    details = models.JSONField(_("chi tiết"), default=dict, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = pgettext_lazy("số nhiều", "thông báo")
        indexes = [models.Index(fields=["recipient", "-at"], name="notice_by_recipient")]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "target_type", "target_id", "kind"],
                condition=Q(read_at=None),
                name="notice_unread_once",
            ),
            models.UniqueConstraint(
                fields=["recipient", "target_type", "target_id", "kind", "day"],
                condition=Q(day__isnull=False),
                name="notice_reminds_once",
            ),
        ]

    def __str__(self):
        return self.kind

    def told(self):
        """The entry of the model's `notices`; None of a kind that it does not know any more."""
        model = ContentType.objects.get_for_id(self.target_type_id).model_class()  # kept in memory, unlike target_type
        return getattr(model, "notices", {}).get(self.kind.rpartition(".")[2])

    def text(self):
        """What the recipient reads; of a record that is not theirs to see (see `with_records`) nothing is told."""
        told = self.told()
        if self.record is None or told is None:
            return _now("Một bản ghi bạn không còn được xem")
        known = {"actor": self.actor_name or _now("Hệ thống"), "name": str(self.record), "day": written(self.day)}
        known["n"] = len(self.seen)  # never the others, which are not theirs to see
        return told.words % defaultdict(str, self.details | known)

    def address(self):
        """Where it leads; None where `record` is not the reader's to see."""
        if self.record is None:
            return None
        told = self.told()
        return told.opens(self) if told and told.opens else self.record.get_absolute_url()

    @property
    def targets(self):
        """Keys of all that it tells of: `target` and, of a notice of many, the others; see `tell_of_many`."""
        return self.details.get("keys", [self.target_id])
