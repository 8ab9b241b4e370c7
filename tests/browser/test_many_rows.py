"""Rows of a list chosen and done together, views kept, at the desk and on a phone."""

import pytest
from playwright.sync_api import expect

from khoidan.accounts.models import SavedView

from .hands import axe, overflow

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}


def clean(page):
    """Nothing for axe, in a window so high that nothing is half under a bar that floats."""
    size = page.viewport_size
    page.set_viewport_size(size | {"height": 12_000})
    page.evaluate("scrollTo(0, 0)")
    assert (axe(page), overflow(page)) == ([], 0)
    page.set_viewport_size(size)


@pytest.mark.parametrize("size", SIZES)
def test_rows_are_chosen_looked_at_and_done(enter, size):
    page = enter("khue.hoang")
    page.set_viewport_size(SIZES[size])
    page.goto("/tasks/?state=open")
    boxes = page.locator('tbody [name="pk"]')
    if size == "desk":
        page.locator("thead [data-pick-all]").check()
        expect(page.locator("[data-picked-count]")).to_have_text(str(boxes.count()))
        page.locator("thead [data-pick-all]").uncheck()
        expect(page.locator("[data-picked]")).to_be_hidden()
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.locator("[data-picked-count]")).to_have_text("2")
    clean(page)
    page.get_by_role("button", name="Đổi hạn").click()
    expect(page.locator("tbody [name=pk]")).to_have_count(2)
    clean(page)
    page.locator("[data-save]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.fill("#id_due", "31/12/2099")
    page.fill("#id_reason", "Trùng hội nghị")
    page.locator("[data-save]").click()
    expect(page.locator(".bulk-told")).to_contain_text("Đã làm xong 2 mục.")
    clean(page)
    page.get_by_role("link", name="Về danh sách").click()
    assert page.url.endswith("/tasks/?state=open")


def test_a_view_is_kept_and_a_list_taken_away(enter):
    page = enter("khue.hoang")
    page.goto("/tasks/")
    page.fill("#id_q", "kế hoạch")
    page.wait_for_url("**/tasks/?q=*")
    page.locator(".view-save summary").click()
    page.fill("#save-name", "Về kế hoạch")
    clean(page)
    page.locator(".view-save button").click()
    expect(page.locator("#views [aria-current]")).to_have_text("Về kế hoạch")
    with page.expect_download() as download:
        page.get_by_role("button", name="Xuất Excel").click()
    assert download.value.suggested_filename.startswith("cong-viec-")
    page.goto("/profile/views/")
    clean(page)
    page.get_by_role("button", name="Bỏ Về kế hoạch").click()
    page.get_by_role("button", name="Đồng ý").click()
    expect(page.locator(".message")).to_contain_text("Đã bỏ cách xem")
    assert not SavedView.objects.exists()
