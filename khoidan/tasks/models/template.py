"""Templates of tasks: the text of a task, whom it is for, and on which days it comes back."""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoidan.core.errors import Refused
from khoidan.core.fields import DayField, Derived, LineField, ProseField
from khoidan.organizations.models import Area, Capability, Counted, track_links
from khoidan.staffing.models import Person, Position

from . import recurrence
from .addressee import Addressed
from .clarity import NEEDED
from .people import must_sit
from .recurrence import ASKED, DayOff, Every
from .routine import Routine
from .states import Urgency
from .template_rights import BOUND, TemplateQuerySet
from .wording import TOLD, meant, unknown
from .written import WORDED

MOST_DAYS = 366
FIELD_OF = {"accountable": "position", "place": "address"}  # where on the form; the others have a field of their name
SAYS_ALL = (
    ~Q(deliverable="")
    & (Q(area__isnull=False) | ~Q(address=""))
    & (Q(position__isnull=False) | Q(person__isnull=False))
)
RULED = (
    Q(every=Every.NEVER.value)
    | Q(every=Every.WEEK.value, weekday__isnull=False)
    | Q(every=Every.MONTH.value, month_day__isnull=False)
    | Q(every__in=[Every.QUARTER.value, Every.YEAR.value], month_day__isnull=False, month__isnull=False)
)


def asked_back(word):
    near = meant(word)
    return _now("%(word)s (có phải %(near)s?)") % {"word": word, "near": near} if near else word


