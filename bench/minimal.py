"""The pages to compare with: what anybody would write first in Django, with neither rights, session nor frame.

Instances by select_related, a template with the url tag and the date filter, the loader cached. The rows are asked for
by their keys in the address: ?ids=1,2,3.
"""

from django.http import HttpResponse
from django.template.backends.django import DjangoTemplates
from django.urls import path

from khoidan.tasks.models import Task

from .setting import TEMPLATES

engine = DjangoTemplates({"NAME": "minimal", "DIRS": [TEMPLATES], "APP_DIRS": False, "OPTIONS": {}})


def asked(request):
    rows = Task.objects.filter(pk__in=[key for key in request.GET["ids"].split(",") if key])
    return rows.select_related("unit", "accountable", "area").order_by("-completed_on", "due", "pk")


def tasks(request):
    rows = asked(request)
    return page("tasks.html", {"tasks": rows, "count": rows.count()})


def task(request, pk):
    found = Task.objects.select_related("unit", "accountable", "area", "given_by", "created_by").get(pk=pk)
    return page("task.html", {"task": found})


def page(name, context):
    return HttpResponse(engine.get_template(name).render(context))


urlpatterns = [path("tasks/", tasks, name="tasks"), path("tasks/<int:pk>/", task, name="task")]
