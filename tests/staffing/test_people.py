"""Screens of people: found without marks, entered once, voided only when idle."""

import pytest
from django.urls import reverse
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.staffing.models import Person
from tests.factories import appoint, day, make_member, make_person, make_unit, make_user, written
from tests.reading import text_of


def test_people_are_sorted_by_given_name_and_found_without_marks(client, house, officer):
    for name in ("Trần Văn Uyên", "Lê Thị Ưng", "Ân Văn An", "Đỗ Đức Dũng"):
        make_person(house["women"], name, user=False)
    page = client.get(reverse("staffing:person_list")).context["page_obj"]
    assert [p.name for p in page] == ["Ân Văn An", "Đỗ Đức Dũng", "Hà Thị Nga", "Trần Văn Uyên", "Lê Thị Ưng"]
    page = client.get(reverse("staffing:person_list"), {"q": "do  dUng"}).context["page_obj"]
    assert [p.name for p in page] == ["Đỗ Đức Dũng"]


def test_a_row_of_people_tells_the_main_post_and_how_many_besides(client, house, officer, holder):
    page = client.get(reverse("staffing:person_list"), {"q": "hinh"}).context["page_obj"]
    row = page.object_list[0]
    assert (row.post, row.post_unit, row.others) == ("Người đứng đầu tổ chức", "women", 1)


def test_people_are_filtered_by_unit_and_by_having_a_seat(client, house, officer, holder):
    idle = make_person(house["youth"], "Không Chức", user=False)
    found = client.get(reverse("staffing:person_list"), {"unit": house["bloc"].pk}).context["page_obj"]
    assert [p.name for p in found] == ["Nông Thị Hinh"]
    found = client.get(reverse("staffing:person_list"), {"seated": "no"}).context["page_obj"]
    assert list(found) == [idle]


def test_a_person_is_entered_once_however_often_the_button_is_pressed(client, house, officer):
    url = reverse("staffing:person_new")
    form = client.get(url).context["form"]
    data = {"name": "Lý Thị Lai", "unit": house["women"].pk, "token": str(form["token"].value())}
    first, second = client.post(url, data), client.post(url, data)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Person.objects.filter(name="Lý Thị Lai").count() == 1


def test_a_person_in_a_foreign_unit_is_not_accepted(client, house, officer):
    elsewhere = make_unit("Khối khác", "bloc")
    response = client.post(reverse("staffing:person_new"), {"name": "Lý Thị Lai", "unit": elsewhere.pk})
    assert response.context["form"].errors["unit"]
    assert not Person.objects.filter(name="Lý Thị Lai").exists()


def test_the_account_given_to_a_person_has_its_rights_at_once(client, house, officer):
    person = make_person(house["women"], "Lý Thị Lai", user=False)
    appoint(person, house["women"], "officer")
    account = User.objects.create(username="lai.ly", name="Lý Thị Lai")
    form = client.get(f"{person.get_absolute_url()}edit/").context["form"]
    data = {"name": person.name, "unit": house["women"].pk, "user": "Lai.LY ", "version": form["version"].value()}
    assert client.post(f"{person.get_absolute_url()}edit/", data).status_code == 302
    account.refresh_from_db()
    assert account.grants_on == timezone.localdate()
    assert account.has_perm("view_work", house["women"])


def linking(client, person, username):
    """The form after that name was sent for the account of `person`, or None once it was taken."""
    data = {"name": person.name, "unit": person.unit_id, "user": username, "version": person.version}
    return getattr(client.post(f"{person.get_absolute_url()}edit/", data), "context", None)


@pytest.mark.parametrize("typed", ["khong.co", "da.gan", "bi.khoa", "quan.tri", "\x00", "29", "lai", "x" * 9999])
def test_every_account_that_cannot_be_given_is_refused_in_the_same_words(client, house, officer, typed):
    person = make_person(house["women"], "Lý Thị Lai", user=False)
    make_person(house["women"], "Nông Thị Hinh", user=make_user("da.gan"))
    make_user("bi.khoa", is_active=False), make_user("quan.tri", is_superuser=True), make_user("lai.ly")
    form = linking(client, person, typed)["form"]
    said = "Không có tài khoản nào tên như vậy còn gắn được; hãy hỏi người quản trị."
    assert dict(form.errors) == {"user": [said]}
    assert form["user"].value() == typed


