"""The list of tasks."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khoidan.accounts.saved import SavedViews
from khoidan.core.dates import today
from khoidan.core.links import address_of
from khoidan.core.periods import week
from khoidan.core.templatetags.khoidan import state as pill_of
from khoidan.core.views import ListView
from khoidan.core.words import day
from khoidan.tasks.models.shown import TaskRow


class TaskList(SavedViews, ListView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        address, drawn_for = address_of(self.resource.name("detail")), (get_language(), today())
        return context | {"rows": [line(task, address, drawn_for) for task in context["page_obj"].object_list]}

    def quick_views(self):
        this_week = week(today())
        return [
            (_("Tất cả"), {}),
            (_("Quá hạn"), {"state": "late"}),
            (_("Hôm nay"), due_between(today(), today())),
            (_("Tuần này"), due_between(this_week.start, this_week.last)),
            (_("Chờ nghiệm thu"), {"state": "checking"}),
            (_("Xin gia hạn"), {"state": "asking"}),
            (_("Nháp"), {"state": "draft"}),
            (_("Đã xong"), {"state": "done"}),
            (_("Tôi nhập"), {"entered": "any"}),
        ]


def line(task, address, drawn_for):
    """What a row of the list says, in words already: a template asks for each cell several times over."""
    return {
        "task": task,
        "url": address.format(task.pk),
        "title": task.title,
        "deliverable": task.deliverable,
        "unit": task.unit,
        "person": task.person or "–",
        "place": task.place or "–",
        **standing(*drawn_for, task.state, task.due, task.handed_in_on and task.submitted_at, task.completed_on),
    }


@lru_cache(maxsize=4096)
def standing(_language, _today, state, due, submitted_at, completed_on):
    """What many rows say alike, drawn once a day: the due day, how far it is or when it was done, and the state."""
    task = TaskRow(0, "", "", "", due, state, submitted_at, completed_on, "", None, None)
    return {"due": day(due) or "–", "when": when(task), "state": pill_of(task.badge)}


def when(task):
    """How far the due day is, or when it was done."""
    if task.is_open:
        return due_note(task.told_due, task.is_late)
    return due_note(_("xong %(day)s") % {"day": day(task.completed_on)}, False) if task.completed_on else ""


def due_note(words, is_late):
    return format_html('<small class="due{}">{}</small>', " due-late" if is_late else "", words)


def due_between(first, last):
    return {"state": "open", "due_from": f"{first:%d/%m/%Y}", "due_to": f"{last:%d/%m/%Y}"}
