"""Mistakes in the real forms: a sentence at its field, in Vietnamese, and nothing of what was typed is lost.

Two people in one form stand in test_back_and_double.py.
"""

import unicodedata

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from khoidan.organizations.models import Unit

from .hands import choose, count, error_at, save, told

LONG = "Rà soát danh sách hộ nghèo. " * 400  # over ten thousand characters
REPORT = "Báo cáo một trang"


def typed(page, name):
    return page.locator(f"#id_{name}").input_value()


def fill_task(page, **values):
    page.goto("/tasks/new/")
    for name, value in {"title": "Rà soát hộ nghèo", "deliverable": REPORT, "due": "t", **values}.items():
        page.locator(f"#id_{name}").fill(value)


def appoint(page, person, unit, position):
    """A concurrent seat from today on."""
    page.goto("/appointments/new/")
    choose(page, "person", person)
    with page.expect_response(lambda answer: "/appointments/new/?" in answer.url):
        choose(page, "unit", unit)
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)  # its positions are there
    choose(page, "position", position)
    page.select_option("#id_kind", "concurrent")
    page.locator("#id_start").fill("t")
    page.locator("#id_decision").fill("Số 99-QĐ/KD")
    save(page)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("due", "31/02/2026", "Ngày không có trong lịch hoặc viết chưa đúng"),
        ("title", LONG.strip(), "tối đa 300 ký tự (hiện có 11199)"),
        ("title", "Rà soát <script>alert(1)</script> hộ nghèo", "có thẻ HTML"),
        ("title", "Rà soát \x07 hộ nghèo", "ký tự điều khiển"),
    ],
    ids=["a day that does not exist", "10 000 characters", "script tags", "control characters"],
)
def test_a_task(enter, name, value, sentence):
    page, mended = enter("thao.vi"), f"Rà soát hộ nghèo: {sentence}"  # the same words twice would be asked about
    fill_task(page, **{name: value})
    save(page, "Lưu nháp")
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu được")
    assert sentence in error_at(page, name)
    assert typed(page, name) == value
    assert typed(page, "deliverable") == REPORT
    page.locator(f"#id_{name}").fill("hôm nay" if name == "due" else mended)
    save(page, "Lưu nháp")
    told(page, "Đã lưu")


def test_decomposed_letters_are_composed_and_found(enter):
    """Nobody sees the difference between NFD and NFC, so nobody is asked to mend it."""
    page, title = enter("thao.vi"), "Khảo sát đường liên thôn"
    fill_task(page, title=unicodedata.normalize("NFD", title))
    save(page, "Lưu nháp")
    told(page, title)
    page.goto(f"/tasks/?q={title}")
    assert count(page) == 1


def test_an_end_before_its_start(enter):
    page = enter("nga.hua")
    page.goto("/meetings/new/")
    page.locator("#id_title").fill("Họp kết thúc trước khi bắt đầu")
    choose(page, "kind", "Giao ban")
    page.locator("#id_day").fill("t")
    page.locator("#id_start").fill("9:00")
    page.locator("#id_end").fill("8:30")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu được")
    assert error_at(page, "end") == "Giờ kết thúc phải sau giờ bắt đầu."
    assert [typed(page, name) for name in ("start", "end")] == ["9:00", "8:30"]


@pytest.mark.parametrize(
    ("person", "unit", "position", "name", "sentence"),
    [
        ("Vi Thị Thảo", "Khối Dân", "Trưởng khối", "position", "đã có người giữ trong thời gian đó"),
        ("Chẩu Thị Xoa", "Hội LHPN", "Chuyên viên", "person", "đã giữ chức danh đó ở đơn vị"),
    ],
    ids=["two bloc heads", "a seat taken twice"],
)
def test_an_appointment(enter, person, unit, position, name, sentence):
    page = enter("chuyen.nong")
    appoint(page, person, unit, position)
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu được")
    assert sentence in error_at(page, name)
    assert typed(page, "decision") == "Số 99-QĐ/KD"
    expect(page.locator("#id_person option:checked")).to_contain_text(person)
    expect(page.locator("#id_position option:checked")).to_contain_text(position)


def test_a_circle_in_the_tree(enter):
    page = enter("quantri")
    below = Unit.objects.filter(kind="branch").select_related("parent").first()
    page.goto(reverse("admin:organizations_unit_change", args=[below.parent_id]))
    page.locator("#id_parent").fill(str(below.pk))
    page.locator("#id_name").fill("Tên vừa gõ")
    page.locator("[name=_save]").click()
    expect(page.locator(".field-parent .errorlist")).to_have_text(
        "Đơn vị không thể trực thuộc chính nó hay cấp dưới của nó."
    )
    assert typed(page, "name") == "Tên vừa gõ"
