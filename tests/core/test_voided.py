"""What was voided can be got back from a page of its own, by who may restore it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from khoidan.staffing.models import Appointment
from khoidan.tasks.models import Task
from tests.factories import appoint, day, make_bloc, make_meeting, make_member, make_person, make_quota, make_task

VOIDED = "/tasks/voided/"


@pytest.fixture
def in_bloc(house):
    return make_member(house["bloc"], "bloc_head", "Hoàng Đình Khuê")


@pytest.fixture
def browser(client, head):
    client.force_login(head)
    return client


def test_it_tells_what_when_by_whom_and_why_and_offers_the_way_back(house, browser, head):
    older, newer = make_task(house["women"], "Việc cũ"), make_task(house["women"], "Việc <mới>")
    older.void(by=head, reason="Nhập nhầm")
    newer.void(by=head)
    make_task(house["women"], "Còn nguyên")
    page = browser.get(VOIDED)
    rows = [(row.title, row.unit, row.voided_by, row.voided_reason, url) for row, url in page.context["rows"]]
    way = "/tasks/{}/restoration/".format
    assert rows == [
        ("Việc <mới>", house["women"], "Nông Thị Thuyên", "", way(newer.pk)),
        ("Việc cũ", house["women"], "Nông Thị Thuyên", "Nhập nhầm", way(older.pk)),
    ]
    text = page.content.decode()
    assert f'<form action="{way(older.pk)}" method="post">' in text
    assert "Việc &lt;mới&gt;" in text
    assert browser.post(way(older.pk), follow=True).redirect_chain == [(older.get_absolute_url(), 302)]
    assert Task.objects.live().filter(pk=older.pk).exists()


def test_the_newest_voiding_counts(house, browser, head, in_bloc):
    task = make_task(house["women"])
    task.void(by=head, reason="Lần đầu")
    task.restore(by=head)
    task.void(by=in_bloc, reason="Lần sau")
    [(row, _url)] = browser.get(VOIDED).context["rows"]
    assert (row.voided_by, row.voided_reason) == ("Hoàng Đình Khuê", "Lần sau")


def test_it_holds_only_what_this_person_may_restore(house, browser, head):
    foreign = make_bloc(mark="2")
    for unit in (house["youth"], foreign["women"]):
        make_task(unit).void(by=head)
    assert browser.get(VOIDED).context["rows"] == []


def test_only_who_may_restore_something_is_led_there(house, client, browser, head):
    assert f'href="{VOIDED}"' in browser.get("/tasks/").content.decode()
    client.force_login(make_member(house["bloc"], "personnel_officer"))
    assert VOIDED not in client.get("/tasks/").content.decode()
    assert client.get(VOIDED).status_code == 404
    assert 'href="/quotas/voided/"' in client.get("/quotas/").content.decode()


@pytest.mark.parametrize("count", [1, 60])
def test_it_costs_the_same_for_one_row_and_for_sixty(house, client, in_bloc, queries, count):
    person = make_person(house["women"], user=False)
    for number in range(count):
        for make in (make_task, make_meeting, make_quota):
            make(house["women"]).void(by=in_bloc)
        make_person(house["women"], user=False).void(by=in_bloc)
        appoint(person, house["women"], "officer", start=day(-number), end=day(1)).void(by=in_bloc)
    client.force_login(in_bloc)
    client.get("/")
    for name in (
        "tasks:task",
        "meetings:meeting",
        "staffing:person",
        "staffing:appointment",
        "staffing:staffquota",
    ):
        with queries(at_most=8):
            page = client.get(reverse(f"{name}_voided"))
        assert page.context["page_obj"].paginator.count == count


def test_it_is_paged_and_htmx_gets_the_rows_alone(house, browser, head):
    for _number in range(30):
        make_task(house["women"], voided_at=timezone.now())
    page = browser.get(f"{VOIDED}?size=25&page=2", headers={"HX-Request": "true"})
    assert len(page.context["rows"]) == 5
    assert "<html" not in page.content.decode()


def test_a_restoration_that_is_refused_says_so_there(house, client, in_bloc):
    person = make_person(house["women"], user=False)
    appoint(person, house["women"], "officer", kind=Appointment.Kind.MAIN, voided_at=timezone.now())
    appoint(person, house["women"], "officer", kind=Appointment.Kind.MAIN)
    voided = Appointment.objects.get(voided_at__isnull=False)
    client.force_login(in_bloc)
    told = client.post(f"{voided.get_absolute_url()}restoration/", follow=True)
    assert told.redirect_chain == [("/appointments/voided/", 302)]
    assert len(told.context["messages"]) == 1


def test_voiding_asks_first_and_names_the_record(house, browser, client, in_bloc):
    records = [
        (make_task(house["women"], "Việc 1"), "Việc 1"),
        (make_meeting(house["women"], "Giao ban 100%"), "Giao ban 100%"),
        (make_person(house["women"], "Chẩu Thị Xoa", user=False), "Chẩu Thị Xoa"),
        (appoint(make_person(house["women"], user=False), house["women"], "officer"), "Nguyễn Văn An"),
        (make_quota(house["women"]), "women"),
    ]
    client.force_login(in_bloc)
    for record, name in records:
        actions = client.get(record.get_absolute_url()).context["actions"]
        [asked] = [action["confirm"] for action in actions if action["url"].endswith("/voiding/")]
        assert name in asked
