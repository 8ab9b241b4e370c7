"""How long one stays signed in, and what ends it sooner."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from khoidan.accounts.models import Session, User
from tests.factories import make_user

PASSWORD = "trâu ăn cỏ ngoài đồng"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PROFILE, SIGN_IN, ADMIN = "/profile/", "/sign-in/", "/admin/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def sign_in(username="an.nguyen"):
    browser = Client()
    answer = browser.post(SIGN_IN, {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def is_in(browser, url=PROFILE):
    """True when the page opens; who is not signed in is sent to do so."""
    answer = browser.get(url)
    if answer.status_code == 302:
        assert answer.url.startswith((SIGN_IN, "/admin/login/"))
    return answer.status_code == 200


@pytest.fixture
def account(clock):
    return make_user("an.nguyen", password=PASSWORD)


@pytest.fixture
def root(clock):
    return User.objects.create_superuser("root", name="Quản Trị", password=PASSWORD)


@pytest.mark.parametrize(("minutes", "stays"), [(59, True), (60, True), (61, False)])
def test_an_hour_without_a_request_ends_the_session(clock, account, minutes, stays):
    browser = sign_in()
    clock.shift(40 * 60)
    assert is_in(browser)
    clock.shift(minutes * 60)
    assert is_in(browser) is stays


def test_the_hour_counts_from_signing_in_too(clock, account):
    browser = sign_in()
    clock.shift(61 * 60)
    assert not is_in(browser)


@pytest.mark.parametrize("url", [ADMIN, PROFILE])
@pytest.mark.parametrize(("minutes", "stays"), [(30, True), (31, False)])
def test_half_an_hour_ends_that_of_who_configures_and_no_other_page_prolongs_it(clock, root, url, minutes, stays):
    browser = sign_in("root")
    assert is_in(browser, ADMIN)
    clock.shift(minutes * 60)
    assert is_in(browser, url) is stays


def test_twelve_hours_end_it_however_busy_one_is(clock, account):
    browser = sign_in()
    for _half_hour in range(24):
        clock.shift(30 * 60)
        assert is_in(browser)
    clock.shift(60)
    assert not is_in(browser)
    assert is_in(sign_in())


def test_whoever_writes_a_long_text_is_kept_by_a_sign_of_life(clock, account):
    browser = sign_in()
    for _time in range(2):
        clock.shift(50 * 60)
        assert browser.post(reverse("accounts:ping")).status_code == 204
    assert is_in(browser)
    clock.shift(61 * 60)
    assert browser.post(reverse("accounts:ping")).status_code == 302


def test_pages_warn_of_the_end_that_is_in_force(clock, account, root):
    for username, seconds in (("an.nguyen", 3600), ("root", 1800)):
        assert sign_in(username).get(PROFILE).context["session_ends"] == seconds


def test_reading_writes_the_session_once_a_minute_at_most(clock, account, queries):
    browser = sign_in()
    for seconds, written in ((30, 0), (40, 1), (10, 0)):
        clock.shift(seconds)
        with queries() as seen:
            browser.get(PROFILE)
        assert sum(statement.startswith('UPDATE "accounts_session"') for statement in seen) == written


def test_signing_in_takes_a_new_session(clock, account):
    browser = Client()
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies["session"] = session.session_key
    browser.post(SIGN_IN, {"username": "an.nguyen", "password": PASSWORD})
    assert browser.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_signing_out_ends_the_session_itself(clock, account):
    browser, thief = sign_in(), Client()
    thief.cookies["session"] = browser.cookies["session"].value
    assert is_in(thief)
    assert browser.get(reverse("accounts:sign_out")).status_code == 405
    answer = browser.post(reverse("accounts:sign_out"))
    assert answer["Clear-Site-Data"] == '"storage"'
    assert not is_in(thief)
    assert "Clear-Site-Data" not in thief.get("/")  # whose session merely ended keeps what was typed


def test_a_new_password_ends_all_other_sessions(clock, account):
    here, elsewhere, somebody = sign_in(), sign_in(), Client()
    somebody.force_login(make_user())
    data = {"old_password": PASSWORD, "new_password1": "lúa chín vàng trên nương", "new_password2": ""}
    assert here.post(reverse("accounts:password"), data).status_code == 200
    assert is_in(elsewhere)
    data |= {"new_password2": data["new_password1"]}
    assert here.post(reverse("accounts:password"), data).status_code == 302
    assert Session.objects.filter(user=account).count() == 1
    assert is_in(here)
    assert not is_in(elsewhere)
    assert is_in(somebody)


def test_other_sessions_are_counted_and_ended_at_a_click(clock, account):
    here, elsewhere = sign_in(), sign_in()
    assert here.get(PROFILE).context["other_sessions"] == 1
    here.post(reverse("accounts:sessions"))
    assert is_in(here)
    assert not is_in(elsewhere)


def test_who_is_locked_is_out_at_the_next_request(clock, account):
    browser = sign_in()
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert not is_in(browser)


def test_nobody_renames_themselves(account):
    """The log of acts tells by the name who did something."""
    browser = sign_in()
    page = browser.get(PROFILE)
    assert account.name in page.content.decode()
    assert "name" not in page.context["form"].fields
    data = {"name": "Hoàng Đình Khuê", "email": "an@nahang.example", "language": "vi", "theme": "dark"}
    assert browser.post(PROFILE, data).status_code == 302
    kept = User.objects.get(pk=account.pk)
    assert (kept.name, kept.email, kept.theme) == (account.name, "an@nahang.example", "dark")


@pytest.mark.parametrize("key", ['"\\000' + "a" * 31 + '"', "A" * 32, "a" * 31, "a" * 33, "'--" + "a" * 29])
def test_what_is_no_key_of_a_session_is_nobodys(db, key, queries):
    browser = Client()
    browser.cookies["session"] = ""
    with queries() as seen:
        answer = browser.get(PROFILE, HTTP_COOKIE=f"session={key}")
    assert (answer.status_code, [statement for statement in seen if "accounts_session" in statement]) == (302, [])
