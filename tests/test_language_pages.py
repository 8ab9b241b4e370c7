"""Every page, form, refusal and message, in both languages: nothing of the other language is left on it."""

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from khoidan.accounts.models import User
from khoidan.core.views import ActionView
from khoidan.dashboards.loading import demo
from khoidan.meetings.models import Meeting
from khoidan.tasks.models import Task
from tests.reading import Data, leftovers

LANGUAGES = ("vi", "en")
SAMPLES = 3  # records of each model whose pages are read
GARBAGE = {
    "prose": "x" * 20_000,
    "markup": "<b>x</b>\x07",
    "date": "31/02/2026",
    "number": "abc",
    "choice": "999999999",
}
pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for this module unless it is there; each test undoes what it writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        if not User.objects.demo().exists():
            demo.load("for-tests-only")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def known(loaded):
    return Data()


@pytest.fixture
def undone(loaded):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reads(undone, known):
    """`reads(user, language)`: a client that notes what each page it gets leaves in the other language."""

    class Reading(Client):
        def request(self, **request):
            response = super().request(**request)
            assert response.status_code != 500, request["PATH_INFO"]
            if response.get("Content-Type", "").startswith("text/html"):
                found = leftovers(response.content.decode(), self.language, known)
                self.found |= {f"{request['PATH_INFO']}: {text}" for text in found}
            if response.streaming:
                response.getvalue()  # the client closes a file once it was read
            return response

    def sign_in(user, language):
        client = Reading(SERVER_NAME="localhost")  # the demo is served to this machine alone
        client.language, client.found = language, set()
        client.cookies["django_language"] = language
        if user:
            User.objects.filter(pk=user.pk).update(language=language)
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def routes(resolver=None, namespace=""):
    """(name, view, arguments) of every URL of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace != "admin":
            yield from routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback, list(entry.pattern.converters)


def model_of(view):
    resource = view.view_initkwargs.get("resource") or getattr(view.view_class, "resource", None)
    return getattr(resource, "model", None) or getattr(view.view_class, "model", None)


def samples(model):
    """A few records, of each state where there are states."""
    if model is Task:
        return [Task.objects.filter(state=state).order_by("-pk").first() for state in Task.State]
    if model is Meeting:
        return [*Meeting.objects.order_by("pk")[:1], *Meeting.objects.order_by("-pk")[:2]]
    return model._default_manager.order_by("-pk")[:SAMPLES]


def arguments_of(view, names):
    """[arguments] for each page of that kind: a record, and a part of it where the URL asks for one."""
    if not names:
        return [[]]
    if names == ["pk"]:
        return [[record.pk] for record in (samples(model_of(view)) if model_of(view) else [])]
    parts = getattr(view.view_class, "parts", "conclusions")
    return [[meeting.pk, part.pk] for meeting in samples(Meeting) for part in getattr(meeting, parts).all()[:1]]


def addresses():
    """[(address, view)] of every page that a sample record has, and of those about no record."""
    every = ((name, view, arguments) for name, view, names in routes() for arguments in arguments_of(view, names))
    return [(reverse(name, args=arguments), view) for name, view, arguments in every]


def people():
    return list(User.objects.demo().filter(is_superuser=False).exclude(demo_role="").order_by("pk"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages(reads, language):
    head, *others = (reads(user, language) for user in people())
    pages = addresses()
    assert len(pages) > 100
    for address, _view in pages:
        head.get(address)
    for client in (*others, reads(None, language)):
        client.get("/nowhere/")
        for address in (address for address, _view in pages if not any(map(str.isdigit, address))):
            client.get(address)
        head.found |= client.found
    assert head.found == set()


def garbage_for(form):
    """What nobody should type, for each field of a form."""
    typed = {}
    for name, field in form.fields.items():
        kind = type(field).__name__
        word = "date" if "Date" in kind or "Time" in kind else "number" if "Integer" in kind else "prose"
        typed[form.add_prefix(name)] = GARBAGE["choice" if hasattr(field, "choices") else word]
    return typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_that_are_refused(reads, language):
    client = reads(people()[0], language)
    refused = 0
    for address, _view in addresses():
        form = getattr(client.get(address), "context", None) and client.get(address).context.get("form")
        if form is None:
            continue
        for typed in ({}, garbage_for(form), dict.fromkeys(garbage_for(form), GARBAGE["markup"])):
            with transaction.atomic():
                answer = client.post(address, typed)
                refused += answer.status_code == 200
                transaction.set_rollback(True)
    assert refused > 10
    assert client.found == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_acts_and_what_they_say(reads, language):
    client = reads(people()[0], language)
    acts = [address for address, view in addresses() if issubclass(getattr(view, "view_class", object), ActionView)]
    assert acts
    for address in acts:
        with transaction.atomic():
            client.post(address, follow=True)
            transaction.set_rollback(True)
    assert client.found == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_and_a_lock(reads, language):
    client = reads(None, language)
    for _attempt in range(6):
        answer = client.post(reverse("accounts:sign_in"), {"username": "ai-do", "password": "sai"})
    assert answer.status_code == 429
    assert client.found == set()


def admin_addresses():
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        for record in model._default_manager.order_by("-pk")[:1]:
            for page in ("change", "delete", "history"):
                yield reverse(f"{name}_{page}", args=[record.pk])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_admin_site(reads, language):
    client = reads(User.objects.get(is_superuser=True), language)
    for address in admin_addresses():
        client.get(address)
        if address.endswith(("/add/", "/change/")):
            with transaction.atomic():
                client.post(address, {})
                transaction.set_rollback(True)
    assert client.found == set()


def test_dates_are_written_alike_in_both_languages(reads):
    """dd/mm/yyyy in English too: the office reads one way."""
    task = Task.objects.exclude(due=None).filter(state=Task.State.GIVEN).first()
    head = people()[0]
    for language in LANGUAGES:
        assert f"{task.due:%d/%m/%Y}" in reads(head, language).get(task.get_absolute_url()).content.decode()


def test_a_leftover_would_be_found(undone):
    """Negative control: both searches see what they look for, and pass over data and other languages' names."""
    page = '<p title="Đóng">Nông Thị Hương</p><b lang="vi">Tiếng Việt</b><p>Please enter Nông Thị Hương.</p>'
    User.objects.create(username="moi", name="Nông Thị Hương")
    assert leftovers(page, "en", Data()) == ["Đóng"]
    assert leftovers(page, "vi", Data()) == ["Please enter Nông Thị Hương."]
