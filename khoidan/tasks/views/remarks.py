"""What is said beside an act that was done."""

from django.contrib import messages
from django.utils.translation import gettext as _

from khoidan.core.words import day


def warn_if_late(request, task):
    """Say of a task just given that its day is over; giving it is not refused."""
    if task.is_late:
        messages.warning(request, _("Lưu ý: hạn %(day)s đã qua.") % {"day": day(task.due)})


def warn_of_later_parts(request, task):
    """Say which open parts are due after the whole; each has its own person to agree that with."""
    later = task.open_children().filter(due__gt=task.due).select_related("unit").order_by("due", "unit__sort_key", "pk")
    told = [f"{part.unit} ({day(part.due)})" for part in later]
    if told:
        words = _("Lưu ý: việc con có hạn sau hạn này: %(parts)s.") % {"parts": ", ".join(told)}
        messages.warning(request, words)
