"""The gate: whatever the resolver can reach is scoped, or stands on a short list with its reason."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, get_resolver

from khoidan.accounts.views import OwnAccount
from khoidan.core.views import Scoped

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
    "staffing:my_rights": "one's own rights",
}


def patterns(resolver, namespace=""):
    """(qualified name, view class or function) of every URL below `resolver`, the admin site left out."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace == "admin":
                continue
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", getattr(entry.callback, "view_class", entry.callback)


REACHED = sorted(patterns(get_resolver()), key=lambda pair: pair[0])


def test_every_url_has_a_name_of_its_own():
    names = [name for name, _view in REACHED]
    assert len(names) == len(set(names))
    assert not [name for name in names if name.endswith("None")]


@pytest.mark.parametrize(("name", "view"), REACHED, ids=[name for name, _view in REACHED])
def test_every_view_is_scoped_or_says_why_not(name, view):
    if name in PUBLIC or name in OF_ONESELF:
        return
    assert isinstance(view, type), f"{name} is a function: make it a Scoped view"
    assert issubclass(view, Scoped | OwnAccount), f"{name} is not Scoped"


def test_only_the_public_list_is_open_without_signing_in():
    unguarded = {
        f"{name}" for name, entry in callbacks(get_resolver()) if not getattr(entry.callback, "login_required", True)
    }
    assert unguarded == PUBLIC


def callbacks(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from callbacks(entry, inner)
        else:
            yield f"{namespace}{entry.name}", entry


def test_the_lists_name_no_url_that_is_gone():
    names = {name for name, _view in REACHED}
    assert PUBLIC | set(OF_ONESELF) <= names


def test_the_gate_can_fail():
    """Negative control: an open view is told apart."""

    @login_not_required
    def open_view(request):
        return None

    assert getattr(open_view, "login_required", True) is False
    assert not issubclass(type("Bare", (), {}), Scoped | OwnAccount)
