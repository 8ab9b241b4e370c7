"""A spreadsheet on its way to being tasks: what was read of it, until it is looked at, entered and forgotten."""

import json
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KEPT_FOR = timedelta(hours=12)
UNSAID = ("left", [])
LATER = ("known", "left")  # what a second click says of a row that the first one entered


class SheetQuerySet(models.QuerySet):
    def of(self, user):
        """The newest sheet of `user`, or None."""
        return self.filter(user=user, sent_at__gt=timezone.now() - KEPT_FOR).first()

    def forget(self):
        """Delete what is too old, whoever's it is."""
        self.filter(sent_at__lte=timezone.now() - KEPT_FOR).delete()

    def keep(self, user, cells, unused):
        """Put a sheet in the place of the one before; what is too old goes."""
        self.forget()
        fresh = {
            "key": uuid4(),
            "sent_at": timezone.now(),
            "packed": json.dumps([cells, unused]),
            "told": "",
            "give": False,
        }
        return self.update_or_create(user=user, defaults=fresh)[0]


class Sheet(models.Model):
    """One for each account. It has no history: rows that nobody entered are nobody's business tomorrow."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("tài khoản"))
    key = models.UUIDField(default=uuid4, editable=False)
    sent_at = models.DateTimeField(_("gửi lúc"), default=timezone.now, editable=False)
    packed = models.TextField(editable=False)  # text, for a cell may hold characters that no JSON of PostgreSQL does
    give = models.BooleanField(_("giao luôn"), default=False)
    told = models.TextField(blank=True, editable=False)  # what became of its rows

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("bảng nhập")
        verbose_name_plural = pgettext_lazy("số nhiều", "bảng nhập")

    def __str__(self):
        return str(self.key)

    @property
    def cells(self):
        """[(number, {column: (kind, text)})]."""
        cells, _unused = json.loads(self.packed)
        return [(number, {name: tuple(cell) for name, cell in row.items()}) for number, row in cells]

    @property
    def unused(self):
        """Heads that mean nothing here."""
        return json.loads(self.packed)[1]

    @property
    def outcomes(self):
        """{number of the row: (state, [sentences])}; empty before the sheet was entered."""
        return {int(n): told for n, told in json.loads(self.told).items()} if self.told else {}

    @transaction.atomic
    def note(self, outcomes, *, give):
        """Add what became of rows; of two clicks at once the one that entered a row has the word on it."""
        now = Sheet.objects.select_for_update().filter(pk=self.pk, key=self.key).first()
        if now:
            before = now.outcomes
            said = {
                n: told for n, told in outcomes.items() if told[0] not in LATER or before.get(n, UNSAID)[0] == "left"
            }
            now.told, now.give = json.dumps(before | said), give
            now.save(update_fields=["told", "give"])
