"""Coming in, being kept out, and what the account remembers."""

import pytest
from playwright.sync_api import expect

from .hands import PASSWORD, save, sign_in, told

STORY = {"khue.hoang": "Hoàng Đình Khuê", "thuyen.nong": "Nông Thị Thuyên", "nga.hua": "Hứa Thị Nga"}
WRONG = "Hãy nhập đúng tên đăng nhập và mật khẩu."


def user_menu(page):
    page.locator(".user-menu > summary").click()
    return page.locator(".user-menu")


def try_password(page, username, password):
    page.goto("/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    with page.expect_response("**/sign-in/") as answer:
        page.get_by_role("button", name="Đăng nhập").click()
    return answer.value.status


@pytest.mark.parametrize("username", STORY)
def test_the_three_of_the_story_come_in_with_their_password(page, username):
    page.goto("/tasks/")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    sign_in(page, username)
    expect(page).to_have_url("/tasks/")  # where they wanted to go
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hôm nay")
    expect(page.locator(".user-name")).to_have_text(STORY[username])


def test_a_role_of_the_demo_is_one_click(page):
    page.goto("/sign-in/")
    page.get_by_role("button", name="Văn thư").click()
    expect(page.locator(".user-name")).to_have_text("Hứa Thị Nga")


def test_a_wrong_password_tells_nothing_about_the_name(page):
    said = []
    for username in ("khoan.ma", "khong.co.ai"):
        try_password(page, username, "không phải mật khẩu")
        said.append(page.get_by_role("alert").inner_text())
        expect(page.get_by_label("Tên đăng nhập")).to_have_value(username)
    assert said[0] == said[1]
    assert WRONG in said[0]


def test_five_failures_lock_that_name_and_tell_the_way_back(page):
    statuses = [try_password(page, "mach.nguyen", f"đoán lần thứ {n}") for n in range(5)]
    assert statuses[-1] == 429
    expect(page.get_by_role("heading", name="Tạm khóa đăng nhập")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Sau 15 phút bạn thử lại được")
    expect(page.locator("main")).to_contain_text("người quản trị")
    assert try_password(page, "mach.nguyen", PASSWORD) == 429
    page.get_by_role("link", name="Về trang đăng nhập").click()
    sign_in(page, "thang.ha")
    expect(page.locator(".user-name")).to_have_text("Hà Văn Thăng")


def test_a_new_password_ends_the_sessions_elsewhere(enter):
    here, elsewhere = enter("phay.dang"), enter("phay.dang")
    new = "một-mật-khẩu-khác-2026"
    here.goto("/profile/password/")
    here.locator("#id_old_password").fill(PASSWORD)
    here.locator("#id_new_password1").fill(new)
    here.locator("#id_new_password2").fill(new)
    save(here, "Đổi mật khẩu")
    told(here, "Đã đổi mật khẩu")
    elsewhere.get_by_role("link", name="Công việc").first.click()
    expect(elsewhere.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    here.goto("/tasks/")
    expect(here.locator(".user-name")).to_have_text("Đặng Thị Phấy")
    sign_in(elsewhere, "phay.dang", new)
    expect(elsewhere).to_have_url("/tasks/")


def test_the_language_stays_with_the_account(enter):
    page = enter("pao.ha")
    user_menu(page).get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/tasks/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tasks")
    user_menu(page).get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    second = enter("pao.ha")
    expect(second.locator("html")).to_have_attribute("lang", "en")
    user_menu(second).get_by_role("button", name="Tiếng Việt").click()
    expect(second.locator("html")).to_have_attribute("lang", "vi")


def test_the_theme_stays_with_the_account(enter):
    page = enter("pao.ha")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    user_menu(page).get_by_role("button", name="Tối").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.goto("/meetings/")
    assert page.evaluate(ground) != light
    second = enter("pao.ha")
    expect(second.locator("html")).to_have_attribute("data-bs-theme", "dark")
    user_menu(second).get_by_role("button", name="Sáng").click()
    expect(second.locator("html")).to_have_attribute("data-bs-theme", "light")
