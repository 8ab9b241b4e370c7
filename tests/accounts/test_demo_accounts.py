"""Demo accounts have a printed password: they are of use to nobody but who sits at this machine."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests.factories import make_user
from tests.reading import text_of

STEP_IN, SIGN_IN, HOME = reverse("accounts:step_in"), reverse("accounts:sign_in"), "/profile/"

pytestmark = pytest.mark.django_db

HERE = [
    {"SERVER_NAME": "localhost"},
    {"SERVER_NAME": "localhost", "SERVER_PORT": "8000"},
    {"HTTP_HOST": "127.0.0.1:8000"},
    {"HTTP_HOST": "127.0.0.1"},
    {"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"},
    {"HTTP_HOST": "[::1]", "REMOTE_ADDR": "::1"},
]
ELSEWHERE = [
    {"HTTP_HOST": "localhost", "REMOTE_ADDR": "192.168.1.7"},
    {"HTTP_HOST": "localhost", "REMOTE_ADDR": "2001:db8::1"},
    {"HTTP_HOST": "localhost", "REMOTE_ADDR": ""},
    {"HTTP_HOST": "192.168.1.2:8000"},
    {"HTTP_HOST": "khoidan.example.vn"},
    {"HTTP_HOST": "127.0.0.1.example.vn"},
    {"HTTP_HOST": "localhost.example.vn:8000"},
    {"HTTP_HOST": "localhost", "REMOTE_ADDR": "192.168.1.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_HOST": "localhost", "REMOTE_ADDR": "192.168.1.7", "HTTP_X_FORWARDED_HOST": "localhost"},
    # A proxy on this very machine, as careless as can be: only what it adds tells that somebody is behind it.
    {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_HOST": "localhost", "HTTP_FORWARDED": "for=127.0.0.1"},
    {"HTTP_HOST": "localhost", "HTTP_X_REAL_IP": "192.168.1.7"},
    {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_PROTO": "http"},
    {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_HOST": "khoidan.example.vn"},
    {"HTTP_HOST": "localhost", "HTTP_VIA": "1.1 proxy"},
]


@pytest.fixture(autouse=True)
def any_host(settings):
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def clerk(db):
    return make_user("nga.hua", is_demo=True, demo_role="Văn thư", password="một mật khẩu đã in ra")


def test_at_this_machine_a_role_is_one_click(clerk):
    for place in HERE:
        browser = Client(**place)
        assert "Văn thư" in text_of(browser.get(SIGN_IN)), place
        assert browser.post(STEP_IN, {"account": clerk.pk}).status_code == 302, place
        assert browser.get(HOME).status_code == 200, place


def test_a_role_leads_on_to_where_one_was_going(clerk):
    browser = Client(SERVER_NAME="localhost")
    page = browser.get(f"{SIGN_IN}?next=/tasks/mine/").content.decode()
    assert page.count('<input type="hidden" name="next" value="/tasks/mine/">') == 2  # of the form and of the role
    for asked, comes in {
        "/tasks/mine/": "/tasks/mine/",
        "/tasks/1/giving/": "/tasks/1/",
        "//evil.example/": "/",
    }.items():
        assert browser.post(STEP_IN, {"account": clerk.pk, "next": asked}).url == comes


@pytest.mark.parametrize("place", ELSEWHERE, ids=str)
def test_elsewhere_there_is_no_demo(clerk, place):
    browser = Client(**place)
    assert "Văn thư" not in text_of(browser.get(SIGN_IN))
    assert browser.post(STEP_IN, {"account": clerk.pk}).status_code == 404
    assert SESSION_KEY not in browser.session


@pytest.mark.parametrize("place", ELSEWHERE, ids=str)
def test_a_demo_account_does_nothing_elsewhere_however_it_got_in(clerk, place):
    browser = Client(**place)
    browser.force_login(clerk)
    answer = browser.get(HOME)
    assert answer.status_code == 403
    assert "chỉ dùng được trên chính máy này" in text_of(answer)
    assert clerk.name not in text_of(answer)
    assert browser.post(reverse("accounts:theme"), {"theme": "dark"}).status_code == 403
    browser.logout()
    browser.post(SIGN_IN, {"username": "nga.hua", "password": "một mật khẩu đã in ra"})
    assert browser.get(HOME).status_code == 403


@pytest.mark.parametrize("place", ELSEWHERE, ids=str)
def test_a_real_account_works_from_anywhere(place):
    browser = Client(**place)
    browser.force_login(make_user())
    assert browser.get(HOME).status_code == 200


@pytest.mark.parametrize("given", ["", "abc", "-1", "9" * 30, "²", "1 OR 1=1", "\x00"])
def test_only_a_role_that_is_offered_is_stepped_into(clerk, given):
    locked = make_user("khoan.ma", is_demo=True, demo_role="Chuyên viên", is_active=False)
    real, unoffered = make_user("an.nguyen", demo_role="Văn thư"), make_user("x", is_demo=True)
    for account in (given, locked.pk, real.pk, unoffered.pk):
        browser = Client(SERVER_NAME="localhost")
        assert browser.post(STEP_IN, {"account": account}).status_code == 404
        assert SESSION_KEY not in browser.session
    assert Client(SERVER_NAME="localhost").get(STEP_IN).status_code == 405
