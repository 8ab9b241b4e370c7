"""The list of tasks."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from khoidan.accounts.saved import SavedViews
from khoidan.core.views import ListView


class TaskList(SavedViews, ListView):
    def quick_views(self):
        today = timezone.localdate()
        monday = today - timedelta(days=today.weekday())
        return [
            (_("Tất cả"), {}),
            (_("Quá hạn"), {"state": "late"}),
            (_("Hôm nay"), due_between(today, today)),
            (_("Tuần này"), due_between(monday, monday + timedelta(days=6))),
            (_("Chờ nghiệm thu"), {"state": "checking"}),
            (_("Xin gia hạn"), {"state": "asking"}),
            (_("Nháp chờ giao"), {"state": "draft"}),
            (_("Đã xong"), {"state": "done"}),
            (_("Tôi nhập"), {"entered": "any"}),
        ]


def due_between(first, last):
    return {"state": "open", "due_from": f"{first:%d/%m/%Y}", "due_to": f"{last:%d/%m/%Y}"}
