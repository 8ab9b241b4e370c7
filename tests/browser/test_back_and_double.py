"""What browsers do to forms and lists: Back, two clicks, two people, a session that is over, a tab that is left."""

import re

import pytest
from playwright.sync_api import expect

from khoidan.meetings.models import Meeting

from .hands import axe, choose, count, save, sign_in, told


def fill_task(page, title):
    page.goto("/tasks/new/")
    page.locator("#id_title").fill(title)
    page.locator("#id_deliverable").fill("Báo cáo một trang")
    choose(page, "accountable", "Vi Thị Thảo")
    page.locator("#id_due").fill("t")


def found(page, title):
    page.goto(f"/tasks/?q={title}")
    return count(page)


def test_back_restores_the_filtered_list_as_a_whole_page(enter):
    page = enter("khue.hoang")
    page.goto("/tasks/")
    everything = count(page)
    page.get_by_label("Tìm việc").press_sequentially("bao cao")
    expect(page).to_have_url(re.compile(r"\?q=bao(\+|%20)cao$"))
    expect(page.get_by_role("link", name="Tìm việc: bao cao")).to_be_visible()
    filtered = count(page)
    assert 0 < filtered < everything
    page.locator("tbody a").first.click()
    expect(page.locator(".statebar")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Tìm việc")).to_have_value("bao cao")
    expect(page.locator(".topbar")).to_be_visible()
    assert count(page) == filtered
    page.go_back()
    expect(page.locator("#count")).to_have_text(str(everything))


def test_two_clicks_make_one_record(enter):
    page = enter("thao.vi")
    fill_task(page, "Bấm hai lần vẫn một việc")
    page.get_by_role("button", name="Lưu nháp", exact=True).dblclick()
    expect(page.locator(".statebar")).to_contain_text("nháp")
    assert found(page, "Bấm hai lần vẫn một việc") == 1


def test_back_and_save_again_makes_one_record(enter):
    page = enter("thao.vi")
    fill_task(page, "Quay lại rồi lưu nữa vẫn một việc")
    save(page, "Lưu nháp")
    told(page, "Đã lưu")
    page.go_back()
    expect(page.locator("#id_title")).to_have_value("Quay lại rồi lưu nữa vẫn một việc")
    save(page, "Lưu nháp")
    told(page, "Bản ghi này đã được lưu trước đó.")
    assert found(page, "Quay lại rồi lưu nữa vẫn một việc") == 1


def test_back_and_save_something_else_changes_what_was_saved(enter):
    page = enter("thao.vi")
    fill_task(page, "Việc trước khi quay lại")
    save(page, "Lưu nháp")
    told(page, "Đã lưu")
    page.go_back()
    expect(page.locator("#id_title")).to_have_value("Việc trước khi quay lại")
    page.locator("#id_title").fill("Việc sau khi quay lại")
    save(page, "Lưu nháp")
    asked = page.get_by_role("alert")
    expect(asked).to_contain_text("đã được lưu thành «Việc trước khi quay lại»")
    expect(asked).to_contain_text("Lần này khác ở: Nhiệm vụ.")
    page.set_viewport_size({"width": 1280, "height": 2000})  # the buttons at its foot lie over no box then
    assert axe(page) == []
    asked.get_by_role("button", name="Sửa bản đã lưu").click()
    told(page, "Đã lưu «Việc sau khi quay lại»")
    assert found(page, "Việc trước khi quay lại") == 0
    assert found(page, "Việc sau khi quay lại") == 1


def test_a_stale_form_shows_both_versions_and_keeps_what_was_typed(enter):
    mine, theirs = enter("khuong.luong"), enter("thao.vi")
    fill_task(theirs, "Hai người cùng sửa")
    save(theirs, "Lưu nháp")
    told(theirs, "Đã lưu")
    for page in (mine, theirs):
        page.goto(theirs.url.split("?")[0].rstrip("/").removesuffix("/edit") + "/edit/")
    theirs.locator("#id_address").fill("Hội trường huyện")
    save(theirs, "Lưu nháp")
    told(theirs, "Đã lưu")
    mine.locator("#id_address").fill("Phòng họp tầng hai")
    save(mine, "Lưu nháp")
    row = mine.locator(".conflicts").get_by_role("row", name="Nơi làm")
    expect(row).to_contain_text("Phòng họp tầng hai")
    expect(row).to_contain_text("Hội trường huyện")
    expect(mine.get_by_role("alert")).to_contain_text("vừa được sửa ở nơi khác (Vi Thị Thảo, lúc")
    expect(mine.locator("#id_address")).to_have_value("Phòng họp tầng hai")
    save(mine, "Lưu nháp")
    told(mine, "Đã lưu")
    expect(mine.locator(".rail")).to_contain_text("Phòng họp tầng hai")


@pytest.mark.parametrize("lost", ["session", None], ids=["session over", "all cookies gone"])
def test_what_was_typed_is_back_after_signing_in_again(enter, lost):
    page, title = enter("thao.vi"), f"Phiên hết giữa chừng {lost}"
    fill_task(page, title)
    page.locator("#id_description").fill("Dòng một\nDòng hai")
    page.context.clear_cookies(**({"name": lost} if lost else {}))
    page.get_by_role("button", name="Lưu nháp", exact=True).click()
    if lost is None:
        expect(page.get_by_role("heading", name="Biểu mẫu đã hết hạn")).to_be_visible()
        page.goto("/tasks/new/")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    sign_in(page, "thao.vi")
    expect(page.locator("#kept-note")).to_contain_text("Đã điền lại")
    expect(page.locator("#id_title")).to_have_value(title)
    expect(page.locator("#id_description")).to_have_value("Dòng một\nDòng hai")
    save(page, "Lưu nháp")
    expect(page.locator(".statebar")).to_contain_text("nháp")
    expect(page.locator(".rail")).to_contain_text("Vi Thị Thảo")  # chosen in a select with a search box


def test_saving_one_form_of_a_meeting_loses_nothing_of_the_others(enter):
    page = enter("nga.hua")
    meeting = Meeting.objects.live().filter(closed_at=None, agenda__isnull=False).earliest("starts_at")
    page.goto(meeting.get_absolute_url())
    talk, conclusion = page.get_by_label("ý kiến thảo luận"), page.locator("#id_text")
    talk.fill("Các đơn vị đều nhất trí.")
    conclusion.fill("Văn phòng tổng hợp, báo cáo trước thứ Sáu")
    save(page, "Lưu ý kiến")
    told(page, "Đã lưu")
    expect(talk).to_have_value("Các đơn vị đều nhất trí.")
    expect(conclusion).to_have_value("Văn phòng tổng hợp, báo cáo trước thứ Sáu")
    expect(page.locator("#kept-note")).to_contain_text("Đã điền lại")
    talk.fill("Các đơn vị đều nhất trí, Huyện đoàn góp thêm xe.")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Ghi kết luận").click()
    sign_in(page, "nga.hua")
    expect(page.locator("#id_text")).to_have_value("Văn phòng tổng hợp, báo cáo trước thứ Sáu")
    page.get_by_role("link", name="Thôi").click()
    expect(talk).to_have_value("Các đơn vị đều nhất trí, Huyện đoàn góp thêm xe.")


def test_leaving_a_changed_form_asks(enter):
    page = enter("thao.vi")
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        (dialog.dismiss if len(asked) == 1 else dialog.accept)()

    page.on("dialog", answer)
    fill_task(page, "Chưa lưu đã đi")
    page.get_by_role("link", name="Cuộc họp").first.click(no_wait_after=True)
    expect(page.locator("#id_title")).to_have_value("Chưa lưu đã đi")
    assert asked == ["beforeunload"]
    page.get_by_role("link", name="Cuộc họp").first.click()
    expect(page).to_have_url(re.compile("/meetings/$"))
    page.goto("/tasks/new/")
    page.get_by_role("link", name="Cuộc họp").first.click()  # nothing typed: nothing asked
    expect(page).to_have_url(re.compile("/meetings/$"))
    assert len(asked) == 2
