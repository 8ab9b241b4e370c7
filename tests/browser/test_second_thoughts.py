"""What was done is taken back: a voided record after its message is gone, a field that a second page left alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from khoidan.tasks.models import Task

from .hands import axe, count, overflow, save, told

PHONE = {"width": 360, "height": 740}
HEAD = "khue.hoang"
SENT_AND_BACK = """() => {  // the page as a browser keeps it when its form was sent, and shows it again
    document.querySelectorAll("form[data-confirm]").forEach((form) => { form.confirmed = true; });
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
}"""


@pytest.fixture
def task():
    return Task.objects.live().open().order_by("pk").first()


@pytest.fixture
def draft():
    return Task.objects.live().drafts().exclude(due=None).order_by("pk").first()


def press(page, name):
    button = page.locator("main").get_by_role("button", name=name).first
    if not button.count():
        page.locator(".menu-acts > summary").click()
    button.click()


def answer(page, word):
    dialog = page.get_by_role("dialog")
    asked = dialog.locator("#confirm-text").inner_text()
    dialog.get_by_role("button", name=word, exact=True).click()
    return asked


def test_a_task_is_voided_after_a_question_and_found_again(enter, task):
    page = enter(HEAD)
    page.set_viewport_size(PHONE)
    page.goto(task.get_absolute_url())
    press(page, "Hủy")
    assert task.title in answer(page, "Không")
    page.evaluate(SENT_AND_BACK)
    press(page, "Hủy")
    answer(page, "Đồng ý")
    told(page, "Đã hủy")
    page.goto("/tasks/")  # the message with its undoing is gone
    page.get_by_role("link", name="Đã hủy", exact=True).click()
    expect(page.locator("tbody tr").first).to_contain_text(task.title)
    assert (axe(page), overflow(page) > 0, count(page) > 0) == ([], False, True)
    press(page, f"Khôi phục {task.title}")
    told(page, "Đã khôi phục")
    assert page.goto(task.get_absolute_url()).status == 200


def test_a_second_page_takes_over_what_it_left_alone(enter, draft):
    page = enter(HEAD)
    task, edit = draft, reverse("tasks:task_edit", args=[draft.pk])
    page.goto(edit)
    other = page.context.new_page()
    other.goto(edit)
    other.locator("#id_due").fill("25/12/2026")
    save(other, "Lưu nháp")
    page.locator("#id_description").fill("Chỉ sửa nội dung")
    save(page, "Lưu nháp")
    expect(page.locator(".conflicts")).to_contain_text("Hạn: 25/12/2026")
    expect(page.locator("#id_due")).to_have_value("25/12/2026")
    assert axe(page) == []
    save(page, "Lưu nháp")
    told(page, "Đã lưu")
    task.refresh_from_db()
    assert (f"{task.due:%d/%m/%Y}", task.description) == ("25/12/2026", "Chỉ sửa nội dung")
