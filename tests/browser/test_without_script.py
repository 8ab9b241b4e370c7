"""The main jobs in a browser that runs no script: plain links, plain selects, plain forms."""

import pytest
from playwright.sync_api import expect

from .hands import count, error_at, save, told

TITLE = "Việc làm không cần script"


@pytest.fixture
def page(new_page):
    return new_page(java_script_enabled=False)


def test_list_form_and_acts(enter):
    page = enter("khuong.luong", java_script_enabled=False)
    filter_a_list(page)
    refused_at_the_field(page)
    page.locator("#id_due").fill("31/12/2026")
    save(page, "Lưu và giao")
    told(page, "Đã giao cho Hứa Thị Nga.")
    page.locator(".menu-acts > summary").click()
    page.get_by_role("link", name="Hoàn thành").click()
    page.locator("#id_result").fill("Xong trong ngày")
    save(page, "Hoàn thành")
    expect(page.locator(".statebar")).to_contain_text("hoàn thành")
    page.locator(".user-menu > summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.goto("/tasks/")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def filter_a_list(page):
    page.get_by_role("link", name="Công việc", exact=True).click()
    everything = count(page)
    page.get_by_label("Tìm việc").fill("bao cao")
    page.locator(".filter-more > summary").click()
    page.get_by_label("Trạng thái").select_option("hoàn thành")
    page.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.get_by_role("link", name="Trạng thái: hoàn thành")).to_be_visible()
    assert 0 < count(page) < everything
    page.get_by_role("columnheader", name="Hạn").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Hạn")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_label("Tìm việc")).to_have_value("bao cao")


def refused_at_the_field(page):
    """A day that does not exist: told on top with a link, at its field, and everything typed stays."""
    page.locator(".create > summary").click()
    page.locator(".create").get_by_role("link", name="Công việc").click()
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_deliverable").fill("Một bản kê")
    page.locator("#id_accountable").select_option(label="Hứa Thị Nga – Văn thư, Văn phòng")
    page.locator("#id_address").fill("Văn phòng")
    page.get_by_role("checkbox", name="Hội LHPN").check()
    page.locator("#id_due").fill("31/02/2026")
    save(page, "Lưu và giao")
    assert "Ngày không có trong lịch" in error_at(page, "due")
    page.get_by_role("alert").get_by_role("link", name="Hạn").click()
    expect(page.locator("#id_due")).to_be_focused()
    expect(page.locator("#id_due")).to_have_value("31/02/2026")
    expect(page.locator("#id_title")).to_have_value(TITLE)
    expect(page.locator("#id_accountable option:checked")).to_contain_text("Hứa Thị Nga")
    expect(page.get_by_role("checkbox", name="Hội LHPN")).to_be_checked()


def test_attendance(enter):
    page = enter("nga.hua", java_script_enabled=False)
    page.goto("/meetings/new/")
    page.locator("#id_title").fill("Họp nhanh không script")
    page.locator("#id_kind").select_option(label="Giao ban tuần")
    page.locator("#id_day").fill("t")
    page.locator("#id_start").fill("0:01")
    page.locator("#id_end").fill("0:31")
    page.locator("#id_people").select_option(label=["Vi Thị Thảo – Phó Chánh Văn phòng, Văn phòng"])
    page.locator("#id_invited_units").select_option(label="MTTQ")
    save(page)
    row = page.get_by_role("radiogroup", name="Vi Thị Thảo")
    row.get_by_role("radio", name="Vắng").check()
    page.get_by_role("button", name="Còn lại đều có mặt").click()
    told(page, "Đã lưu điểm danh")
    expect(row.get_by_role("radio", name="Vắng")).to_be_checked()
    expect(page.locator("#attendance-title")).to_contain_text("vắng 1")
