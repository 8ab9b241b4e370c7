"""Tasks from a spreadsheet, on a phone: looked at first, entered once, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.tasks.test_importing import line, workbook

from .hands import axe, overflow

PHONE = {"width": 360, "height": 740}


def faults(page, scripts):
    return ([*axe(page)] if scripts else []) + [f"{page.url}: {overflow(page)} px too wide"] * (overflow(page) > 0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_sheet_is_looked_at_and_entered(enter, scripts):
    page = enter("khuong.luong", java_script_enabled=scripts)
    page.set_viewport_size(PHONE)
    page.goto("/tasks/")
    page.locator("summary", has_text="Bước khác").click()  # on a phone what is done less often is folded
    page.get_by_role("link", name="Nhập từ Excel").click()
    mark = "có" if scripts else "không"
    clear = line(f"Nhập {mark} script", unit="Văn phòng", accountable="Hứa Thị Nga")
    wrong = line(f"Sai {mark} script", unit="Phòng không có", accountable="Hứa Thị Nga")
    draft = line(f"Nháp {mark} script", unit="Văn phòng", accountable=None)
    send(page, workbook(clear, wrong, draft))
    expect(page.locator("main")).to_contain_text("Không có đơn vị «Phòng không có»")
    assert faults(page, scripts) == []
    page.get_by_role("checkbox", name="Giao luôn những việc đủ rõ").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Nhập 2 việc").press("Enter")
    expect(page.get_by_role("link", name=f"Nhập {mark} script")).to_be_visible()
    expect(page.locator("tbody tr").nth(0)).to_contain_text("đã giao")
    expect(page.locator("tbody tr").nth(2)).to_contain_text("đã lưu nháp")
    assert faults(page, scripts) == []
    page.get_by_role("link", name=f"Nhập {mark} script").click()
    expect(page.locator(".statebar")).to_contain_text("đã giao")


def send(page, content):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("#id_file").set_input_files({"name": "việc.xlsx", "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="Xem trước").click()
