"""Five wrong passwords lock that name from that address for a quarter of an hour, and nobody else."""

import logging
from datetime import UTC, datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.urls import reverse

from khoidan.accounts.lockout import address
from tests.factories import make_user

SIGN_IN = reverse("accounts:sign_in")
PASSWORD = "trâu ăn cỏ ngoài đồng"

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(db):
    return make_user("an.nguyen", password=PASSWORD)


@pytest.fixture
def behind_proxy(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def attempt(username="an.nguyen", password="sai", **request):
    return Client().post(SIGN_IN, {"username": username, "password": password}, **request).status_code


def fail(times=5, **request):
    return [attempt(**request) for _time in range(times)]


def test_the_fifth_failure_locks_even_the_right_password(account):
    assert fail() == [200, 200, 200, 200, 429]
    assert attempt(password=PASSWORD) == 429


def test_success_forgets_earlier_failures(account):
    fail(4)
    assert attempt(password=PASSWORD) == 302
    assert fail(4) == [200] * 4


def test_another_name_and_another_address_are_not_locked(account):
    make_user("lai.ly", password=PASSWORD)
    fail()
    assert attempt("lai.ly", PASSWORD) == 302
    assert attempt(password=PASSWORD, REMOTE_ADDR="192.168.1.7") == 302


def test_a_quarter_of_an_hour_opens_it_again(account):
    with time_machine.travel(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), tick=False) as clock:
        fail()
        clock.shift(14 * 60)
        assert attempt(password=PASSWORD) == 429
        clock.shift(16 * 60)
        assert attempt(password=PASSWORD) == 302


def test_a_name_that_is_nobodys_is_answered_like_one_that_is_somebodys(account):
    make_user("khoa", password=PASSWORD, is_active=False)
    pages = [
        [Client().post(SIGN_IN, {"username": name, "password": "sai"}) for _time in range(5)]
        for name in ("an.nguyen", "khong.co.ai", "khoa")
    ]
    for answers in zip(*pages, strict=True):
        assert len({answer.status_code for answer in answers}) == 1
        said = {tuple(answer.context["form"].non_field_errors()) for answer in answers if answer.status_code == 200}
        assert len(said) <= 1
    assert len({answers[-1].content for answers in pages}) == 1


def test_a_locked_account_is_told_nothing_though_the_password_is_right(account):
    make_user("khoa", password=PASSWORD, is_active=False)
    told = [Client().post(SIGN_IN, {"username": "khoa", "password": word}) for word in (PASSWORD, "sai")]
    assert [str(answer.context["form"].non_field_errors()) for answer in told][0] == str(
        told[1].context["form"].non_field_errors()
    )


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_forged_headers_do_not_make_another_address(account, header):
    statuses = [attempt(**{header: f"10.0.0.{number}"}) for number in range(5)]
    assert statuses[-1] == 429


def test_behind_a_proxy_the_last_hop_counts_and_what_the_visitor_claims_does_not(account, behind_proxy):
    forged = [attempt(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 203.0.113.9") for number in range(5)]
    assert forged[-1] == 429
    assert attempt(password=PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.10") == 302


@pytest.mark.parametrize(
    ("headers", "alone", "behind"),
    [
        ({}, "192.0.2.1", "192.0.2.1"),
        ({"HTTP_X_FORWARDED_FOR": ""}, "192.0.2.1", "192.0.2.1"),
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "192.0.2.1", "203.0.113.9"),
        ({"HTTP_X_FORWARDED_FOR": "1.1.1.1, 203.0.113.9"}, "192.0.2.1", "203.0.113.9"),
        ({"HTTP_X_FORWARDED_FOR": "1.1.1.1,2.2.2.2 , 2001:db8::9"}, "192.0.2.1", "2001:db8::9"),
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.9,"}, "192.0.2.1", "192.0.2.1"),
        ({"HTTP_X_FORWARDED_FOR": "x' OR 1=1"}, "192.0.2.1", "192.0.2.1"),
    ],
)
def test_the_address_of_who_asks(settings, headers, alone, behind):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)
    for proxy, expected in ((None, alone), (("HTTP_X_FORWARDED_PROTO", "https"), behind)):
        settings.SECURE_PROXY_SSL_HEADER = proxy
        assert address(request) == expected


TOO_LONG = ["a" * 151, "a" * 256, "İ" * 150]
NO_NAMES = [*TOO_LONG, "an\nnguyen", "an\rnguyen", "an\u2028nguyen", "an\x1b[31m", "an\x7f", "an\x00"]


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_cannot_be_a_name_is_a_wrong_sign_in_like_any_other(account, name):
    answers = [Client().post(SIGN_IN, {"username": each, "password": "sai"}) for each in (name, "an.nguyen")]
    assert [answer.status_code for answer in answers] == [200, 200]
    if "\x00" not in name:
        assert len({str(answer.context["form"].errors) for answer in answers}) == 1
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["an.nguyen"]


def test_the_log_names_nobody_who_failed_to_sign_in(account, caplog):
    assert logging.getLogger("axes").level == logging.ERROR
    fail()
    assert "an.nguyen" not in caplog.text
    assert "127.0.0.1" not in caplog.text
