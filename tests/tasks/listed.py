"""How many rows the list of tasks shows under an address, without drawing the page."""

from urllib.parse import urlsplit

from django.http import QueryDict
from django.test import RequestFactory
from django.urls import resolve

from khoidan.tasks.filters import TaskFilter
from khoidan.tasks.models import Task
from tests.factories import fresh


def listed(user, urls):
    """[number of rows] of each of `urls`, each of them the list of tasks with filters that it can read."""
    request, seen = RequestFactory().get("/"), Task.objects.permitting(fresh(user), "view")
    request.user = fresh(user)
    found = []
    for url in urls:
        parts = urlsplit(url)
        assert resolve(parts.path).view_name == "tasks:task_list"
        chosen = TaskFilter(QueryDict(parts.query), queryset=seen, request=request)
        assert not chosen.errors, url
        found.append(chosen.qs.count())
    return found
