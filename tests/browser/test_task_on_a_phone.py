"""A task from being given to being found good, by two people who have only their phones."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from .hands import axe, choose, overflow, save, told

TITLE = "Chụp ảnh, ghi lại buổi ra mắt câu lạc bộ phụ nữ"
PHONE = {"width": 360, "height": 740}


def in_days(days):
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


@pytest.fixture
def phone(enter):
    def hold(username):
        page = enter(username, has_touch=True)
        page.set_viewport_size(PHONE)
        return page

    return hold


def fits(page):
    """Nothing hangs over the side, and nothing stands in the way of assistive software; looked at from the top.

    Wherever typing has scrolled to, the top bar cuts through what lies under its edge.
    """
    page.evaluate("scrollTo(0, 0)")
    assert (overflow(page), axe(page)) == (0, [])


def act(page, name):
    """Press what the page of the task offers, from its menu where it stands there."""
    found = page.locator(".page-actions, .actions, header, main").get_by_role("link", name=name, exact=True).first
    if not found.is_visible():
        page.locator(".menu-acts > summary").click()
    found.click()


def mine(page):
    page.goto("/tasks/mine/")
    return page.locator(".work li").filter(has_text=TITLE)


def give(page):
    page.goto("/tasks/new/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_deliverable").fill("Mười ảnh có chú thích")
    choose(page, "unit", "Hội LHPN")
    choose(page, "accountable", "Chẩu Thị Xoa")
    choose(page, "checker", "Nông Thị Thuyên")
    page.locator("#id_address").fill("Nhà văn hóa thôn")
    page.locator("#id_due").fill(in_days(3))
    save(page, "Lưu và giao")
    told(page, "Đã giao cho Chẩu Thị Xoa.")
    return page.url


def note_and_ask(page, task):
    mine(page).get_by_role("link", name="Ghi tiến độ").click()
    fits(page)
    page.locator("#id_percent").fill("140")
    page.locator("#id_text").fill("Đã chụp sáu ảnh")
    save(page, "Ghi tiến độ")
    expect(page.locator("#id_text")).to_have_value("Đã chụp sáu ảnh")
    page.locator("#id_percent").fill("60")
    save(page, "Ghi tiến độ")
    told(page, "Đã ghi tiến độ")
    page.goto(task)
    expect(page.locator(".statebar")).to_contain_text("đang làm")
    expect(page.locator(".notes")).to_contain_text("Đã chụp sáu ảnh")
    act(page, "Xin gia hạn")
    page.locator("#id_due").fill(in_days(6))
    page.locator("#id_reason").fill("Câu lạc bộ dời ngày ra mắt")
    save(page, "Xin gia hạn")
    told(page, "Đã xin gia hạn")
    fits(page)


def grant(page, task):
    mine(page).get_by_role("link", name="Xem và trả lời").click()
    act(page, "Đồng ý gia hạn")
    expect(page.locator("#id_due")).to_have_value(in_days(6))
    save(page, "Đồng ý gia hạn")
    told(page, "Đã gia hạn")
    expect(page.locator(".rail")).to_contain_text(f"Hạn {in_days(3)} đổi thành {in_days(6)}")


def hand_in(page, result):
    row = mine(page)
    row.locator("summary").click()
    row.get_by_label("Kết quả").fill(result)
    row.get_by_role("button", name="Hoàn thành").click()
    told(page, "chờ nghiệm thu")


def send_back(page, task):
    page.goto(task)
    act(page, "Trả lại")
    page.locator("#id_reason").fill("Thiếu chú thích ba ảnh")
    save(page, "Trả lại để làm tiếp")
    told(page, "Đã trả lại")


def accept(page):
    mine(page).get_by_role("link", name="Nghiệm thu").click()
    page.get_by_role("checkbox", name="Vượt yêu cầu").check()
    save(page, "Nghiệm thu")
    expect(page.get_by_role("alert").first).to_contain_text("Vượt ở chỗ nào")
    page.locator("#id_above_reason").fill("Có thêm đoạn phim ngắn")
    fits(page)
    save(page, "Nghiệm thu")
    told(page, "Đã nghiệm thu")


def test_lists_begin_with_their_rows(phone):
    page = phone("thuyen.nong")
    for url, row in (("/tasks/", "tbody tr"), ("/tasks/board/", ".ticket"), ("/people/", "tbody tr")):
        page.goto(url)
        box = page.locator(row).filter(visible=True).first.bounding_box()
        assert box["y"] + box["height"] < PHONE["height"], url
    page.goto("/tasks/")
    page.locator(".views").get_by_text("Tất cả").first.click()
    page.get_by_role("link", name="Quá hạn").click()
    expect(page.locator(".views summary").first).to_contain_text("Quá hạn")
    page.locator(".list-head summary").click()
    expect(page.get_by_role("button", name="Xuất Excel")).to_be_visible()
    fits(page)


def test_from_given_to_found_good(phone):
    chair, officer = phone("thuyen.nong"), phone("xoa.chau")
    task = give(chair)
    note_and_ask(officer, task)
    grant(chair, task)
    hand_in(officer, "Đủ mười ảnh")
    send_back(chair, task)
    hand_in(officer, "Đủ mười ảnh, đã chú thích")
    accept(chair)
    officer.goto(task)
    expect(officer.locator(".statebar")).to_contain_text("hoàn thành")
    expect(officer.locator("main")).to_contain_text("Có thêm đoạn phim ngắn")
    fits(officer)
    officer.goto(task + "history/")
    for act_done in ("Xin gia hạn", "Đồng ý gia hạn", "Trả lại để làm tiếp", "Thiếu chú thích ba ảnh", "Nghiệm thu"):
        expect(officer.locator("main")).to_contain_text(act_done)
