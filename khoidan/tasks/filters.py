import django_filters
from django.utils.translation import gettext_lazy as _

from khoidan.core.filters import DayFilter, ScopedFilterSet, SearchFilter

from .models import Task
from .offers import choices_of, counting_for, known_areas, known_people, known_units

ALL = _("Tất cả")
STATES = [
    ("draft", _("nháp")),
    ("to_give", _("nháp chờ tôi giao")),
    ("given", _("đã giao")),
    ("late", _("quá hạn")),
    ("done", _("hoàn thành")),
]

OFFERED = {"unit": "unit", "accountable": "person", "organization": "organization", "area": "area"}


class ChoiceFilter(django_filters.ChoiceFilter):
    """A select whose choices come later; with the search box of long selects."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"empty_label": ALL, "choices": []} | kwargs))


def offer(field, choices):
    field.choices = choices
    field.widget.attrs["data-pick"] = ""


class Folding:
    """Mixin of a filter set: fields in `more` are folded away until one of them is used."""

    more = ()

    def more_used(self):
        return any(self.data.get(name) for name in self.more)


class TaskFilter(Folding, ScopedFilterSet):
    q = SearchFilter(label=_("Tìm việc"))
    unit = ChoiceFilter(label=_("Đơn vị"))
    state = ChoiceFilter(label=_("Trạng thái"), choices=STATES, method="in_state")
    accountable = ChoiceFilter(label=_("Người chủ trì"))
    organization = ChoiceFilter(label=_("Tính cho tổ chức"), method="for_organization")
    area = ChoiceFilter(label=_("Địa bàn"))
    due_from = DayFilter("due", "gte", label=_("Hạn từ ngày"))
    due_to = DayFilter("due", "lte", label=_("Hạn đến hết ngày"))
    done_from = DayFilter("completed_on", "gte", label=_("Xong từ ngày"))
    done_to = DayFilter("completed_on", "lte", label=_("Xong đến hết ngày"))

    more = ("accountable", "organization", "area", "due_from", "due_to", "done_from", "done_to")

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
        return {"draft": rows.drafts, "given": rows.open, "late": rows.overdue, "done": rows.done}[value]()

    def for_organization(self, rows, name, value):
        return counting_for(rows, value)