@pghistory.track(exclude=["folded", "sort_key", "token"])
class TaskTemplate(Routine, Addressed, Counted):
    """Work that comes back, or is written once and given often. It makes tasks by itself only while somebody who may
    give tasks in its unit answers for it (`activated_by`)."""

    Every, DayOff = Every, DayOff

    needs = Counted.needs | dict.fromkeys(["activate", "pause"], Capability.DIRECT_WORK)
    acts = Counted.acts | {
        "created": _("Soạn việc mẫu"),
        "changed": _("Sửa việc mẫu"),
        "activated": _("Cho chạy định kỳ"),
        "paused": _("Tạm dừng"),
        "passed_on": _("Bàn giao"),
    }

    title = LineField(_("nhiệm vụ"), max_length=300)
    deliverable = LineField(_("sản phẩm"), max_length=300, blank=True)
    requirement = ProseField(_("yêu cầu"), max_length=2000, blank=True)
    description = ProseField(_("nội dung"), blank=True)
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chức danh chủ trì")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("hoặc đích danh")
    )
    checker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người nghiệm thu")
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("địa bàn"))
    address = LineField(_("nơi làm"), blank=True)
    urgency = models.PositiveSmallIntegerField(_("độ khẩn"), choices=Urgency, default=Urgency.NORMAL)
    private = models.BooleanField(_("việc riêng"), default=False)
    every = models.CharField(_("lặp lại"), max_length=7, choices=Every, default=Every.NEVER)
    weekday = models.PositiveSmallIntegerField(_("thứ"), choices=WEEKDAYS, null=True, blank=True)
    month_day = models.PositiveSmallIntegerField(_("ngày"), choices=recurrence.MONTH_DAYS, null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("tháng"), choices=recurrence.MONTHS, null=True, blank=True)
    day_off = models.CharField(_("hạn rơi vào ngày nghỉ"), max_length=6, choices=DayOff, default=DayOff.BEFORE)
    lead_days = models.PositiveSmallIntegerField(
        _("giao trước hạn (ngày)"), default=7, validators=[MaxValueValidator(MOST_DAYS)]
    )
    work_days = models.PositiveSmallIntegerField(
        _("số ngày làm việc để làm"), null=True, blank=True, validators=[MaxValueValidator(MOST_DAYS)]
    )
    start = DayField(_("từ ngày"), default=timezone.localdate)
    end = DayField(_("đến trước ngày"), null=True, blank=True)
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("người cho chạy"),
    )
    # Only what is due from this day on is made: when it was set going, or what it asks for was changed.
    since = DayField(_("chạy từ ngày"), null=True, editable=False)
    sort_key = Derived(sources=["title"], by="sort_key")
    folded = Derived(sources=["title", "deliverable", "address"])

    objects = TemplateQuerySet.as_manager()

    class Meta(Counted.Meta):
        verbose_name = _("việc mẫu")
        verbose_name_plural = pgettext_lazy("số nhiều", "việc mẫu")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["bloc", "sort_key", "id"], name="template_by_bloc")]
        constraints = [
            models.CheckConstraint(
                condition=Q(position=None) | Q(person=None),
                name="template_for_one",
                violation_error_message=_("Chọn chức danh hoặc chọn đích danh một người, không chọn cả hai."),
            ),
            models.CheckConstraint(
                condition=RULED,
                name="template_rule_is_whole",
                violation_error_message=_("Quy tắc lặp lại còn thiếu thứ, ngày hoặc tháng."),
            ),
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gt=F("start")),
                name="template_ends_after_start",
                violation_error_message=_("Ngày cuối phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(activated_by=None, since=None)
                | (Q(activated_by__isnull=False, since__isnull=False, voided_at=None) & ~Q(every="never") & SAYS_ALL),
                name="template_running_is_clear",
                violation_error_message=_("Việc mẫu đang chạy phải có lịch lặp lại, người, sản phẩm và nơi làm."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """What each rule cannot do without, and words in braces that nobody would fill."""
        errors = {
            name: _("Lặp lại %(every)s thì phải chọn ô này.") % {"every": self.get_every_display()}
            for name in ASKED.get(self.every, ())
            if getattr(self, name) is None
        }
        for name in WORDED:
            if wrong := unknown(getattr(self, name) or ""):
                told = {"wrong": ", ".join(map(asked_back, wrong)), "known": TOLD}
                errors[name] = _("Không hiểu %(wrong)s. Trong ngoặc nhọn chỉ dùng: %(known)s.") % told
        if self.position_id and self.person_id:
            errors["person"] = _("Chọn chức danh hoặc chọn đích danh một người, không chọn cả hai.")
        if self.position and self.unit_id and self.position.kinds and self.unit.kind not in self.position.kinds:
            errors["position"] = _("Đơn vị này không có chức danh đó.")
        if self.person_id and self.person_id == self.checker_id:
            errors["checker"] = _("Người nghiệm thu phải khác người chủ trì.")
        errors = self.wanting() | errors
        if errors:
            raise ValidationError(errors)

    def wanting(self):
        """{field: sentence} of what a running template cannot do without; none for one that does not run."""
        if not self.is_running:
            return {}
        told = _now("Việc mẫu đang chạy không được thiếu. %(what)s.")
        errors = {FIELD_OF.get(name, name): told % {"what": NEEDED[name]} for name in self.lacking()}
        ruled = {} if self.is_ruled else {"every": _("Việc mẫu đang chạy phải có lịch; muốn thôi, hãy tạm dừng trước.")}
        return errors | ruled

    @property
    def is_running(self):
        return self.activated_by_id is not None

    @property
    def is_ruled(self):
        return self.every != Every.NEVER

    @property
    def rule(self):
        return recurrence.words_of(self)

    @property
    def place(self):
        return ", ".join(part for part in (self.address, str(self.area or "")) if part)

    @property
    def badge(self):
        if self.is_running:
            return {"word": _now("đang chạy"), "icon": "arrow-repeat", "tone": "running"}
        if self.is_ruled:
            return {"word": _now("tạm dừng"), "icon": "pause-circle", "tone": "draft"}
        return {"word": _now("không định kỳ"), "icon": "file-earmark-text", "tone": "draft"}

    def refusal(self, action):
        needed = "activate" if action == "change" and self.is_running else action
        doer = self.person and self.person.user_id
        people = self.able(needed)
        if action not in BOUND or not self.is_running or doer == self.activated_by_id or doer not in dict(people):
            return super().refusal(needed)
        sentence = _now("Việc mẫu do người khác cho chạy thì %(who)s không tự làm bước này. Người làm được: %(names)s.")
        return sentence % (self.told_right(needed, [each for each in people if each[0] != doer]) | {"who": self.person})

    @classmethod
    def may_restore(cls, user):
        return super().may_restore(user) or cls.may_add(user)

    def parts_taken(self, user):
        return [_now("Bạn được nêu tên trong việc mẫu này.")] if user.pk in self.named_accounts() else []

    def named_accounts(self):
        return {person.user_id for person in (self.person, self.checker) if person}

    def lacking(self):
        """What stands between the text and tasks that are clear."""
        lacks = [
            ("accountable", not (self.position_id or self.person_id)),
            ("deliverable", not self.deliverable),
            ("place", not (self.area_id or self.address)),
        ]
        return [name for name, lacks_it in lacks if lacks_it]

    def activate(self, *, by):
        """Let it run in the name of `by` from today on, in place of whoever it ran for. Idempotent."""
        if self.activated_by_id == by.pk:
            return
        if not self.is_ruled:
            raise Refused(_now("Việc mẫu này không định kỳ; hãy chọn lịch lặp lại trước."))
        if lacking := self.lacking():
            wanting = "; ".join(str(NEEDED[name]) for name in lacking)
            raise Refused(_now("Chưa cho chạy được, còn thiếu: %(missing)s.") % {"missing": wanting})
        self.run_for(by)
        self.record("activated", by=by)

    def run_for(self, by):
        """Who answers for what it makes from today on; None: nobody, and it makes nothing."""
        self.activated_by, self.since = by, by and timezone.localdate()
        self.save(update_fields=["activated_by", "since"])

    def pause(self, *, by):
        """Make no more tasks by itself; idempotent."""
        if self.is_running:
            self.run_for(None)
            self.record("paused", by=by)

    def changed(self, *, by):
        """Who changed a running template answers for what it makes by its new text and rule, from today on."""
        super().changed(by=by)
        if self.is_running:
            self.run_for(by)

    def pass_on(self, *, by, part, person, reason):
        """Name `person` as `part` ("person" or "checker") in place of who is. Same person: nothing."""
        before, other = getattr(self, part), self.checker if part == "person" else self.person
        if person == before:
            return
        if person == other:
            raise ValidationError({"person": _now("Người nghiệm thu phải khác người chủ trì.")})
        must_sit(person, self.bloc_id)
        setattr(self, part, person)
        self.save(update_fields=[part])
        self.record("passed_on", by=by, reason=reason, before=before and before.pk, after=person.pk)

    def void(self, *, by, reason=""):
        self.pause(by=by)
        super().void(by=by, reason=reason)


@track_links
class TaskTemplateOrganization(TaskTemplate.organizations.through):
    class Meta:
        proxy = True
