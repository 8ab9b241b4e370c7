"""One form makes one record: sent twice, sent again after Back, typed again; what differs is asked about, not lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from khoidan.meetings.models import Meeting, MeetingKind
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.factories import day, make_member, written
from tests.reading import text_of

NEW = "/tasks/new/"
NOT_GIVEN = "Đã lưu nháp, chưa giao."


@pytest.fixture
def me(site, officer):
    return site(officer)


@pytest.fixture
def sent(house):
    """What a page that was opened once sends."""
    filled = {"title": "Thăm hội viên", "deliverable": "Danh sách", "description": "Dòng một\r\nDòng hai"}
    filled |= {"organizations": [house["women"].pk, house["youth"].pk], "address": "Hội trường"}
    return filled | {"unit": house["women"].pk, "due": written(day(9)), "token": str(uuid4())}


def asked(answer):
    """(labels that differ, whether the record can be changed there, hidden boxes for what is pressed next)."""
    assert answer.status_code == 200
    twin, form = answer.context["twin"], answer.context["form"]
    assert not form["version"].field.disabled
    hidden = {"token": form["token"].value(), "version": form["version"].value(), "_another": twin["pk"]}
    return twin["differing"], twin.get("edit_url"), hidden


def titles():
    return list(Task.objects.live().order_by("pk").values_list("title", flat=True))


def test_the_same_form_leads_to_its_record(me, sent):
    answers = [me.post(NEW, sent) for _click in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {Task.objects.get().get_absolute_url()}
    page = me.get(answers[-1].headers["Location"])
    assert [str(message) for message in page.context["messages"]][1:] == ["Bản ghi này đã được lưu trước đó."] * 2


def test_what_the_second_button_asks_for_is_done_to_what_the_first_saved(house, site, officer, sent):
    """Saved, back, and now given: nothing differs, and yet it is no second click."""
    head = make_member(house["women"], "organization_head")
    client, clear = site(head), sent | {"accountable": officer.person.pk}
    client.post(NEW, clear)
    pages = [client.post(NEW, clear | {"_give": "1"}, follow=True) for _click in "ab"]
    before = "Bản ghi này đã được lưu trước đó."
    told = [[str(message) for message in page.context["messages"]] for page in pages]
    assert told == [[f"Đã lưu «{clear['title']}».", before, "Đã giao cho Chẩu Thị Xoa."], [before]]
    assert [event.verb for event in Event.objects.about(Task.objects.get())] == ["given", "created"]
    client, own = site(officer), clear | {"token": str(uuid4())}
    client.post(NEW, own)
    page = client.post(NEW, own | {"_give": "1"}, follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert (told[1], told[2][: len(NOT_GIVEN)], len(told)) == (before, NOT_GIVEN, 3)
    assert list(Task.objects.order_by("pk").values_list("state", flat=True)) == ["given", "draft"]


def test_who_goes_on_to_the_next_is_led_there_the_second_time_too(me, sent):
    answers = [me.post(NEW, sent | {"_again": "1"}) for _click in "ab"]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    page, task = me.get(answers[0].headers["Location"]), Task.objects.get()
    link = f'«<a href="{task.get_absolute_url()}">{task.title}</a>»'
    assert [str(message) for message in page.context["messages"]] == [
        f"Đã lưu {link}.",
        f"{link} đã được lưu trước đó.",
    ]
    assert (page.request["PATH_INFO"], page.context["form"]["unit"].value()) == (NEW, str(task.unit_id))


def test_what_is_typed_otherwise_changes_the_record_or_makes_another(house, me, sent):
    me.post(NEW, sent)
    first = Task.objects.get()
    other = sent | {"title": "Thăm hội viên khó khăn", "organizations": [house["women"].pk]}
    answer = me.post(NEW, other)
    labels, edit, hidden = asked(answer)
    assert (labels, edit) == (["Nhiệm vụ", "Tính cho tổ chức"], f"{first.get_absolute_url()}edit/")
    assert "Lần này khác ở: Nhiệm vụ, Tính cho tổ chức." in text_of(answer)
    assert (titles(), answer.context["form"]["title"].value()) == (["Thăm hội viên"], "Thăm hội viên khó khăn")
    assert me.post(edit, other | hidden).headers["Location"] == first.get_absolute_url()
    first.refresh_from_db()
    assert (titles(), list(first.organizations.all())) == (["Thăm hội viên khó khăn"], [house["women"]])
    _labels, _edit, hidden = asked(me.post(NEW, sent))
    me.post(NEW, sent | hidden)
    assert titles() == ["Thăm hội viên khó khăn", "Thăm hội viên"]


def test_what_was_changed_elsewhere_meanwhile_is_compared_as_ever(me, sent):
    me.post(NEW, sent)
    _labels, edit, hidden = asked(me.post(NEW, sent | {"title": "Khác"}))
    task = Task.objects.get()
    task.address = "Nhà văn hóa"
    task.save()
    page = me.post(edit, sent | {"title": "Khác"} | hidden)
    assert "vừa được sửa ở nơi khác" in page.context["form"].non_field_errors()[0]
    assert titles() == ["Thăm hội viên"]


def test_mistakes_of_the_second_time_are_told_beside_the_question(me, sent):
    me.post(NEW, sent)
    answer = me.post(NEW, sent | {"start": "31/02/2026"})
    assert asked(answer)[:2] == (["Bắt đầu"], f"{Task.objects.get().get_absolute_url()}edit/")
    assert list(answer.context["form"].errors) == ["start"]
    assert titles() == ["Thăm hội viên"]


def test_the_same_words_typed_again_are_asked_about_for_an_hour(me, sent):
    me.post(NEW, sent)
    again = sent | {"token": str(uuid4())}
    answer = me.post(NEW, again)
    labels, edit, hidden = asked(answer)
    assert (labels, edit, titles()) == ([], None, ["Thăm hội viên"])
    assert "Bạn vừa lưu «Thăm hội viên» giống hệt như vậy" in text_of(answer)
    me.post(NEW, again | hidden)
    assert titles() == ["Thăm hội viên"] * 2
    me.post(NEW, again | {"title": "Việc khác", "token": str(uuid4())})
    Task.objects.update(created_at=timezone.now() - timedelta(hours=2))
    me.post(NEW, again | {"token": str(uuid4())})
    assert titles() == ["Thăm hội viên", "Thăm hội viên", "Việc khác", "Thăm hội viên"]


def test_somebody_else_may_have_the_same_to_do(house, site, me, sent):
    me.post(NEW, sent)
    site(make_member(house["women"], "officer", "Lý Thị Mai")).post(NEW, sent | {"token": str(uuid4())})
    assert titles() == ["Thăm hội viên"] * 2


def test_what_was_thrown_away_is_not_led_to(me, officer, sent):
    me.post(NEW, sent)
    Task.objects.get().void(by=officer)
    answer = me.post(NEW, sent)
    labels, edit, hidden = asked(answer)
    assert (labels, edit, "record" in answer.context["twin"]) == ([], None, False)
    me.post(NEW, sent | hidden)
    assert titles() == ["Thăm hội viên"]


def test_what_only_an_act_changes_by_now_is_led_to(house, site, officer, sent):
    head = make_member(house["women"], "organization_head")
    client = site(head)
    clear = sent | {"accountable": officer.person.pk}
    client.post(NEW, clear | {"_give": "1"})
    assert Task.objects.get().state == "given"
    answer = client.post(NEW, clear | {"due": written(day(12))})
    labels, edit, _hidden = asked(answer)
    assert (labels, edit, answer.context["twin"]["record"]) == (["Hạn"], None, Task.objects.get())
    assert Task.objects.get().due == day(9)


def test_what_a_form_works_out_by_itself_is_the_same_the_second_time(house, me, officer):
    """A meeting whose end is left empty ends after the minutes of its kind."""
    kind = MeetingKind.objects.create(code="giao-ban", name="Giao ban", minutes=45)
    told = {"title": "Giao ban", "kind": kind.pk, "unit": house["women"].pk, "day": written(day(3)), "start": "8h"}
    told |= {"end": "", "address": "Hội trường", "chair": officer.person.pk, "people": [officer.person.pk]}
    answers = [me.post("/meetings/new/", told | {"token": "5" * 8 + "-5555-4555-8555-" + "5" * 12}) for _ in "ab"]
    assert {answer.headers["Location"] for answer in answers} == {Meeting.objects.get().get_absolute_url()}
