"""Who is accountable for a task, and who was."""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import ProseField
from khoidan.staffing.models import Person

from .states import OPEN, STANDS, State


@pghistory.track()
class Reassignment(models.Model):
    """A given task passed from one accountable person to another; who was stays known."""

    task = models.ForeignKey("tasks.Task", models.CASCADE, related_name="reassignments")
    before = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("người trước"))
    after = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("người sau"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người chuyển"))
    at = models.DateTimeField(_("chuyển lúc"), default=timezone.now)
    reason = ProseField(_("lý do"), max_length=1000)

    class Meta:
        verbose_name = _("chuyển người chủ trì")
        verbose_name_plural = pgettext_lazy("số nhiều", "chuyển người chủ trì")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.before} → {self.after}"


def must_sit(person, bloc):
    """A ValidationError at `person` for who holds no seat in `bloc`, a key, today."""
    if not person.sits_in(bloc):
        sentence = _now("%(person)s không giữ chức danh nào trong khối hôm nay.") % {"person": person}
        raise ValidationError({"person": sentence})


class Passing:
    """Mixin of Task: one accountable person at a time; each part in it is passed on with a reason."""

    def must_not_check(self, person):
        if person.pk == self.checker_id:
            sentence = _now("%(person)s là người nghiệm thu việc này; hãy đổi người nghiệm thu trước.")
            raise ValidationError({"person": sentence % {"person": person}})

    def must_not_be_over(self):
        if self.state not in (State.DRAFT, *OPEN):
            raise Refused(self.overtaken())

    def reassign(self, *, by, person, reason):
        """Make `person`, who holds a seat in the bloc, accountable in place of who was. Same person: nothing."""
        if person.pk == self.accountable_id:
            return
        if self.state not in STANDS["reassign"]:
            raise Refused(_now("Chỉ chuyển người chủ trì của việc đã giao và chưa xong; việc nháp thì bấm Sửa."))
        must_sit(person, self.bloc_id)
        self.must_not_check(person)
        before, self.accountable = self.accountable, person
        self.relieved = before
        self.save(update_fields=["accountable"])
        self.helpers.remove(person)
        self.drop_wish(by=by)
        self.reassignments.create(before=before, after=person, by=by, reason=reason)
        self.record("reassigned", by=by, reason=reason, before=before.pk, after=person.pk)

    def redirect(self, *, by, person, reason):
        """Name somebody else for a draft, which nobody was told to do yet. Same person: nothing."""
        if self.state != State.DRAFT:
            raise Refused(self.overtaken())
        if person.pk == self.accountable_id:
            return
        must_sit(person, self.bloc_id)
        self.must_not_check(person)
        before, self.accountable = self.accountable_id, person
        self.save(update_fields=["accountable"])
        self.helpers.remove(person)
        self.record("redirected", by=by, reason=reason, before=before, after=person.pk)

    def change_checker(self, *, by, person, reason):
        """Let `person` check the result in place of who would. Same person: nothing."""
        self.must_not_be_over()
        if person.pk == self.checker_id:
            return
        must_sit(person, self.bloc_id)
        if person.pk == self.accountable_id:
            raise ValidationError({"person": _now("Người nghiệm thu phải khác người chủ trì.")})
        before, self.checker = self.checker_id, person
        self.save(update_fields=["checker"])
        self.record("checker_changed", by=by, reason=reason, before=before, after=person.pk)

    def change_helper(self, *, by, before, person, reason):
        """Let `person` help in place of `before`; who is in the task already does so as what they are."""
        self.must_not_be_over()
        if not self.helpers.filter(pk=before.pk).exists():
            return
        must_sit(person, self.bloc_id)
        self.helpers.remove(before)
        if person.pk != self.accountable_id:
            self.helpers.add(person)
            self.joined = person
        self.record("helper_changed", by=by, reason=reason, before=before.pk, after=person.pk)
