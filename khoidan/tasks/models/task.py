"""A task: one accountable person, one deliverable, one place, one date."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import DayField, Derived, LineField, ProseField
from khoidan.organizations.models import Area, Capability, Counted, CountedQuerySet, scope_of, track_links
from khoidan.organizations.models.owned import within
from khoidan.staffing.models import Person

from .clarity import CLEAR, Clarity, Unclear


class TaskQuerySet(CountedQuerySet):
    def condition(self, user, action):
        """Drafts are edited by who may enter, given tasks by who directs, finished ones by nobody.

        One's own draft one may also throw away, and fetch back.
        """
        if action == "change":
            scope = scope_of(user)
            draft = Q(state=Task.State.DRAFT) & within(scope, Capability.ENTER_WORK)
            return draft | (Q(state=Task.State.GIVEN) & within(scope, Capability.DIRECT_WORK))
        allowed = super().condition(user, action)
        if action in ("void", "restore"):
            own = Q(state=Task.State.DRAFT, created_by=user.pk)
            return allowed | (own & within(scope_of(user), Capability.ENTER_WORK))
        return allowed | self.taking_part(user) if action == "complete" else allowed

    def naming(self, user):
        return Q(accountable__user=user.pk)

    def drafts(self):
        return self.filter(state=Task.State.DRAFT)

    def open(self):
        return self.filter(state=Task.State.GIVEN)

    def done(self):
        return self.filter(state=Task.State.DONE)

    def overdue(self, day=None):
        return self.open().filter(due__lt=day or timezone.localdate())

    def done_within(self, start, end):
        """Completed on days from `start` until before `end`."""
        return self.done().filter(completed_on__gte=start, completed_on__lt=end)

    def of(self, user):
        """Tasks that `user` is accountable for."""
        return self.filter(accountable__user=user)

    def stemming_from(self, model, ids):
        """Tasks whose origin is one of the records `ids` of `model`."""
        return self.live().filter(origin_type=ContentType.objects.get_for_model(model), origin_id__in=ids)

    def for_list(self):
        return self.select_related("unit", "accountable", "area").defer("description", "folded")


@pghistory.track(exclude=["folded", "token"])
class Task(Clarity, Counted):
    """Work given to one person. A draft may be unclear; a given task never is."""

    class State(models.TextChoices):
        DRAFT = "draft", _("nháp")
        GIVEN = "given", _("đã giao")
        DONE = "done", _("hoàn thành")

    needs = Counted.needs | {
        "give": Capability.DIRECT_WORK,
        "complete": Capability.DIRECT_WORK,
        "reopen": Capability.APPROVE_WORK,
    }
    acts = Counted.acts | {
        "created": _("Soạn nhiệm vụ"),
        "given": _("Giao nhiệm vụ"),
        "completed": _("Hoàn thành"),
        "reopened": _("Mở lại"),
    }

    title = LineField(_("nhiệm vụ"), max_length=300)
    deliverable = LineField(
        _("sản phẩm"), max_length=300, blank=True, help_text=_("Ví dụ: báo cáo, kế hoạch, biên bản.")
    )
    description = ProseField(_("nội dung"), blank=True)
    accountable = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("người chủ trì"),
        help_text=_("Một người, đang giữ chức danh trong khối."),
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("địa bàn"))
    address = LineField(_("nơi làm"), blank=True, help_text=_("Ví dụ: Hội trường khối, thôn Bản Bung."))
    due = DayField(_("hạn"), null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=5, choices=State, default=State.DRAFT, editable=False)
    given_at = models.DateTimeField(_("giao lúc"), null=True, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("người giao"),
    )
    completed_at = models.DateTimeField(_("hoàn thành lúc"), null=True, editable=False)
    completed_on = DayField(_("ngày hoàn thành"), null=True, editable=False)
    result = ProseField(_("kết quả"), blank=True, editable=False)
    origin_type = models.ForeignKey(ContentType, models.PROTECT, null=True, editable=False, related_name="+")
    origin_id = models.BigIntegerField(null=True, editable=False)
    origin = GenericForeignKey("origin_type", "origin_id")
    folded = Derived(sources=["title", "deliverable", "address"])

    objects = TaskQuerySet.as_manager()

    class Meta(Counted.Meta):
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = pgettext_lazy("số nhiều", "nhiệm vụ")
        ordering = ["-completed_on", "due", "pk"]  # what is not done comes first, by due day; then the newest results
        indexes = [
            models.Index(fields=["unit", "due", "id"], condition=Q(state="given"), name="task_open_by_unit"),
            models.Index(fields=["bloc", "due", "id"], condition=Q(state="given"), name="task_open_by_bloc"),
            models.Index(fields=["unit", "-completed_on", "due", "id"], name="task_by_unit"),
            models.Index(fields=["bloc", "-completed_on", "due", "id"], name="task_by_bloc"),
            models.Index(fields=["accountable", "due", "id"], name="task_by_person"),
            models.Index(fields=["origin_type", "origin_id"], name="task_by_origin"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="task_by_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | CLEAR,
                name="task_given_is_clear",
                violation_error_message=_("Nhiệm vụ đã giao phải có người chủ trì, sản phẩm, nơi làm và hạn."),
            ),
            models.CheckConstraint(
                condition=Q(state="done", completed_at__isnull=False, completed_on__isnull=False)
                | (~Q(state="done") & Q(completed_at=None, completed_on=None)),
                name="task_done_has_a_day",
            ),
        ]
        triggers = [
            *Counted.Meta.triggers,
            pgtrigger.FSM(
                name="moves",
                field="state",
                transitions=[("draft", "given"), ("given", "done"), ("done", "given")],
            ),
        ]

    def __str__(self):
        return self.title

    @classmethod
    def may_restore(cls, user):
        return super().may_restore(user) or cls.may_add(user)

    @classmethod
    def issued(cls):
        return ~Q(state=cls.State.DRAFT)

    @property
    def is_late(self):
        return self.state == self.State.GIVEN and self.due < timezone.localdate()

    @property
    def badge(self):
        """{word, icon, tone} of the state, late told apart from given."""
        if self.is_late:
            return {"word": _now("quá hạn"), "icon": "exclamation-triangle-fill", "tone": "late"}
        icon, tone = {
            self.State.DRAFT: ("pencil", "draft"),
            self.State.GIVEN: ("play-fill", "running"),
            self.State.DONE: ("check-circle-fill", "done"),
        }[self.state]
        return {"word": self.get_state_display(), "icon": icon, "tone": tone}

    @property
    def place(self):
        return ", ".join(part for part in (self.address, str(self.area or "")) if part)

    def parts_taken(self, user):
        if self.accountable and self.accountable.user_id == user.pk:
            return [_now("Bạn là người chủ trì việc này.")]
        return []

    def refusal(self, action):
        if action == "change" and self.state == self.State.DONE:
            return _now("Nhiệm vụ đã hoàn thành nên không sửa được; hãy mở lại trước.")
        if action == "change" and self.state == self.State.GIVEN:
            return super().refusal("give")
        return super().refusal(action)

    def give(self, *, by):
        """Tell the accountable person to work on it; idempotent. Raises Unclear while anything is missing."""
        if self.state != self.State.DRAFT:
            return
        missing = self.missing()
        if missing:
            raise Unclear(missing)
        self.state, self.given_at, self.given_by = self.State.GIVEN, timezone.now(), by
        self.save(update_fields=["state", "given_at", "given_by"])
        self.record("given", by=by)

    def complete(self, *, by, result=""):
        """Close the task with its result; idempotent. A draft was never given and cannot be completed."""
        if self.state == self.State.DONE:
            return
        if self.state == self.State.DRAFT:
            raise Refused(_now("Nhiệm vụ còn là nháp, chưa giao nên chưa thể hoàn thành."))
        self.state, self.result = self.State.DONE, result
        self.completed_at, self.completed_on = timezone.now(), timezone.localdate()
        self.save(update_fields=["state", "result", "completed_at", "completed_on"])
        self.record("completed", by=by)

    def reopen(self, *, by, reason):
        """Give a finished task back to its person, saying why; idempotent."""
        if self.state != self.State.DONE:
            return
        self.state, self.completed_at, self.completed_on = self.State.GIVEN, None, None
        self.save(update_fields=["state", "completed_at", "completed_on"])
        self.record("reopened", by=by, reason=reason)


@track_links
class TaskOrganization(Task.organizations.through):
    class Meta:
        proxy = True
