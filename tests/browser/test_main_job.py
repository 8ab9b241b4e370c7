"""The main job, by the people of the story: a joint meeting, its conclusion, a task given, seen and done."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from .hands import choose, count, save, told

MEETING = "Giao ban phối hợp Tết vùng cao"
ITEM = "Thăm hộ khó khăn dịp Tết"
DISCUSSION = "Sáu tổ chức thống nhất đi chung một đoàn, mỗi xã một ngày."
CONCLUSION = "Văn phòng lập danh sách hộ khó khăn cần thăm dịp Tết ở các xã vùng cao"
ORGANIZATIONS = ["MTTQ", "LĐLĐ", "Hội Nông dân", "Hội LHPN", "Huyện đoàn", "Hội CCB"]
ALL_OPEN = "/tasks/?state=given"


def in_days(days):
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def enter_meeting(page):
    """A joint meeting early this morning, which counts for all organizations."""
    page.locator(".create > summary").click()
    page.locator(".create").get_by_role("link", name="Cuộc họp").click()
    page.locator("#id_title").fill(MEETING)
    choose(page, "kind", "Giao ban")
    for name in ORGANIZATIONS:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Ngày họp").fill("t")
    page.get_by_label("Bắt đầu").fill("0.00")
    page.get_by_label("Kết thúc").fill("0:01")
    page.locator("#id_address").fill("Hội trường khối")
    choose(page, "chair", "Hoàng Đình Khuê")
    choose(page, "people", "Nông Thị Thuyên")
    choose(page, "invited_units", "Văn phòng")
    save(page)
    told(page, MEETING)
    expect(page.locator(".rail")).to_contain_text("MTTQ, LĐLĐ, Hội Nông dân, Hội LHPN, Huyện đoàn, Hội CCB")


def hold_meeting(page):
    """Agenda, attendance, discussion, conclusion."""
    page.get_by_role("link", name="Thêm nội dung").click()
    page.locator("#id_title").fill(ITEM)
    save(page)
    page.get_by_role("radiogroup", name="Nông Thị Thuyên").get_by_role("radio", name="Có lý do").check()
    page.get_by_label("Ghi chú cho Nông Thị Thuyên").fill("Dự hội nghị tỉnh")
    page.get_by_role("button", name="Còn lại đều có mặt").click()
    expect(page.locator("#attendance-title")).to_contain_text("Có mặt 6/7, vắng 1")
    page.get_by_label("ý kiến thảo luận").fill(DISCUSSION)
    save(page, "Lưu ý kiến")
    page.locator("#id_text").fill(CONCLUSION)
    choose(page, "units", "Văn phòng")
    save(page, "Ghi kết luận")
    told(page, "Đã ghi kết luận")
    expect(page.locator("#conclusions")).to_contain_text(CONCLUSION)


def draft_task(page):
    """The conclusion becomes a draft that lacks its deliverable; its address."""
    page.get_by_role("link", name="Giao việc cho Văn phòng").click()
    expect(page.locator("#id_title")).to_have_value(CONCLUSION)
    page.locator("#id_due").fill(in_days(0))
    save(page, "Lưu nháp")
    page.locator("#conclusions").get_by_role("link", name=CONCLUSION).click()
    expect(page.locator(".statebar")).to_contain_text("nháp")
    return page.url


def give(page, task):
    """Refused while the deliverable is missing, which the checklist tells and leads to; then given."""
    page.goto(task)
    missing = page.locator(".checklist .todo")
    expect(missing).to_have_count(1)
    expect(missing).to_contain_text("Rõ việc: sản phẩm phải có")
    page.get_by_role("button", name="Giao", exact=True).click()
    told(page, "Chưa giao được, còn thiếu: Rõ việc: sản phẩm phải có.")
    missing.get_by_role("link").click()
    page.locator("#id_deliverable").fill("Danh sách hộ có chữ ký trưởng thôn")
    save(page, "Lưu và giao")
    told(page, "Đã giao cho Lương Văn Khương.")
    expect(page.locator(".statebar")).to_contain_text("đã giao")


def figure_opens_its_rows(page):
    """The figure of this week on the home page of the bloc head opens its rows, the new task among them."""
    tile = page.get_by_role("link", name="Đến hạn tuần này")
    figure = int(tile.locator(".tile-figure").inner_text())
    tile.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Công việc")
    assert count(page) == figure
    expect(page.locator("tbody tr")).to_have_count(figure)
    page.get_by_role("link", name=CONCLUSION).click()
    page.locator(".rail").get_by_role("link", name=CONCLUSION).click()  # where the task comes from
    expect(page.get_by_role("heading", level=1)).to_have_text(MEETING)


def complete(page, task):
    page.get_by_role("link", name="Việc của tôi").first.click()
    row = page.locator(".work li").filter(has_text=CONCLUSION)
    row.locator("summary").click()
    row.get_by_label("Kết quả").fill("Đã có danh sách 42 hộ, lưu ở Văn phòng.")
    row.get_by_role("button", name="Hoàn thành").click()
    told(page, "Đã hoàn thành")
    page.goto(task)
    expect(page.locator(".statebar")).to_contain_text("hoàn thành")


def nothing_is_seen_by(page, task):
    """Not at its address, not in the list, not in a figure, not in the search."""
    assert page.goto(task).status == 404
    expect(page.get_by_role("heading", name="Không có trang này")).to_be_visible()
    page.goto("/tasks/?q=hộ khó khăn cần thăm")
    assert count(page) == 0
    page.goto("/search/?q=hộ khó khăn cần thăm")
    expect(page.get_by_role("heading", name="Không tìm thấy gì")).to_be_visible()


def test_the_main_job(enter):
    clerk, office = enter("nga.hua"), enter("khuong.luong")
    enter_meeting(clerk)
    hold_meeting(clerk)
    task = draft_task(clerk)
    expect(clerk.get_by_role("button", name="Giao", exact=True)).to_have_count(0)  # a clerk enters, and gives nothing
    give(office, task)
    figure_opens_its_rows(enter("khue.hoang"))
    complete(office, task)
    nothing_is_seen_by(enter("xoa.chau"), task)
