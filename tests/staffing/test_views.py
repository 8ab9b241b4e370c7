"""Screens of staffing: who reaches them, and what a page costs."""

import pytest
from django.urls import reverse

from khoidan.accounts.models import User
from tests.factories import appoint, day, make_member, make_person, make_quota, make_unit
from tests.reading import text_of

LISTS = ["staffing:person_list", "staffing:appointment_list", "staffing:staffquota_list", "organizations:unit_list"]


@pytest.mark.parametrize("name", LISTS)
def test_whoever_sits_in_the_bloc_reads_lists_and_nobody_else_sees_a_row(client, house, holder, name):
    make_quota(house["women"], 3)
    client.force_login(make_member(house["committee"], "officer"))
    assert "women" in text_of(client.get(reverse(name)))
    client.force_login(User.objects.create(username="none", name="Người Ngoài"))
    outside = text_of(client.get(reverse(name)))
    assert "women" not in outside
    assert "Nông Thị Hinh" not in outside


def test_records_of_another_bloc_do_not_exist(client, house, officer, matrix):
    elsewhere = make_unit("Khối khác", "bloc")
    person = make_person(elsewhere, "Người Khác")
    seat, quota = appoint(person, elsewhere, "bloc_head"), make_quota(elsewhere)
    for record in (elsewhere, person, seat, quota):
        assert client.get(record.get_absolute_url()).status_code == 404
        assert client.get(record.get_absolute_url() + "history/").status_code == 404
    assert client.get(elsewhere.get_rights_url()).status_code == 404
    assert client.post(f"{seat.get_absolute_url()}ending/").status_code == 404


@pytest.mark.parametrize("role", ["officer", "deputy_head", "organization_head", "clerk", "unit_head", "observer"])
def test_only_who_manages_staff_changes_it(client, house, holder, role):
    seat, quota = holder.appointments.get(kind="main"), make_quota(house["women"])
    client.force_login(make_member(house["women"], role))
    for name in ("person", "appointment", "staffquota"):
        assert client.get(reverse(f"staffing:{name}_new")).status_code == 404
    for record in (holder, seat, quota):
        refused = client.get(f"{record.get_absolute_url()}edit/")
        assert refused.status_code == 403
        assert "quản lý cán bộ" in text_of(refused)
        assert client.post(f"{record.get_absolute_url()}voiding/").status_code == 403
        assert f"{record.get_absolute_url()}edit/" not in text_of(client.get(record.get_absolute_url()))
    assert client.get(f"{seat.get_absolute_url()}ending/").status_code == 403
    assert client.get(f"{seat.get_absolute_url()}acting/").status_code == 403


def crowd(house, number):
    for n in range(number):
        person = make_person(house["women"], f"Người Thứ {n}", user=False)
        appoint(person, house["women"], "officer", kind="main", start=day(-9))
        unit = make_unit(f"Chi hội {n}", "branch", house["women"])
        make_quota(unit, 2, start=day(-n - 1))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_for_one_row_and_for_sixty(client, house, officer, queries, name):
    crowd(house, 1)
    client.get(reverse(name))  # rights and content types are read once
    with queries(at_most=8) as one:
        client.get(reverse(name))
    crowd(house, 60)
    client.get(reverse(name))
    with queries(at_most=8) as many:
        client.get(reverse(name))
    assert len(one) == len(many)


def test_every_page_costs_at_most_twelve_queries(client, house, officer, holder, queries):
    crowd(house, 20)
    quota, seat = make_quota(house["women"]), holder.appointments.get(kind="main")
    appoint(make_person(house["women"], "Lý Thị Lai"), house["women"], "organization_head", acting_for=seat)
    pages = [record.get_absolute_url() for record in (holder, seat, quota, house["women"])]
    pages += [f"{page}history/" for page in pages] + [f"{page}edit/" for page in pages[:3]]
    pages += [reverse(f"staffing:{name}_new") for name in ("person", "appointment", "staffquota")]
    pages += [f"{seat.get_absolute_url()}{act}/" for act in ("ending", "acting")]
    pages += [f"{house['women'].get_rights_url()}?person={holder.pk}&day=t", reverse("staffing:my_rights")]
    for page in pages:
        client.get(page)
        with queries(at_most=12):
            assert client.get(page).status_code == 200, page


def test_nothing_is_asked_of_the_database_by_the_tree_per_unit(client, house, officer, queries):
    crowd(house, 60)
    client.get(reverse("organizations:unit_list"))
    with queries() as seen:
        client.get(reverse("organizations:unit_list"))
    frame = 4  # session, user, rights, the frame itself
    assert len(seen) <= frame + 4
