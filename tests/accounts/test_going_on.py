"""Where a page may send one on to: this site, and nowhere else."""

import pytest
from django.urls import reverse

from tests.factories import make_user

AWAY = [
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "https:///evil.example",
    "http:/\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "\thttps://evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "\x00//evil.example/",
    "ftp://testserver/",
    "//[",
]
ON_THIS_SITE = ["/tasks/?page=2", "http://testserver/tasks/", "/people/?q=Hứa%20Thị"]
PASSWORD = "trâu ăn cỏ ngoài đồng"

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(db):
    return make_user("an.nguyen", password=PASSWORD)


def language(client, target):
    return client.post(reverse("set_language"), {"language": "en", "next": target}).url


def no_language(client, target):
    return client.post(reverse("set_language"), {"language": "xx", "next": target}).url


def theme(client, target):
    client.force_login(make_user())
    return client.post(reverse("accounts:theme"), {"theme": "dark", "next": target}).url


def no_theme(client, target):
    client.force_login(make_user())
    return client.post(reverse("accounts:theme"), {"theme": "xx", "next": target}).url


def sign_in(client, target):
    make_user("an.nguyen", password=PASSWORD)
    data = {"username": "an.nguyen", "password": PASSWORD, "next": target}
    return client.post(reverse("accounts:sign_in"), data).url


def signed_in_already(client, target):
    client.force_login(make_user())
    return client.get(reverse("accounts:sign_in"), {"next": target}).url


def sign_out(client, target):
    client.force_login(make_user())
    return client.post(reverse("accounts:sign_out"), {"next": target}).url


WAYS = {
    language: "/",
    no_language: "/",
    theme: "/profile/",
    no_theme: "/profile/",
    sign_in: "/",
    signed_in_already: "/",
    sign_out: "/sign-in/",
}


@pytest.mark.parametrize("target", AWAY)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nobody_is_sent_away_from_this_site(client, way, target):
    assert way(client, target) == WAYS[way]


@pytest.mark.parametrize("target", ON_THIS_SITE)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_one_comes_back_to_where_one_was(client, way, target):
    assert way(client, target).replace("%E1%BB%A9", "ứ").replace("%E1%BB%8B", "ị") == target


@pytest.mark.parametrize("target", ["http://testserver/tasks/", "http://localhost/"])
def test_from_a_page_with_tls_nobody_is_sent_to_one_without(client, target):
    answer = client.post(reverse("set_language"), {"language": "en", "next": target}, secure=True)
    assert answer.url == "/"


def test_no_header_is_split_by_what_is_asked_for(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/tasks/\r\nSet-Cookie: a=b"})
    assert set(answer.cookies) == {"django_language"}
    assert "\n" not in answer.url


SENT = {
    "/tasks/1/giving/": "/tasks/1/",
    "/tasks/1/giving/?back=mine": "/tasks/1/",
    "/tasks/1/voiding/": "/tasks/1/",
    "/meetings/7/conclusions/3/removal/": "/meetings/7/",
    "http://testserver/tasks/1/giving/": "/tasks/1/",
    "/profile/theme/": "/profile/",
    "/sign-out/": "/",
    "/sign-in/": "/",
    "/sign-in/?next=/tasks/": "/",
    "/sign-in/demo/": "/",
    "/language/": "/",
    "/tasks/1/completion/": "/tasks/1/completion/",
    "/tasks/import/preview/confirmation/": "/tasks/import/preview/",
    "/khong-co/": "/khong-co/",
    "/admin/": "/admin/",
}


@pytest.mark.parametrize(("target", "page"), SENT.items())
@pytest.mark.parametrize("way", [sign_in, signed_in_already, language], ids=lambda way: way.__name__)
def test_who_goes_on_comes_to_a_page_and_not_to_a_deed(client, way, target, page):
    assert way(client, target) == page


def test_a_deed_after_the_end_of_the_session_leads_back_to_its_page(client):
    asked = client.post("/tasks/1/giving/", follow=False).url
    make_user("an.nguyen", password=PASSWORD)
    assert client.post(asked, {"username": "an.nguyen", "password": PASSWORD}).url == "/tasks/1/"
