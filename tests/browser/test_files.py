"""A picture from a phone, without scripts: added, refused, downloaded, taken away and brought back."""

import pytest
from playwright.sync_api import expect

from khoidan.tasks.models import Task
from tests.files.makers import picture

from .hands import axe, error_at, overflow, save, told

NAME = "Ảnh hội trường.jpg"


@pytest.fixture
def page(enter):
    page = enter("khue.hoang", java_script_enabled=False)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(Task.objects.live().open().order_by("pk").first().get_files_url())
    return page


def add(page, name, content):
    page.locator("#id_files").set_input_files([{"name": name, "mimeType": "image/jpeg", "buffer": content}])
    page.get_by_role("button", name="Gửi tệp").click()


def test_a_picture_of_the_hall(page):
    add(page, "Ảnh.jpg", b"<html>")
    assert "Không nhận tệp «Ảnh.jpg»: chỉ nhận PDF" in error_at(page, "files")
    add(page, "Ảnh hội trường.jpeg", picture("JPEG"))
    told(page, "Đã thêm 1 tệp.")
    link = page.get_by_role("link", name=NAME)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == NAME
    assert download.value.path().read_bytes() == picture("JPEG")
    page.get_by_role("button", name=f"Gỡ {NAME}").click()
    told(page, f"Đã gỡ tệp «{NAME}».")
    expect(link).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(link).to_be_visible()
    assert overflow(page) == 0


def test_the_list_is_accessible(enter):
    page = enter("khue.hoang")
    page.goto(Task.objects.live().open().exclude(origin_id=None).first().get_files_url())
    expect(page.get_by_role("link", name="Sơ đồ hội trường.png")).to_be_visible()
    assert axe(page) == []


def test_photos_chosen_for_a_note_outlive_a_mistake_and_stand_beside_it(enter):
    """On a phone: the form comes back for its percentage, the photo is still chosen, and the note shows it."""
    task = Task.objects.at_work().filter(accountable__user__username="xoa.chau").order_by("pk").first()
    for scripts in (False, True):
        page = enter("xoa.chau", java_script_enabled=scripts)
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(f"{task.get_absolute_url()}progress/")
        page.locator("#id_percent").fill("140")
        page.locator("#id_text").fill("Đã chụp")
        photo = {"name": NAME, "mimeType": "image/jpeg", "buffer": picture("JPEG")}
        page.locator("#id_files").set_input_files([photo, photo | {"name": "Ảnh cổng.jpg"}])
        save(page, "Ghi tiến độ")
        assert error_at(page, "percent")
        expect(page.locator("[data-files-lost]")).to_be_visible(visible=not scripts)
    names = "input => [...input.files].map(file => [file.name, file.size])"
    assert page.locator("#id_files").evaluate(names) == [[n, len(picture("JPEG"))] for n in (NAME, "Ảnh cổng.jpg")]
    page.locator("#id_percent").fill("40")
    save(page, "Ghi tiến độ")
    told(page, "Đã ghi tiến độ")
    page.goto(task.get_absolute_url())
    with page.expect_download() as download:
        page.locator(".notes").get_by_role("link", name=NAME).click()
    assert download.value.path().read_bytes() == picture("JPEG")
    page.goto(f"{task.get_absolute_url()}progress/")  # another note begins without them
    assert page.locator("#id_files").evaluate(names) == []
