from django.db.models import F
from django.forms import HiddenInput
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from khoidan.core.filters import (
    ChoiceFilter,
    DayFilter,
    EnteredFilter,
    PeriodFilter,
    ScopedFilterSet,
    SearchFilter,
    offer,
)
from khoidan.core.forms import keys_of
from khoidan.core.words import day
from khoidan.notices.models import Notice
from khoidan.staffing.models import Position

from .models import State, Task, TaskTemplate, Urgency
from .models.figures import HANDED_BACK, STOPPED, WANTING
from .models.recurrence import Every
from .offers import choices_among, choices_of, counting_for, known_people, known_rows, known_units, labelled

STATES = [
    ("open", _("chưa xong")),
    ("late", _("quá hạn")),
    ("asking", _("đang xin gia hạn")),
    ("to_check", _("chờ tôi nghiệm thu")),
    ("to_answer", _("xin gia hạn, chờ tôi trả lời")),
    ("to_give", _("nháp chờ tôi giao")),
    ("helping", _("tôi phối hợp, chưa xong")),
    *State.choices,
    ("on_time", _("xong đúng hạn")),
    ("done_late", _("xong quá hạn")),
    ("back_late", _("trả lại khi đã quá hạn")),
    ("not_due", _("chưa xong, còn hạn")),
    ("above", _("vượt yêu cầu")),
    ("counted", _("đã giao, không kể đã dừng")),
]
FOR_ME = ("to_check", "to_answer", "to_give", "helping")  # which they are depends on who asks
CLARITIES = [("yes", _("rõ ngay lần đầu")), ("no", _("từng chưa rõ"))]
STUMBLED = [(STOPPED, _("bị dừng khi giao")), (HANDED_BACK, _("bị trả lại người giao")), *WANTING.items()]

OFFERED = {
    "unit": "unit",
    "accountable": "person",
    "helper": "person",
    "checker": "person",
    "organization": "organization",
    "area": "area",
    "passed": "person",
    "home": "unit",
}


class TaskFilter(ScopedFilterSet):
    q = SearchFilter(label=_("Tìm việc"))
    unit = ChoiceFilter(label=_("Đơn vị"))
    state = ChoiceFilter(label=_("Trạng thái"), choices=STATES, method="in_state")
    accountable = ChoiceFilter(label=_("Người chủ trì"))
    helper = ChoiceFilter("helpers", label=_("Người phối hợp"))
    checker = ChoiceFilter(label=_("Người nghiệm thu"))
    organization = ChoiceFilter(label=_("Tính cho tổ chức"), method="for_organization")
    area = ChoiceFilter(label=_("Địa bàn"))
    urgency = ChoiceFilter(label=_("Độ khẩn"), choices=Urgency.choices)
    due_from = DayFilter("due", "gte", label=_("Hạn từ ngày"))
    due_to = DayFilter("due", "lte", label=_("Hạn đến hết ngày"))
    done_from = DayFilter("completed_on", "gte", label=_("Xong từ ngày"))
    done_to = DayFilter("completed_on", "lte", label=_("Xong đến hết ngày"))
    clear = ChoiceFilter(label=_("Rõ việc"), choices=CLARITIES, method="in_clarity")
    entered = EnteredFilter()
    # What links from figures ask for.
    given_in = PeriodFilter("given_at", label=_("Giao trong"))
    stumble = ChoiceFilter(label=_("Chưa rõ vì"), choices=STUMBLED, method="having_stumbled", widget=HiddenInput)
    stumble_in = PeriodFilter(label=_("Chưa rõ trong"), method="beside_stumble")
    passed = ChoiceFilter(label=_("Chuyển đi từ"), method="passed_on_by", widget=HiddenInput)
    home = ChoiceFilter(label=_("Người chủ trì thuộc"), method="at_home_in", widget=HiddenInput)
    notice = CharFilter(label=_("Việc trong thông báo"), method="told_in", widget=HiddenInput)

    more = (
        "accountable",
        "helper",
        "checker",
        "organization",
        "area",
        "urgency",
        "due_from",
        "due_to",
        "done_from",
        "done_to",
        "clear",
        "entered",
    )

    class Meta:
        model = Task
        fields = []

    @cached_property
    def known(self):
        return known_rows(self.request.user)

    def limit(self, user, fields):
        known = choices_among(self.known)
        for name, which in OFFERED.items():
            offer(fields[name], known[which])

    def in_state(self, rows, name, value):
        if value in FOR_ME:
            return getattr(rows, value)(self.request.user)
        if value in State.values:
            return rows.filter(state=value)
        return getattr(rows, value)()

    def in_clarity(self, rows, name, value):
        return rows.filter(unclear_at__isnull=value == "yes")

    def having_stumbled(self, rows, name, value):
        return rows.stumbling(value, self.form.cleaned_data.get("stumble_in"))

    def beside_stumble(self, rows, name, value):
        return rows  # asked together with how

    def passed_on_by(self, rows, name, value):
        return rows.passed_on_by(value)

    def told_in(self, rows, name, value):
        return rows.filter(pk__in=self.notice_asked.targets) if self.notice_asked else rows.none()

    @cached_property
    def notice_asked(self):
        """One of the reader's own; None where there is none such."""
        own = Notice.objects.permitting(self.request.user, "view").about(Task)
        return own.filter(pk__in=keys_of([self.data.get("notice", "")])).first()

    def words(self, name, value):
        if name != "notice":
            return super().words(name, value)
        return f"{self.notice_asked.actor_name}, {day(self.notice_asked.at)}" if self.notice_asked else "–"

    def at_home_in(self, rows, name, value):
        return rows.by_people_at_home_in(value)

    def for_organization(self, rows, name, value):
        return counting_for(rows, value)


class BoardFilter(TaskFilter):
    """States are the columns of the board."""

    state = None


RUNS = [("running", _("đang chạy")), ("paused", _("tạm dừng")), ("never", _("không định kỳ"))]


class TemplateFilter(ScopedFilterSet):
    q = SearchFilter(label=_("Tìm việc mẫu"))
    unit = ChoiceFilter(label=_("Đơn vị"))
    position = ChoiceFilter(label=_("Chức danh"))
    person = ChoiceFilter(label=_("Đích danh"))
    every = ChoiceFilter(label=_("Lặp lại"), choices=Every.choices)
    state = ChoiceFilter(label=_("Trạng thái"), choices=RUNS, method="in_state")
    organization = ChoiceFilter(label=_("Tính cho tổ chức"), method="for_organization")
    entered = EnteredFilter()

    more = ("person", "every", "state", "organization", "entered")

    class Meta:
        model = TaskTemplate
        fields = []

    def limit(self, user, fields):
        positions = labelled(Position.objects.all(), "position", rank=F("order"))
        known = choices_of(known_units(user), known_people(user), positions)
        for name in ("unit", "position", "person", "organization"):
            offer(fields[name], known[name])

    def in_state(self, rows, name, value):
        ruled = rows.exclude(every=Every.NEVER)
        if value == "never":
            return rows.filter(every=Every.NEVER)
        return ruled.filter(activated_by__isnull=value == "paused")

    def for_organization(self, rows, name, value):
        return counting_for(rows, value)
