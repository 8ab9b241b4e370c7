"""Whom each act on a task is told to, and that nobody is told of their own."""

import pytest
from django.urls import reverse

from khoidan.notices.models import Notice
from tests.factories import day, make_member, make_person, make_task


@pytest.fixture
def people(house):
    roles = {
        "head": "organization_head",
        "does": "officer",
        "checks": "unit_deputy",
        "helps": "officer",
        "next": "officer",
    }
    return {key: make_member(house["women"], role, key) for key, role in roles.items()}


@pytest.fixture
def task(house, people):
    task = make_task(house["women"], accountable=people["does"].person, checker=people["checks"].person)
    task.helpers.add(people["helps"].person, make_person(house["women"], "không tài khoản", user=False))
    return task


def told():
    """{name of the recipient: kinds not read yet}, which are read by this."""
    rows = Notice.objects.filter(read_at=None).order_by("pk")
    found = {}
    for name, kind in rows.values_list("recipient__name", "kind"):
        found.setdefault(name, []).append(kind.removeprefix("tasks."))
    rows.read()
    return found


def test_each_act_is_told_to_whom_it_concerns(people, task):
    head, does, checks = people["head"], people["does"], people["checks"]
    task.give(by=head)
    assert told() == {"does": ["given"], "helps": ["helping"]}
    task.note(by=does, text="Đã bắt đầu", percent=10)
    assert told() == {}
    task.ask(by=does, due=day(20), reason="Chờ số liệu")
    assert told() == {"head": ["extension_asked"]}
    task.grant(by=head, due=day(20))
    task.reschedule(by=head, due=day(19), reason="Sớm hơn một ngày")
    assert told() == {"does": ["extension_granted", "rescheduled"]}
    task.complete(by=does, result="Xong")
    assert told() == {"head": ["submitted"], "checks": ["submitted"]}
    task.send_back(by=checks, reason="Thiếu phụ lục")
    assert told() == {"does": ["sent_back"]}
    task.reassign(by=head, person=people["next"].person, reason="Đi học")
    assert told() == {"next": ["reassigned"], "does": ["relieved"]}
    task.complete(by=people["next"], result="Đủ")
    told()
    task.accept(by=checks)
    assert told() == {"next": ["accepted"], "head": ["accepted"], "helps": ["accepted"]}
    task.reopen(by=head, reason="Sai số liệu")
    task.cancel(by=checks, reason="Không cần nữa")
    assert told() == {"next": ["reopened", "cancelled"], "helps": ["cancelled"]}


def test_who_acts_is_not_told_of_it(house, people):
    own = make_task(house["women"], accountable=people["head"].person)
    own.give(by=people["head"])
    own.complete(by=people["head"], result="Xong")
    assert told() == {}


def test_what_is_handed_back_is_told_to_who_gave_it(people, task):
    task.give(by=people["head"])
    told()
    task.hand_back(by=people["does"], reason="Không rõ nơi làm")
    assert told() == {"head": ["handed_back"]}


@pytest.mark.parametrize(
    ("given", "expected"), [(True, {"next": ["helping"], "head": ["checking"]}), (False, {})], ids=["open", "draft"]
)
def test_who_joins_an_open_task_by_its_form_is_told_and_nobody_else(house, people, task, site, given, expected):
    if given:
        task.give(by=people["head"])
    told()
    client = site(make_member(house["women"], "unit_deputy", "sửa"))
    url = reverse("tasks:task_edit", args=[task.pk])
    helpers = [*task.helpers.values_list("pk", flat=True), people["next"].person.pk]
    sent = {"title": task.title, "deliverable": task.deliverable, "address": task.address, "helpers": helpers}
    sent |= {"unit": task.unit_id, "accountable": task.accountable_id, "checker": people["head"].person.pk}
    for _save in range(2):
        task.refresh_from_db()
        client.post(url, sent | {"version": task.version})
    task.refresh_from_db()
    assert (task.checker, task.helpers.count()) == (people["head"].person, 3)
    assert told() == expected
