"""Quota against seats, the tree of units and the page of a unit."""

import pytest
from django.urls import reverse

from khoidan.staffing.models import StaffQuota
from tests.factories import appoint, day, make_member, make_person, make_quota, make_unit, written
from tests.reading import text_of


def test_quota_stands_against_seats_in_the_order_of_the_tree(client, house, officer, holder):
    make_quota(house["women"], 1)
    make_quota(house["bloc"], 4)
    appoint(make_person(house["women"], "Lý Thị Lai"), house["women"], "officer", kind="main")
    page = client.get(reverse("staffing:staffquota_list"))
    rows = [(r.unit.name, r.quota, r.filled, r.vacant, r.over) for r in page.context["page_obj"]]
    assert rows == [("bloc", 4, 0, 4, 0), ("women", 1, 2, 0, 1)]
    counted = client.get(f"{page.context['seats_url']}&unit={house['women'].pk}").context["page_obj"]
    assert len(counted) == 2
    past = client.get(reverse("staffing:staffquota_list"), {"held": "01/01/2020"}).context["page_obj"]
    assert list(past) == []


def test_two_quotas_at_one_time_are_refused_at_the_start(client, house, officer):
    make_quota(house["women"], 1, end=day(3))
    data = {"unit": house["women"].pk, "seats": "2", "start": written(day(2))}
    form = client.post(reverse("staffing:staffquota_new"), data).context["form"]
    assert dict(form.errors) == {"start": ["Đơn vị này đã có biên chế được giao trong thời gian đó."]}
    assert client.post(reverse("staffing:staffquota_new"), data | {"start": written(day(3))}).status_code == 302


@pytest.mark.parametrize("seats", ["-1", "abc", "1.5", "999999", ""])
def test_seats_are_a_plain_number(client, house, officer, seats):
    data = {"unit": house["women"].pk, "seats": seats, "start": written(day())}
    form = client.post(reverse("staffing:staffquota_new"), data).context["form"]
    assert list(form.errors) == ["seats"]


def test_a_quota_is_edited_and_voided(client, house, officer):
    quota = make_quota(house["women"], 1)
    data = {"seats": "5", "start": written(quota.start), "end": written(day(9)), "version": quota.version}
    assert client.post(f"{quota.get_absolute_url()}edit/", data).status_code == 302
    quota.refresh_from_db()
    assert (quota.seats, quota.end) == (5, day(10))
    client.post(f"{quota.get_absolute_url()}voiding/")
    assert not StaffQuota.objects.live().exists()
    client.post(f"{quota.get_absolute_url()}restoration/")
    assert StaffQuota.objects.live().get() == quota


def test_the_end_of_a_period_is_shown_as_its_last_day(client, house, officer):
    quota = make_quota(house["women"], 1, start=day(-9), end=day(10))
    url = f"{quota.get_absolute_url()}edit/"
    shown = client.get(url).context["form"]["end"]
    assert (shown.value(), shown.label) == (day(9), "Đến hết ngày")
    StaffQuota.objects.filter(pk=quota.pk).update(end=day(20))
    data = {"seats": "1", "start": written(day(-9)), "end": written(day(5)), "version": quota.version}
    form = client.post(url, data).context["form"]
    assert [(c["label"], c["mine"], c["theirs"]) for c in form.conflicts] == [
        ("Đến hết ngày", written(day(5)), written(day(19)))
    ]
    short = client.post(url, data | {"end": written(day(-10)), "version": quota.version + 1}).context["form"]
    assert short.errors == {"end": ["Ngày cuối phải từ ngày bắt đầu trở đi."]}


def test_the_tree_names_heads_counts_seats_and_greys_closed_units(client, house, officer, holder):
    make_quota(house["women"], 3)
    closed = make_unit("Hội cũ", "organization", house["bloc"], valid_to=day(-5), succeeded_by=house["women"])
    response = client.get(reverse("organizations:unit_list"))
    nodes = {node.unit.name: node for root in response.context["tree"] for node in root.walk()}
    assert nodes["women"].about["people"][0].person == holder
    assert (nodes["women"].about["seats"].filled, nodes["women"].about["seats"].quota) == (1, 3)
    assert (nodes["women_branch"].depth, nodes["bloc"].depth) == (2, 0)
    assert nodes[closed.name].about["closed"]
    assert "nay là women" in text_of(response)


def test_a_unit_page_tells_who_sits_there(client, house, officer, holder):
    response = client.get(house["women"].get_absolute_url())
    assert [seat.person for seat in response.context["seats"]] == [holder]
    assert f"{reverse('staffing:appointment_new')}?unit={house['women'].pk}" in text_of(response)
    client.force_login(make_member(house["committee"], "officer"))
    seen = text_of(client.get(house["women"].get_absolute_url()))
    assert "Nông Thị Hinh" in seen
    assert house["women"].get_rights_url() not in seen


def test_links_carry_plain_numbers(client, house, officer):
    """A thousand separator inside an address would lead nowhere."""
    unit = make_unit("Hội mới", "organization", house["bloc"], pk=12345)
    make_quota(unit, 2)
    assert "&amp;unit=12345" in text_of(client.get(reverse("staffing:staffquota_list")))
    assert "?unit=12345&amp;state=open" in text_of(client.get(unit.get_absolute_url()))
