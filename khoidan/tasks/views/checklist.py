"""What is clear about a draft and what is not, each with the way to the box where one says it."""

from django.urls import reverse

from khoidan.core.dates import is_over
from khoidan.tasks.forms.past import past_words
from khoidan.tasks.models.clarity import FIELD_OF


def checklist(task, *, fills, back=""):
    """[(label, is clear, URL of the box or None where the reader may not fill it)]; the form leads `back`."""
    form = f"{reverse('tasks:task_edit', args=[task.pk])}{f'?back={back}' if back else ''}" if fills else None
    told = {"due": past_words(task.due)} if is_over(task.due) else {}
    return [
        (". ".join(filter(None, [str(label), told.get(name)])), clear, form and f"{form}#id_{FIELD_OF.get(name, name)}")
        for name, label, clear in task.clarity()
    ]
