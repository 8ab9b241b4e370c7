"""What a password may be: length decides; common words, the office's and one's own name are refused."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from khoidan.accounts.models import User
from tests.factories import make_user

OLD = "trâu ăn cỏ ngoài đồng"
GOOD = [
    "lúa chín vàng trên nương",
    "k7#Qz!w2Lm9x",
    "aaaabbbbcccc-dddd",
    "847291650382",
    "x" * 64 + "y" * 64,
    "khoidan lúa chín vàng",
    "%$#@!^&*()_+=-~`",
    "123456789012-lúa",
    "mây mưa mây mưa mây",
]
BAD = {
    "": "password_too_short",
    "lúa chín à": "password_too_short",
    "lúa chín àạ": "password_too_short",
    "x" * 129: "password_too_long",
    "1234567890": "password_too_common",
    "justinbieber": "password_too_common",
    "nguyenvanan.": "password_too_similar",
    "an.nguyen1234": "password_too_similar",
    "khoidankhoidan": "password_of_office_words",
    "Khối Dân Na Hang": "password_of_office_words",
    "MatKhau@2026": "password_of_office_words",
    "mat-tran-viet-nam": "password_of_office_words",
    "NaHang@2026!": "password_of_office_words",
    "matkhau123456": "password_of_office_words",
    "TuyenQuang#2025": "password_of_office_words",
    "Congdoan1234!": "password_of_office_words",
    "a" * 128: "password_is_a_run",
    " " * 12: "password_is_a_run",
    "-" * 12: "password_is_a_run",
    "123456789012": "password_is_a_run",
    "098765432109": "password_is_a_run",
    "１２３４５６７８９０１２": "password_is_a_run",
    "ａａａａａａａａａａａａ": "password_is_a_run",
    "abcdefghijkl": "password_is_a_run",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ": "password_is_a_run",
    "qwertyuiopasdf": "password_is_a_run",
    "121212121212": "password_is_a_run",
    "abcabcabcabcab": "password_is_a_run",
    "1234 1234 1234": "password_is_a_run",
}


@pytest.fixture
def hashing():
    """The hasher that the office uses."""


@pytest.fixture
def account(db):
    return make_user("an.nguyen", name="Nguyễn Văn An", password=OLD, email="an@example.vn")


def codes(password, user):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


@pytest.mark.parametrize("password", GOOD)
def test_a_long_password_is_taken_whatever_it_is_made_of(account, password):
    assert codes(password, account) == set()


@pytest.mark.parametrize(("password", "code"), BAD.items())
def test_what_everybody_would_try_is_refused(account, password, code):
    assert code in codes(password, account)


@pytest.mark.parametrize("password", ["", "x" * 129, "Khối Dân Na Hang", "justinbieber"])
def test_the_page_says_why_and_the_old_password_stays(client, account, password):
    client.force_login(account)
    data = {"old_password": OLD, "new_password1": password, "new_password2": password}
    answer = client.post(reverse("accounts:password"), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert User.objects.get().check_password(OLD)


def test_nobody_changes_a_password_without_the_old_one(client, account):
    client.force_login(account)
    data = {"old_password": "sai", "new_password1": GOOD[0], "new_password2": GOOD[0]}
    assert "old_password" in client.post(reverse("accounts:password"), data).context["form"].errors
    assert User.objects.get().check_password(OLD)


def test_passwords_are_kept_as_argon2id_at_the_cost_that_was_chosen(account):
    told = identify_hasher(account.password).safe_summary(account.password)
    assert {str(key): value for key, value in told.items()}["variety"] == "argon2id"
    assert "$m=19456,t=2,p=1$" in account.password


def guess(client, old="sai", new=GOOD[0]):
    return client.post(reverse("accounts:password"), {"old_password": old, "new_password1": new, "new_password2": new})


def test_five_wrong_guesses_at_the_old_password_end_the_session(client, account):
    client.force_login(account)
    assert [guess(client).status_code for _time in range(4)] == [200] * 4
    assert guess(client, old="").status_code == 200  # nothing was guessed
    assert guess(client, old=OLD, new="ngắn").status_code == 200
    last = guess(client)
    assert (last.status_code, last.url) == (302, "/sign-in/")
    page = client.get(last.url)
    assert "Bạn đã bị đăng xuất vì nhập sai mật khẩu hiện tại quá nhiều lần." in page.content.decode()
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert guess(client, old=OLD).url.startswith("/sign-in/")
    assert User.objects.get().check_password(OLD)


def test_who_changes_the_password_starts_counting_anew(client, account):
    client.force_login(account)
    assert [guess(client).status_code for _time in range(4)] == [200] * 4
    assert guess(client, old=OLD).status_code == 302
    assert [guess(client).status_code for _time in range(4)] == [200] * 4
