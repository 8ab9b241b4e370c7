"""The one mail a day of an account: queued, sent, tried again, never sent twice."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import DayField, LineField
from khoidan.organizations.models import Event

PAUSES = [timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6)]
TRIES = len(PAUSES) + 1
LEFT = timedelta(hours=1)  # longer than any sending takes: whoever took it is gone


class DigestQuerySet(models.QuerySet):
    def queue(self, accounts, day):
        """Put today's mail of those accounts (ids) in line; who has one already keeps it."""
        rows = [self.model(account_id=pk, day=day) for pk in accounts]
        self.bulk_create(rows, ignore_conflicts=True)

    def take(self):
        """The next one whose time has come, marked as being sent and tried once more; None when there is none."""
        now = timezone.now()
        due = self.filter(state=Digest.State.WAITING, day=timezone.localdate(), next_try_at__lte=now)
        with transaction.atomic():
            digest = due.select_for_update(skip_locked=True).order_by("next_try_at", "pk").first()
            if digest is not None:
                digest.tries += 1
                digest.turn(Digest.State.SENDING, taken_at=now, handed_at=None)
        return digest

    def tidy(self):
        """Settle what a sender left that was cut off, and what no day is left for; how many are given up."""
        left = self.filter(state=Digest.State.SENDING, taken_at__lt=timezone.now() - LEFT)
        left.filter(handed_at=None).update(state=Digest.State.WAITING, last_error="interrupted")
        unsure = left.update(state=Digest.State.UNSURE, last_error="interrupted")
        over = self.filter(state=Digest.State.WAITING, day__lt=timezone.localdate())
        return unsure + over.update(state=Digest.State.FAILED)

    def last_news_at(self, account):
        """When the last mail that the server of post took was composed; None when there was none."""
        return self.filter(account=account, state=Digest.State.SENT).aggregate(at=Max("taken_at"))["at"]


@pghistory.track()
class Digest(models.Model):
    """What became of the mail of one day; what it says is composed anew at each try, and kept nowhere."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENDING = "sending", _("đang gửi")
        SENT = "sent", _("đã gửi")
        NOTHING = "nothing", _("không có gì để gửi")
        NO_ADDRESS = "no_address", _("thiếu địa chỉ thư")
        UNSURE = "unsure", _("không rõ đã tới chưa")
        FAILED = "failed", _("không gửi được")

    TROUBLED = (State.NO_ADDRESS, State.UNSURE, State.FAILED)
    acts = {"resent": _("Gửi lại thư tổng hợp")}

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", verbose_name=_("tài khoản")
    )
    day = DayField(_("ngày"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("số lần gửi"), default=0)
    last_error = LineField(_("lỗi gần nhất"), blank=True)
    next_try_at = models.DateTimeField(_("gửi tiếp lúc"), default=timezone.now)
    taken_at = models.DateTimeField(_("bắt đầu gửi lúc"), null=True)
    handed_at = models.DateTimeField(_("trao cho máy chủ thư lúc"), null=True)
    sent_at = models.DateTimeField(_("gửi xong lúc"), null=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư tổng hợp")
        verbose_name_plural = pgettext_lazy("số nhiều", "thư tổng hợp")
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state__in=["waiting", "sending"]), name="digest_to_send"
            )
        ]
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="digest_once_a_day")]

    def __str__(self):
        return f"{self.account}, {self.day:%d/%m/%Y}"

    @property
    def is_troubled(self):
        return self.state in self.TROUBLED

    def turn(self, state, **fields):
        self.state = state
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "tries", *fields])

    def handing(self):
        """From here on nobody knows whether the server has it, until it answers."""
        self.turn(self.State.SENDING, handed_at=timezone.now())

    def sent(self):
        self.turn(self.State.SENT, sent_at=timezone.now(), last_error="")

    def failed(self, error, *, handed_over):
        """Note why; try again later, unless it may have arrived or was tried often enough."""
        if handed_over:
            self.turn(self.State.UNSURE, last_error=error)
        elif self.tries >= TRIES:
            self.turn(self.State.FAILED, last_error=error)
        else:
            later = timezone.now() + PAUSES[self.tries - 1]
            self.turn(self.State.WAITING, last_error=error, next_try_at=later, handed_at=None)

    def resend(self, *, by):
        """Put a mail of today that did not arrive back in line; it says what there is to say then."""
        if self.day != timezone.localdate():
            raise Refused(_now("Chỉ gửi lại được thư của hôm nay; thư sau nói cả những việc thư trước chưa tới."))
        if not self.is_troubled:
            raise Refused(_now("Chỉ gửi lại được thư chưa tới nơi."))
        self.turn(self.State.WAITING, tries=0, next_try_at=timezone.now(), last_error="")
        Event.note("resent", by=by, target=self)
