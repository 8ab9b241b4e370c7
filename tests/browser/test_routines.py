"""Work that comes back, and work that goes over to somebody else: written, set going and handed over by hand."""

import pytest
from playwright.sync_api import expect

from khoidan.organizations.models import Event
from khoidan.staffing.models import Person
from khoidan.tasks.models import TaskTemplate

from .hands import axe, choose, error_at, overflow, save, told

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}


def well(page):
    assert (axe(page), max(overflow(page), 0)) == ([], 0)


def test_a_template_is_written_and_set_going(enter):
    page = enter("duyen.hoang")
    page.goto("/tasks/templates/new/")
    page.fill("#id_title", "Giao ban Hội tuần {tuan nay}")
    page.fill("#id_deliverable", "Thông báo kết luận")
    page.fill("#id_address", "Hội trường")
    choose(page, "unit", "Hội LHPN")
    choose(page, "position", "Chủ tịch")
    asked_by_rules = [page.locator(f"#id_{name}") for name in ("weekday", "month_day", "month", "day_off", "start")]
    expect(asked_by_rules[0]).to_be_hidden()  # once the scripts of the page are there
    assert [box.is_visible() for box in asked_by_rules] == [False] * 5
    page.select_option("#id_every", "quarter")
    assert [box.is_visible() for box in asked_by_rules] == [False, True, True, True, True]
    page.select_option("#id_every", "week")
    assert [box.is_visible() for box in asked_by_rules] == [True, False, False, True, True]
    save(page)
    assert "{tuan nay}" in error_at(page, "title")
    assert "hằng tuần" in error_at(page, "weekday")
    page.fill("#id_title", "Giao ban Hội tuần {tuần}")
    page.select_option("#id_weekday", "0")
    save(page)
    told(page, "Đã lưu")
    page.get_by_role("button", name="Cho chạy định kỳ").click()
    page.locator("dialog[open]").get_by_role("button", name="Đồng ý").click()
    told(page, "tự giao dưới tên bạn")
    expect(page.locator("tbody tr")).to_have_count(6)
    well(page)
    template = TaskTemplate.objects.filter(title="Giao ban Hội tuần {tuần}").latest("pk")
    assert template.activated_by.username == "duyen.hoang"
    page.get_by_role("button", name="Tạm dừng").click()
    told(page, "Đã tạm dừng")


@pytest.mark.parametrize(("size", "username"), [("desk", "nga.hua"), ("phone", "xuyen.dam")])
def test_work_is_handed_over_after_a_look_at_it(enter, size, username):
    """One task goes, the rest stays."""
    leaver, heir = (Person.objects.get(user__username=name) for name in (username, "chuyen.nong"))
    page = enter("khue.hoang")
    page.set_viewport_size(SIZES[size])
    page.goto(leaver.get_absolute_url())
    page.get_by_role("link", name="Bàn giao việc của người này").click()
    well(page)
    choose(page, "person", heir.name)
    page.fill("#id_reason", "Đi học")
    rows = page.locator("tbody select")
    for number in range(1, rows.count()):
        rows.nth(number).select_option("stay")
    save(page, "Xem trước")
    expect(page.get_by_text("chưa làm gì")).to_be_visible()
    expect(page.get_by_text(f"→ {heir.name}")).to_have_count(1)
    well(page)
    acts = Event.objects.filter(reason="Đi học")
    before = acts.count()
    save(page, "Bàn giao")
    expect(page.get_by_role("heading", name="Đã bàn giao 1 mục")).to_be_visible()
    well(page)
    assert acts.count() == before + 1
