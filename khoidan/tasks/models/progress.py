"""What was done so far, told by who works on it."""

import uuid

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import ProseField
from khoidan.files.models import Attachment
from khoidan.organizations.models import track_links

from .states import STANDS, State


@pghistory.track(exclude=["token"])
class Progress(models.Model):
    """One note of progress: how far in percent, and in words."""

    task = models.ForeignKey("tasks.Task", models.CASCADE, related_name="notes")
    at = models.DateTimeField(_("lúc"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    percent = models.PositiveSmallIntegerField(_("tiến độ (%)"), validators=[MaxValueValidator(100)])
    text = ProseField(_("đã làm được gì"), max_length=2000)
    files = models.ManyToManyField(Attachment, editable=False, related_name="+", verbose_name=_("tệp"))
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("ghi chép tiến độ")
        verbose_name_plural = pgettext_lazy("số nhiều", "ghi chép tiến độ")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_at_most_whole"),
        ]

    def __str__(self):
        return f"{self.percent} %: {self.text}"


@track_links
class ProgressFile(Progress.files.through):
    class Meta:
        proxy = True


class Progressing:
    """Mixin of Task: notes of progress; the first one says that work has begun."""

    @property
    def told_percent(self):
        """How far it is; what was handed in is whole, unless it is sent back to where it was."""
        return 100 if self.state in (State.CHECKING, State.DONE) else self.percent

    def note(self, *, by, text, percent, files=(), token=None):
        """Tell how far the work is, and hang `files` on the task; the same `token` twice is one note."""
        if token and self.notes.filter(token=token).exists():
            return
        if self.state not in STANDS["note"]:
            raise Refused(self.overtaken())
        if self.state == State.GIVEN:
            self.begin(by=by)
        note = self.notes.create(by=by, text=text, percent=percent, token=token or uuid.uuid4())
        self.percent = percent
        self.save(update_fields=["percent"])
        note.files.set(Attachment.objects.attach(files, to=self, by=by))
        self.record("noted", by=by, percent=percent)
