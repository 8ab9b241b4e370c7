"""Two clicks or two people at once: the database lets one in, and the other reads why instead of an error page."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from khoidan.staffing.models import Appointment, StaffQuota
from tests.checks import WAITS_FOR_ME, sql, until
from tests.factories import appoint, day, load_matrix, make_bloc, make_member, make_person, make_quota

pytestmark = pytest.mark.django_db(transaction=True)
TAKEN = "Chức danh này ở đơn vị đã có người giữ trong thời gian đó."


@pytest.fixture
def units(transactional_db):
    load_matrix()
    return make_bloc()


@pytest.fixture
def officer(units):
    return make_member(units["office"], "personnel_officer")


def send(user, url, data):
    """POST as `user` on a connection of its own; the answer, and the last page where it led."""
    try:
        client = Client()
        client.force_login(user)
        answer = client.post(url, data)
        return answer, client.get(answer["Location"]) if answer.status_code == 302 else answer
    finally:
        connections.close_all()


def losing_to(work, user, url, data=()):
    """What a POST answers that has to wait for the row of `work`, and then finds it in its way."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            made = work()
            posted = pool.submit(send, user, url, dict(data))
            until(lambda: sql(WAITS_FOR_ME)[0][0] > 0 or posted.done())
            assert not posted.done()
        return made, *posted.result(timeout=20)


def quota_data(unit, **fields):
    return {"unit": unit.pk, "seats": "5", "start": f"{day():%d/%m/%Y}", "token": str(uuid4())} | fields


def told(page):
    return [str(message) for message in page.context["messages"]]


def test_two_clicks_at_once_make_one_record_and_lead_to_it(units, officer):
    data = quota_data(units["women"])

    def first():
        return make_quota(units["women"], 5, start=day(), token=data["token"], created_by=officer)

    made, answer, page = losing_to(first, officer, reverse("staffing:staffquota_new"), data)
    assert (answer.status_code, answer.headers.get("Location")) == (302, made.get_absolute_url())
    assert told(page) == ["Bản ghi này đã được lưu trước đó."]
    assert StaffQuota.objects.count() == 1


def test_two_clicks_one_after_the_other_do_so_too(client, units, officer):
    client.force_login(officer)
    data = quota_data(units["women"])
    answers = [client.post(reverse("staffing:staffquota_new"), data) for _click in range(2)]
    made = StaffQuota.objects.get()
    assert [(a.status_code, a.headers.get("Location")) for a in answers] == [(302, made.get_absolute_url())] * 2


def test_the_token_of_somebody_else_leads_nowhere(units, officer):
    data = quota_data(units["women"])
    other = make_member(units["office"], "personnel_officer")

    def first():
        return make_quota(units["women"], 5, start=day(), token=data["token"], created_by=other)

    _made, answer, _page = losing_to(first, officer, reverse("staffing:staffquota_new"), data)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["__all__"]


def test_who_loses_the_race_for_a_new_record_reads_the_words_of_the_constraint(units, officer):

    def first():
        return make_quota(units["women"], 3, start=day())

    _made, answer, _page = losing_to(first, officer, reverse("staffing:staffquota_new"), quota_data(units["women"]))
    assert answer.context["form"].errors == {"__all__": ["Đơn vị này đã có biên chế được giao trong thời gian đó."]}
    assert answer.context["form"]["seats"].value() == "5"
    assert StaffQuota.objects.count() == 1


def test_who_loses_the_race_for_an_act_reads_them_at_its_form(units, officer):
    seat = appoint(make_person(units["women"]), units["women"], "organization_head")
    stands_in = make_person(units["women"], "Lý Thị Lai")

    def first():
        return appoint(stands_in, units["women"], "organization_head")

    data = {"person": stands_in.pk, "start": f"{day():%d/%m/%Y}", "decision": "Số 7"}
    made, answer, _page = losing_to(first, officer, f"{seat.get_absolute_url()}acting/", data)
    assert answer.context["form"].errors == {"__all__": ["Người này đã giữ chức danh đó ở đơn vị trong thời gian đó."]}
    assert answer.context["form"]["decision"].value() == "Số 7"
    assert list(stands_in.appointments.all()) == [made]


def test_who_loses_the_race_to_restore_reads_them_as_a_message(units, officer):
    seat = appoint(make_person(units["bloc"]), units["bloc"], "truong-khoi", voided_at="2026-01-01T00:00Z")

    def first():
        return appoint(make_person(units["bloc"]), units["bloc"], "truong-khoi")

    _made, answer, page = losing_to(first, officer, f"{seat.get_absolute_url()}restoration/")
    assert (answer.status_code, told(page)) == (302, [TAKEN])
    assert Appointment.objects.live().filter(unit=units["bloc"]).count() == 1
