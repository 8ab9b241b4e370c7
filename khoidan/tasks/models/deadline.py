"""The due date of a given task: asked to be later, granted or refused, or set anew by who directs the work."""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import DayField, ProseField
from khoidan.core.words import day as written

from .states import STANDS


def who(label, **fields):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, editable=False, **fields
    )


@pghistory.track()
class Extension(models.Model):
    """One wish for another due date and what became of it; `granted` is null while it waits."""

    task = models.ForeignKey("tasks.Task", models.CASCADE, related_name="extensions")
    due_before = DayField(_("hạn cũ"))
    due_asked = DayField(_("hạn xin"))
    reason = ProseField(_("lý do"), max_length=1000)
    asked_by = who(_("người xin"))
    asked_at = models.DateTimeField(_("xin lúc"), default=timezone.now)
    granted = models.BooleanField(_("đồng ý"), null=True)
    due_after = DayField(_("hạn mới"), null=True)
    answer = ProseField(_("trả lời"), max_length=1000, blank=True)
    decided_by = who(_("người quyết định"), null=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True)

    class Meta:
        verbose_name = _("gia hạn")
        verbose_name_plural = pgettext_lazy("số nhiều", "gia hạn")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(granted=None),
                name="extension_one_waits",
                violation_error_message=_("Việc này đang có một đề nghị gia hạn chờ trả lời."),
            ),
            models.CheckConstraint(
                condition=Q(granted=None, decided_at=None, due_after=None)
                | Q(granted=False, decided_at__isnull=False, due_after=None)
                | Q(granted=True, decided_at__isnull=False, due_after__isnull=False),
                name="extension_decided_or_not",
            ),
        ]

    def __str__(self):
        return f"{self.due_before:%d/%m/%Y} → {self.due_after or self.due_asked:%d/%m/%Y}"

    def decide(self, *, by, granted, due=None, answer=""):
        self.granted, self.due_after, self.answer = granted, due, answer
        self.decided_by, self.decided_at = by, timezone.now()
        self.save()


class Deadline:
    """Mixin of Task: the lawful ways to another due date."""

    @cached_property
    def wishes(self):
        """All wishes, the newest first."""
        return list(self.extensions.select_related("asked_by", "decided_by"))

    @property
    def wish(self):
        """The one that waits for an answer, or None."""
        return next((wish for wish in self.wishes if wish.granted is None), None)

    def waiting_extension(self):
        """The wish that waits, as the database has it now."""
        return self.extensions.filter(granted=None).first()

    def ask(self, *, by, due, reason):
        """Wish for a later due date; asking for the same twice is one wish."""
        if self.state not in STANDS["ask"]:
            raise Refused(self.overtaken())
        if due <= self.due:
            raise ValidationError({"due": _now("Hạn xin phải sau hạn đang có (%(due)s).") % {"due": written(self.due)}})
        waiting = self.waiting_extension()
        if waiting and (waiting.due_asked, waiting.asked_by) == (due, by):
            return
        if waiting:
            raise Refused(_now("Việc này đang có một đề nghị gia hạn chờ trả lời."))
        self.extensions.create(due_before=self.due, due_asked=due, reason=reason, asked_by=by)
        self.record("extension_asked", by=by, reason=reason, due=due.isoformat())

    def grant(self, *, by, due, answer=""):
        """Say yes to what was asked, with that day or another; saying the same twice is one answer."""
        if self.was_answered(decided_by=by, granted=True, due_after=due, answer=answer):
            return
        waiting = self.asked()
        if due <= self.due:
            raise ValidationError(
                {"due": _now("Gia hạn thì hạn mới phải sau hạn đang có (%(due)s).") % {"due": written(self.due)}}
            )
        self.set_due(due)
        waiting.decide(by=by, granted=True, due=due, answer=answer)
        self.record("extension_granted", by=by, reason=answer, due=due.isoformat())

    def refuse(self, *, by, reason):
        """Say no to what was asked; the due date stays. Saying so twice is one answer."""
        if self.was_answered(decided_by=by, granted=False, answer=reason):
            return
        self.asked().decide(by=by, granted=False, answer=reason)
        self.record("extension_refused", by=by, reason=reason)

    def reschedule(self, *, by, due, reason):
        """Set another due date without being asked; a wish that waits is answered by it. Same date: nothing."""
        if self.state not in STANDS["reschedule"]:
            raise Refused(self.overtaken())
        if due == self.due:
            return
        wish = self.waiting_extension()
        if wish and due <= wish.due_before:
            wish.decide(by=by, granted=False, answer=reason)
            wish = None
        wish = wish or self.extensions.model(task=self, due_before=self.due, due_asked=due, reason=reason, asked_by=by)
        self.set_due(due)
        wish.decide(by=by, granted=True, due=due, answer=reason)
        self.record("rescheduled", by=by, reason=reason, due=due.isoformat())

    def was_answered(self, **so):
        """True when the newest wish was answered `so` already, as a second click finds it."""
        newest = self.extensions.first()
        return newest is not None and all(getattr(newest, name) == value for name, value in so.items())

    def asked(self):
        waiting = self.waiting_extension()
        if waiting is None or self.state not in STANDS["decide"]:
            raise Refused(_now("Không có đề nghị gia hạn nào đang chờ; có thể người khác vừa trả lời."))
        return waiting

    def drop_wish(self, *, by):
        """Answer no to a wish that waits, when the task leaves the hands of who asked."""
        if waiting := self.waiting_extension():
            waiting.decide(by=by, granted=False, answer=_now("Việc đã sang bước khác nên không xét nữa."))

    def set_due(self, due):
        if self.start and due < self.start:
            message = _now("Hạn không thể trước ngày bắt đầu (%(start)s).") % {"start": written(self.start)}
            raise ValidationError({"due": message})
        self.due = due
        self.save(update_fields=["due"])
