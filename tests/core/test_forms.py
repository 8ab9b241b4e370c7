"""A stale form: what both changed is compared, what only the other changed is taken over."""

import pytest

from khoidan.core.forms import digest
from khoidan.meetings.models import Meeting
from khoidan.tasks.models import Task
from tests.factories import make_area, make_meeting, make_task


@pytest.fixture
def browser(client, head):
    client.force_login(head)
    return client


def as_shown(form):
    """What a browser would send of a page on which nobody types."""
    sent = {}
    for field in form:
        value = field.field.widget.format_value(field.value())
        if value not in (None, "", []):
            sent[field.html_name] = value
    return sent


def opened(browser, record):
    return as_shown(browser.get(f"{record.get_absolute_url()}edit/").context["form"])


def send(browser, record, data):
    return browser.post(f"{record.get_absolute_url()}edit/", data)


def told(form):
    return {each["name"]: (each["mine"], each["theirs"]) for each in form.conflicts}


def taken(form):
    return {each["name"]: each["theirs"] for each in form.taken_over}


def test_what_i_left_alone_is_taken_over_and_a_correction_stays(house, browser):
    task = make_task(house["women"], due="2026-12-20", description="Dòng một\nDòng hai")
    mine = opened(browser, task)
    send(browser, task, opened(browser, task) | {"due": "25/12/2026"})
    page = send(browser, task, mine | {"description": "Bản mới"})
    form = page.context["form"]
    assert (told(form), taken(form)) == ({}, {"due": "25/12/2026"})
    text = page.content.decode()
    assert 'value="25/12/2026"' in text
    assert "Đã lấy theo bản đang lưu." in text
    assert "Người khác" not in text
    send(browser, task, as_shown(form))
    task.refresh_from_db()
    assert (f"{task.due:%d/%m/%Y}", task.description) == ("25/12/2026", "Bản mới")


def test_only_what_both_changed_is_compared(house, browser):
    area = make_area()
    task = make_task(house["women"], "Tên cũ", organizations=[house["women"]], description="Một\r\nHai")
    mine = opened(browser, task)
    there = {"title": "Tên của họ", "area": area.pk, "organizations": [house["youth"].pk], "deliverable": "Của họ"}
    send(browser, task, opened(browser, task) | there)
    form = send(browser, task, mine | {"title": "Tên của tôi", "address": "Nhà văn hóa"}).context["form"]
    assert told(form) == {"title": ("Tên của tôi", "Tên của họ")}
    assert taken(form) == {"deliverable": "Của họ", "area": "Côn Lôn", "organizations": "youth"}
    send(browser, task, as_shown(form))
    task.refresh_from_db()
    assert (task.title, task.deliverable, task.address) == ("Tên của tôi", "Của họ", "Nhà văn hóa")
    assert (task.area, list(task.organizations.all())) == (area, [house["youth"]])


def test_a_box_that_is_typed_wrong_is_mine(house, browser):
    task = make_task(house["women"], due="2026-12-20")
    mine = opened(browser, task)
    Task.objects.filter(pk=task.pk).update(due="2026-12-25")
    form = send(browser, task, mine | {"due": "31/02/2026"}).context["form"]
    assert told(form) == {"due": ("31/02/2026", "25/12/2026")}


@pytest.mark.parametrize("shown", ["", "[]", "{", '{"due": "x"}', "null"])
def test_a_page_that_does_not_say_what_it_showed_takes_nothing_over(house, browser, shown):
    task = make_task(house["women"], due="2026-12-20")
    mine = opened(browser, task)
    Task.objects.filter(pk=task.pk).update(due="2026-12-25")
    assert send(browser, task, mine | {"shown": shown}).context["form"].taken_over == []
    assert f"{Task.objects.get().due:%d/%m/%Y}" == "25/12/2026"


def test_days_and_times_of_a_meeting_too(house, browser):
    meeting = make_meeting(house["women"], "Giao ban")
    mine = opened(browser, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(title="Giao ban tháng 12")
    form = send(browser, meeting, mine | {"address": "Phòng họp 2"}).context["form"]
    assert (told(form), taken(form)) == ({}, {"title": "Giao ban tháng 12"})


def test_a_value_is_the_same_however_it_comes(house):
    women = house["women"]
    assert digest(women) == digest(women.pk)
    assert digest([women]) == digest(type(women).objects.filter(pk=women.pk))
    assert digest("một\r\nhai ") == digest("một\nhai")
    assert digest(None) == digest("") == digest([])
    assert len({digest(value) for value in ("", "a", 1, [1])}) == 4


def test_the_address_fills_only_what_one_sees(house, browser):
    other = make_task(house["women"])
    page = browser.get(
        f"/tasks/new/?token={other.token}&version=7&shown=x&title=T%E1%BB%AB+%C4%91%E1%BB%8Ba+ch%E1%BB%89"
    )
    form = page.context["form"]
    assert form.initial["token"] != str(other.token)
    assert (form.initial["version"], "shown" in form.initial) == (form.instance.version, False)
    assert form.initial["title"] == "Từ địa chỉ"
    assert browser.post("/tasks/new/", as_shown(form) | {"unit": house["women"].pk}).status_code == 302


@pytest.mark.parametrize("digits", ["9" * 19, "9" * 5000])
def test_a_number_that_no_record_has_is_no_choice_in_a_stale_form_either(house, browser, digits):
    task = make_task(house["women"])
    mine = opened(browser, task)
    send(browser, task, opened(browser, task) | {"title": "Khác"})
    mine.pop("shown")  # so that every field is compared
    for name in ("accountable", "organizations", "unit"):
        form = send(browser, task, mine | {name: digits}).context["form"]
        assert name in form.errors
        assert told(form)[name][0] == ""
