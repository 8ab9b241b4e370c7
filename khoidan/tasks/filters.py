from django.utils.translation import gettext_lazy as _

from khoidan.core.filters import ChoiceFilter, DayFilter, EnteredFilter, ScopedFilterSet, SearchFilter, offer

from .models import State, Task, Urgency
from .offers import choices_of, counting_for, known_areas, known_people, known_units

STATES = [
    ("open", _("chưa xong")),
    ("late", _("quá hạn")),
    ("asking", _("đang xin gia hạn")),
    ("to_give", _("nháp chờ tôi giao")),
    *State.choices,
]

OFFERED = {
    "unit": "unit",
    "accountable": "person",
    "helper": "person",
    "checker": "person",
    "organization": "organization",
    "area": "area",
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
    entered = EnteredFilter()

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
        "entered",
    )

    class Meta:
        model = Task
        fields = []

    def limit(self, user, fields):
        known = choices_of(known_units(user), known_people(user), known_areas())
        for name, which in OFFERED.items():
            offer(fields[name], known[which])

    def in_state(self, rows, name, value):
        if value == "to_give":
            return rows.drafts().filter(rows.condition(self.request.user, "give"))
        if value in State.values:
            return rows.filter(state=value)
        return {"open": rows.open, "late": rows.overdue, "asking": rows.asking}[value]()

    def for_organization(self, rows, name, value):
        return counting_for(rows, value)
