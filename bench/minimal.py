"""The pages to compare with: what anybody would write first in Django for the same rows, without our frame.

The middleware of a new project, session and account from the database, units of the account in one statement;
instances by select_related, plain templates with the url tag and the date filter, the loader cached. Rows are asked for
by their keys in the address, ?ids=1,2,3, once for each part of the page.
"""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.template.backends.django import DjangoTemplates
from django.urls import path

from khoidan.organizations.models import Capability, UnitUserObjectPermission
from khoidan.tasks.models import Task

from .setting import TEMPLATES

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
engine = DjangoTemplates({"NAME": "minimal", "DIRS": [TEMPLATES], "APP_DIRS": False, "OPTIONS": {}})


def held(user):
    """Rows of the rights of `user` to read what units do."""
    return UnitUserObjectPermission.objects.filter(user=user, permission__codename=Capability.VIEW_WORK)


def asked(ids):
    return Task.objects.filter(pk__in=ids.split(",") if ids else []).select_related("unit", "accountable", "area")


@login_required
def tasks(request):
    units = list(held(request.user).values_list("content_object", flat=True))
    count = Task.objects.filter(voided_at=None, unit__in=units).count()
    rows = asked(request.GET["ids"]).order_by("-completed_on", "due", "pk")
    return page("tasks.html", {"tasks": rows, "count": count})


@login_required
def task(request, pk):
    found = Task.objects.annotate(directed=Exists(held(request.user).filter(content_object=OuterRef("unit"))))
    people = ("accountable", "checker", "given_by", "created_by")
    return page("task.html", {"task": found.select_related("unit", "area", "parent", *people).get(pk=pk)})


@login_required
def mine(request):
    parts = [asked(ids).order_by("due", "pk") for ids in request.GET.getlist("ids")]
    return page("mine.html", {"parts": parts}, request)


def page(name, context, request=None):
    return HttpResponse(engine.get_template(name).render(context, request))


urlpatterns = [
    path("tasks/", tasks, name="tasks"),
    path("tasks/mine/", mine, name="mine"),
    path("tasks/<int:pk>/", task, name="task"),
]
