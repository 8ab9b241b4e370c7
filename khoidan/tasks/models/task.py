"""A task: one accountable person, one deliverable, one place, one date."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.fields import DayField, Derived, LineField, ProseField
from khoidan.files.models import HoldsFiles
from khoidan.organizations.models import Area, Capability, Counted, track_links
from khoidan.staffing.models import Person

from .at_hand import answers
from .clarity import Clarity
from .deadline import Deadline
from .family import WAITS_FOR_CHILDREN, Family
from .moves import Moves
from .people import Passing
from .progress import Progressing
from .queryset import TaskQuerySet
from .refusals import Refusing
from .shown import Shown
from .states import MOVES, OPEN, State, Urgency
from .structure import CONSTRAINTS, INDEXES
from .told import NOTICES, Telling


def account(label):
    """Who did something to a task, noted by the act itself; no index, for nobody looks through years of work by it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=label,
    )


def moment(label):
    return models.DateTimeField(label, null=True, editable=False)


@pghistory.track(exclude=["folded", "token"])
class Task(Refusing, Telling, Clarity, Moves, Shown, Deadline, Passing, Progressing, Family, HoldsFiles, Counted):
    """Work given to one person. A draft may be unclear; a given task never is."""

    State, Urgency, OPEN = State, Urgency, OPEN
    tells_rights = True

    needs = Counted.needs | dict.fromkeys(
        ("give", "begin", "note", "complete", "accept", "send_back", "decide", "reschedule", "cancel", "reassign"),
        Capability.DIRECT_WORK,
    )
    needs |= {
        "attach": Capability.ENTER_WORK,
        "detach": Capability.ENTER_WORK,
        "fan_out": Capability.ENTER_WORK,
        "mark": Capability.DIRECT_WORK,
        "reopen": Capability.APPROVE_WORK,
        "hand_back": None,  # the accountable person's alone
        "ask": None,
    }
    acts = Counted.acts | HoldsFiles.file_acts
    acts |= {
        "created": _("Soạn nhiệm vụ"),
        "stopped_at_gate": _("Chưa đủ rõ để giao"),
        "given": _("Giao nhiệm vụ"),
        "started": _("Bắt đầu làm"),
        "noted": _("Ghi tiến độ"),
        "submitted": _("Báo xong, chờ nghiệm thu"),
        "accepted": _("Nghiệm thu"),
        "completed": _("Hoàn thành"),
        "sent_back": _("Trả lại để làm tiếp"),
        "handed_back": _("Trả lại người giao"),
        "extension_asked": _("Xin gia hạn"),
        "extension_granted": _("Đồng ý gia hạn"),
        "extension_refused": _("Không đồng ý gia hạn"),
        "rescheduled": _("Đổi hạn"),
        "reassigned": _("Chuyển người chủ trì"),
        "redirected": _("Đổi người chủ trì của nháp"),
        "checker_changed": _("Đổi người nghiệm thu"),
        "helper_changed": _("Đổi người phối hợp"),
        "cancelled": _("Dừng việc"),
        "reopened": _("Mở lại"),
        "marked_above": _("Ghi nhận vượt yêu cầu"),
    }

    untold = {"moved_at", "moved_by", "submitted_at", "submitted_by", "started_at", "handed_back_by"}  # acts tell them
    notices = NOTICES
    adds_files, removes_files, removes_own_files = ("attach",), ("detach",), ("attach",)

    title = LineField(_("nhiệm vụ"), max_length=300)
    deliverable = LineField(
        _("sản phẩm"), max_length=300, blank=True, help_text=_("Ví dụ: báo cáo, kế hoạch, biên bản.")
    )
    requirement = ProseField(
        _("yêu cầu"), max_length=2000, blank=True, help_text=_("Thế nào là đạt: số lượng, chất lượng.")
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
    helpers = models.ManyToManyField(Person, blank=True, related_name="helped_tasks", verbose_name=_("người phối hợp"))
    checker = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="checked_tasks",
        verbose_name=_("người nghiệm thu"),
        help_text=_("Người thứ hai xem kết quả trước khi việc được coi là xong. Để trống nếu không cần."),
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("địa bàn"))
    address = LineField(_("nơi làm"), blank=True, help_text=_("Ví dụ: Hội trường khối, thôn Bản Bung."))
    start = DayField(_("bắt đầu"), null=True, blank=True)
    due = DayField(_("hạn"), null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(_("độ khẩn"), choices=Urgency, default=Urgency.NORMAL)
    private = models.BooleanField(
        _("việc riêng"),
        default=False,
        help_text=_("Chỉ người trong việc và người được xem dữ liệu cá nhân của đơn vị thấy."),
    )
    state = models.CharField(_("trạng thái"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    moved_at, moved_by = moment(_("chuyển trạng thái lúc")), account(_("người chuyển trạng thái"))
    percent = models.PositiveSmallIntegerField(
        _("tiến độ (%)"), default=0, editable=False, validators=[MaxValueValidator(100)]
    )
    unclear_at = moment(
        _("chưa rõ lúc")
    )  # first refusal by the gate, or by the accountable person; null: clear at once
    given_at, given_by = moment(_("giao lúc")), account(_("người giao"))
    started_at = moment(_("bắt đầu lúc"))
    handed_back_by = models.ForeignKey(  # of a draft that was given before; null again once it is given
        Person,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("người trả lại"),
    )
    submitted_at, submitted_by = moment(_("báo xong lúc")), account(_("người báo xong"))
    completed_at = moment(_("hoàn thành lúc"))
    completed_on = DayField(_("ngày hoàn thành"), null=True, editable=False)
    cancelled_at = moment(_("dừng lúc"))
    result = ProseField(_("kết quả"), blank=True, editable=False)
    above = models.BooleanField(_("vượt yêu cầu"), default=False, editable=False)
    above_reason = ProseField(_("vượt yêu cầu ở chỗ nào"), max_length=1000, blank=True, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="children", verbose_name=_("thuộc việc chung")
    )
    template = models.ForeignKey(
        "tasks.TaskTemplate",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="tasks",
        verbose_name=_("việc mẫu"),
    )
    occurrence = DayField(_("kỳ"), null=True, editable=False)  # day of the template's rule that the task is for
    origin_type = models.ForeignKey(ContentType, models.PROTECT, null=True, editable=False, related_name="+")
    origin_id = models.BigIntegerField(null=True, editable=False)
    origin = GenericForeignKey("origin_type", "origin_id")
    folded = Derived(sources=["title", "deliverable", "address"])

    objects = TaskQuerySet.as_manager()

    class Meta(Counted.Meta):
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = pgettext_lazy("số nhiều", "nhiệm vụ")
        ordering = ["-completed_on", "due", "pk"]  # what is not done comes first, by due day; then the newest results
        indexes = INDEXES
        constraints = CONSTRAINTS
        triggers = [
            *Counted.Meta.triggers,
            pgtrigger.FSM(name="moves", field="state", transitions=[(str(a), str(b)) for a, b in MOVES]),
            pgtrigger.Trigger(
                name="parent_waits",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="done"),
                func=WAITS_FOR_CHILDREN,
            ),
        ]

    @classmethod
    def may_restore(cls, user):
        return super().may_restore(user) or cls.may_add(user)

    @classmethod
    def issued(cls):
        return ~models.Q(state=State.DRAFT)

    def tell_rights(self, user, actions):
        for action, may in answers(self, user, actions).items():
            setattr(self, f"may_{action}", may)

    def parts_taken(self, user):
        told = []
        if self.accountable and self.accountable.user_id == user.pk:
            told.append(_now("Bạn là người chủ trì việc này."))
        if self.checker and self.checker.user_id == user.pk:
            told.append(_now("Bạn là người nghiệm thu việc này."))
        if user.pk in {person.user_id for person in self.helpers.all()}:
            told.append(_now("Bạn là người phối hợp việc này."))
        return told

    def void(self, *, by, reason=""):
        parts = self.parts_never_given()
        super().void(by=by, reason=reason)
        self.withdraw(parts, by=by)
        self.settle_parent()

    def restore(self, *, by):
        if self.state not in (State.DONE, State.CANCELLED):
            self.refuse_under_finished_parent()
        super().restore(by=by)
        if self.children.live().exists():  # they may have gone on while it was away
            self.settle()
        self.settle_parent()


@track_links
class TaskOrganization(Task.organizations.through):
    class Meta:
        proxy = True


@track_links
class TaskHelper(Task.helpers.through):
    class Meta:
        proxy = True
