"""Step 6 of the story: the chair of the Women's Union is on leave, and her stand-in works until that ends."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from khoidan.organizations.models import Unit

from .hands import choose, count, save, told

WORK = "Kiểm tra sổ vay vốn của chi hội bản Nà Lìn"
BRANCH = "Hội LHPN xã Đà Vị"
CHAIR, ACTING = "Chủ tịch, Hội LHPN", "phụ trách thay Nông Thị Thuyên"


def give_work_to_the_branch(page):
    """Only who heads the Union reaches its branches; a deputy of the Union does not. Gives the task's address."""
    page.goto("/tasks/new/")
    page.locator("#id_title").fill(WORK)
    page.locator("#id_deliverable").fill("Biên bản kiểm tra")
    choose(page, "unit", BRANCH)
    choose(page, "accountable", "Lý Thị Lai")
    page.locator("#id_address").fill("Bản Nà Lìn")
    page.locator("#id_due").fill("t")
    save(page, "Lưu và giao")
    told(page, "Đã giao cho Lý Thị Lai.")
    return page.url


def why(page):
    """From the task to the page that says through which appointment."""
    page.locator(".reasons").get_by_role("link").first.click()
    own = page.get_by_role("row").filter(has_text="Bạn").filter(has_text=CHAIR)
    expect(own).to_contain_text(ACTING)
    expect(own).to_contain_text("giao và điều hành công việc")


def end_the_acting(page):
    """The personnel officer lets it end yesterday, by the list and the record."""
    page.goto("/appointments/")
    page.get_by_label("Tìm người").fill("duyen")
    page.get_by_role("row").filter(has_text=ACTING).filter(has_text="Hội LHPN").get_by_role("link").click()
    expect(page.locator(".statebar")).to_contain_text("đang giữ")
    page.get_by_role("link", name="Kết thúc").click()
    page.locator("#id_last_day").fill(f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}")
    page.locator("#id_reason").fill("Chủ tịch Hội đã đi làm lại.")
    save(page, "Kết thúc phân công")
    told(page, "Đã ghi ngày kết thúc")
    expect(page.locator(".statebar")).to_contain_text("đã thôi giữ")


def test_rights_follow_the_acting_appointment_to_its_end(enter):
    deputy = enter("duyen.hoang")
    task = give_work_to_the_branch(deputy)
    why(deputy)
    deputy.goto(task)
    deputy.locator(".menu-acts > summary").click()
    expect(deputy.get_by_role("button", name="Hủy", exact=True)).to_be_visible()

    end_the_acting(enter("chuyen.nong"))

    assert deputy.reload().status == 404
    deputy.goto(f"/tasks/?q={WORK}")
    assert count(deputy) == 0
    branch = Unit.objects.get(short_name=BRANCH)
    assert deputy.goto(f"/units/{branch.pk}/rights/").status in (403, 404)
    deputy.goto("/tasks/?state=done&q=phụ nữ")  # what she sees as deputy of the Union stays
    assert count(deputy) > 0
