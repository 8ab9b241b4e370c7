"""The gate: whatever the resolver can reach is scoped, or stands on a short list with its reason."""

import ast
import inspect
import textwrap

import pytest
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.views.generic import ListView, View

from khoidan.accounts.views import OwnAccount
from khoidan.core.views import Scoped
from khoidan.tasks.models import Task

# Reached without signing in; nothing of the office is shown there.
PUBLIC = {"accounts:sign_in", "accounts:step_in", "set_language"}

# Signed in, about nobody's records: one's own session, or pages made only of permitted querysets.
OF_ONESELF = {
    "accounts:sign_out": "ends one's own session",
    "accounts:sessions": "ends one's own other sessions",
    "accounts:password": "one's own password",
    "accounts:ping": "keeps one's own session",
    "dashboards:home": "counts and lists of permitted querysets",
    "dashboards:search": "lists of permitted querysets",
}


def patterns(resolver, namespace=""):
    """(qualified name, entry) of every URL below `resolver`, the admin site left out."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry
        elif entry.namespace != "admin":
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def view_of(entry):
    """The class behind a URL, or the function where there is none."""
    return getattr(entry.callback, "view_class", entry.callback)


def is_open(entry):
    """True when it is reached without signing in."""
    return not getattr(entry.callback, "login_required", True)


def leaves_the_door(view):
    """Names of the classes of `view` whose get_queryset does not start where the one above it ends."""
    return [
        cls.__name__
        for cls in view.__mro__
        if issubclass(cls, Scoped) and cls is not Scoped and "get_queryset" in vars(cls) and not goes_up(cls)
    ]


def goes_up(cls):
    """True when the method calls super().get_queryset()."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(vars(cls)["get_queryset"])))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return "super().get_queryset" in map(ast.unparse, calls)


def complaint(name, entry):
    """Why this URL may not stand; empty when it may."""
    view = view_of(entry)
    if is_open(entry):
        return "" if name in PUBLIC else f"{name} is open without signing in"
    if name in PUBLIC:
        return f"{name} is on the public list and asks to sign in"
    if isinstance(view, type) and issubclass(view, Scoped):
        doors = leaves_the_door(view)
        return f"{name}: {', '.join(doors)}.get_queryset leaves the permitted rows behind" if doors else ""
    if name in OF_ONESELF or (isinstance(view, type) and issubclass(view, OwnAccount)):
        return ""
    return f"{name} is not Scoped"


def complaints(resolver):
    return list(filter(None, (complaint(name, entry) for name, entry in patterns(resolver))))


REACHED = sorted(patterns(get_resolver()), key=lambda pair: pair[0])


def test_every_url_has_a_name_of_its_own():
    names = [name for name, _entry in REACHED]
    assert len(names) == len(set(names))
    assert not [name for name in names if name.endswith("None")]


@pytest.mark.parametrize(("name", "entry"), REACHED, ids=[name for name, _entry in REACHED])
def test_every_view_is_scoped_or_says_why_not(name, entry):
    assert complaint(name, entry) == ""


def test_the_lists_name_only_what_is_there_and_not_scoped():
    views = {name: view_of(entry) for name, entry in REACHED}
    assert PUBLIC | set(OF_ONESELF) <= set(views)
    assert [name for name in OF_ONESELF if issubclass(views[name], Scoped | OwnAccount)] == []


# The negative control: the same function over a house with one door of each kind.


class Permitted(Scoped, ListView):
    model = Task


class Narrowed(Permitted):
    def get_queryset(self):
        return super().get_queryset().open()


class Everything(Permitted):
    def get_queryset(self):
        return Task.objects.all()


class BelowEverything(Everything):
    def get_queryset(self):
        return super().get_queryset().open()


class Bare(View):
    pass


@login_not_required
def anybody(request):
    """Stands for a page that was opened by mistake."""


def signed_in(request):
    """Stands for a page that shows whatever it likes."""


class House:
    app_name = "house"
    urlpatterns = [
        path("permitted/", Permitted.as_view(), name="permitted"),
        path("narrowed/", Narrowed.as_view(), name="narrowed"),
        path("everything/", Everything.as_view(), name="everything"),
        path("below/", BelowEverything.as_view(), name="below"),
        path("bare/", Bare.as_view(), name="bare"),
        path("anybody/", anybody, name="anybody"),
        path("signed-in/", signed_in, name="signed_in"),
        path("scoped-and-open/", login_not_required(Permitted.as_view()), name="open"),
    ]


def test_the_gate_stops_each_open_door_and_no_other():
    class Street:
        urlpatterns = [path("house/", include(House)), path("sign-in/", signed_in, name="set_language")]

    assert complaints(URLResolver(path("", anybody).pattern, Street)) == [
        "house:everything: Everything.get_queryset leaves the permitted rows behind",
        "house:below: Everything.get_queryset leaves the permitted rows behind",
        "house:bare is not Scoped",
        "house:anybody is open without signing in",
        "house:signed_in is not Scoped",
        "house:open is open without signing in",
        "set_language is on the public list and asks to sign in",
    ]