def test_the_form_of_a_person_names_no_account_but_theirs(client, house, officer, holder):
    make_user("lai.ly", name="Lý Thị Lai")
    for url in (reverse("staffing:person_new"), f"{holder.get_absolute_url()}edit/"):
        assert "lai.ly" not in client.get(url).content.decode()
    field = client.get(f"{holder.get_absolute_url()}edit/").context["form"]["user"]
    assert (field.value(), field.field.disabled) == (holder.user.username, True)
    assert "nhờ người quản trị gỡ" in field.help_text


def test_the_account_of_a_person_is_given_once(client, house, officer, holder):
    account, free = holder.user, make_user("lai.ly")
    for typed in (free.username, ""):
        holder.refresh_from_db()
        linking(client, holder, typed)
        holder.refresh_from_db()
        assert holder.user == account


def test_of_two_names_that_differ_by_case_the_one_typed_is_meant(client, house, officer):
    person, small = make_person(house["women"], "Lý Thị Lai", user=False), make_user("lai.ly")
    make_user("Lai.Ly")
    assert dict(linking(client, person, "LAI.LY")["form"].errors)
    linking(client, person, "lai.ly")
    person.refresh_from_db()
    assert person.user == small


def test_a_stale_form_shows_both_versions_and_keeps_what_was_typed(client, house, officer):
    person = make_person(house["women"], "Lý Thị Lai", user=False, phone="1")
    url = f"{person.get_absolute_url()}edit/"
    data = {"name": "Lý Thị Lài", "unit": house["women"].pk, "phone": "2", "version": person.version}
    Person.objects.filter(pk=person.pk).update(phone="3")
    stale = client.post(url, data)
    assert stale.context["form"].conflicts == [
        {"name": "name", "label": "Họ và tên", "mine": "Lý Thị Lài", "theirs": "Lý Thị Lai"},
        {"name": "phone", "label": "Điện thoại công vụ", "mine": "2", "theirs": "3"},
    ]
    assert 'value="Lý Thị Lài"' in text_of(stale)
    again = data | {"version": stale.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.phone) == ("Lý Thị Lài", "2")


def test_a_person_page_tells_seats_now_past_and_coming_with_both_names_of_an_acting_one(client, house, officer, holder):
    stand_in = make_person(house["women"], "Lý Thị Lai")
    seat = holder.appointments.get(kind="main")
    appoint(stand_in, house["women"], "organization_head", start=day(-1), end=day(5), acting_for=seat)
    appoint(stand_in, house["youth"], "officer", start=day(-90), end=day(-30))
    appoint(stand_in, house["office"], "clerk", start=day(30))
    groups = client.get(stand_in.get_absolute_url()).context["groups"]
    assert [[s.unit.name for s in group["seats"]] for group in groups] == [["women"], ["office"], ["youth"]]
    assert "phụ trách thay Nông Thị Hinh" in text_of(client.get(stand_in.get_absolute_url()))
    assert written(day(4)) in text_of(client.get(stand_in.get_absolute_url()))
    assert "Lý Thị Lai" in text_of(client.get(holder.get_absolute_url()))


def test_the_state_of_an_account_is_shown_to_who_manages_staff_only(client, house, officer, holder):
    assert holder.user.username in text_of(client.get(holder.get_absolute_url()))
    client.force_login(make_member(house["committee"], "officer"))
    assert holder.user.username not in text_of(client.get(holder.get_absolute_url()))


def test_a_person_with_a_seat_cannot_be_voided_and_one_without_can_and_comes_back(client, house, officer, holder):
    refused = client.post(f"{holder.get_absolute_url()}voiding/", follow=True)
    assert "đang giữ hoặc sắp giữ chức danh" in text_of(refused)
    idle = make_person(house["youth"], "Không Chức", user=False)
    done = client.post(f"{idle.get_absolute_url()}voiding/", follow=True)
    assert f'action="{idle.get_absolute_url()}restoration/"' in text_of(done)
    assert client.get(idle.get_absolute_url()).status_code == 404
    assert client.post(f"{idle.get_absolute_url()}restoration/").status_code == 302
    assert client.get(idle.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("unit", ["abc", "\x00", "9" * 25, "-1"])
def test_a_stale_form_with_a_key_that_cannot_be_one_is_still_told(client, house, officer, unit):
    person = make_person(house["women"], "Lý Thị Lai", user=False)
    Person.objects.filter(pk=person.pk).update(phone="3")
    data = {"name": "Lý Thị Lài", "unit": unit, "version": person.version}
    form = client.post(f"{person.get_absolute_url()}edit/", data).context["form"]
    assert form.errors["unit"]
    assert form["name"].value() == "Lý Thị Lài"
