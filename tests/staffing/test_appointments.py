"""Screens of appointments: every refusal at its field, and rights that follow at once."""

import pytest
from django.urls import reverse

from khoidan.accounts.models import User
from khoidan.organizations.models import Unit
from khoidan.staffing.models import Appointment
from tests.factories import appoint, day, make_person, make_unit, written
from tests.reading import text_of


def seat_data(person, unit, position, **fields):
    return {
        "person": person.pk,
        "unit": unit.pk,
        "position": position.pk,
        "kind": "concurrent",
        "start": written(day()),
        "end": "",
        "decision": "",
    } | fields


def test_an_appointment_gives_its_rights_at_once(client, house, officer, matrix):
    person = make_person(house["women"], "Lý Thị Lai")
    assert not person.user.has_perm("enter_work", house["women"])
    data = seat_data(person, house["women"], matrix["officer"], kind="main", end=written(day(9)))
    assert client.post(reverse("staffing:appointment_new"), data).status_code == 302
    seat = person.appointments.get()
    assert (seat.start, seat.end, seat.created_by) == (day(), day(10), officer)
    assert User.objects.get(pk=person.user_id).has_perm("enter_work", house["women"])


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"start": "31/02/2026"}, "start", "Ngày không có trong lịch"),
        ({"start": "01/01/0001"}, "start", "Năm phải từ 1930 đến 2100"),
        ({"start": "31/12/9999"}, "start", "Năm phải từ 1930 đến 2100"),
        ({"end": "31/12/9999"}, "end", "Năm phải từ 1930 đến 2100"),
        ({"start": ""}, "start", ""),
        ({"start": "05/11/2026", "end": "04/11/2026"}, "end", "phải từ ngày bắt đầu trở đi"),
        ({"end": "32/13/2026"}, "end", "Ngày không có trong lịch"),
        ({"start": "01/01/2019"}, "start", "thành lập ngày 01/01/2020"),
        ({"kind": "acting"}, "kind", ""),
        ({"kind": "' OR 1=1"}, "kind", ""),
        ({"decision": "<script>alert(1)</script>"}, "decision", "thẻ HTML"),
        ({"decision": "x" * 10_000}, "decision", "200"),
        ({"person": "999999999999999999999"}, "person", ""),
        ({"unit": "abc"}, "unit", ""),
        ({"position": "0"}, "position", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(client, house, officer, matrix, fields, where, words):
    person = make_person(house["women"], "Lý Thị Lai")
    data = seat_data(person, house["women"], matrix["officer"], decision="Số 12-QĐ/KD") | fields
    before = Appointment.objects.count()
    response = client.post(reverse("staffing:appointment_new"), data)
    form = response.context["form"]
    assert response.status_code == 200
    assert list(form.errors) == [where]
    assert words in " ".join(form.errors[where])
    assert {name: form[name].value() for name in data} == {name: str(value) for name, value in data.items()}
    assert Appointment.objects.count() == before


@pytest.fixture
def clash(client, house, officer, matrix):
    """Posts an appointment that must be refused; the names of the fields with errors, and the words."""

    def post(person, unit, position, **fields):
        before = Appointment.objects.count()
        data = seat_data(person, unit, matrix[position], **fields)
        errors = client.post(reverse("staffing:appointment_new"), data).context["form"].errors
        assert Appointment.objects.count() == before
        return {name: " ".join(said) for name, said in errors.items()}

    return post


def test_two_bloc_heads_are_refused_at_the_position(clash, house, matrix):
    appoint(make_person(house["bloc"], "Hoàng Đình Khuê"), house["bloc"], "truong-khoi")
    said = clash(make_person(house["bloc"], "Lý Thị Lai"), house["bloc"], "truong-khoi", start="01/01/2025")
    assert said == {"position": "Chức danh này ở đơn vị đã có người giữ trong thời gian đó."}


def test_a_seat_taken_twice_is_refused_at_the_person(clash, house, matrix):
    person = make_person(house["women"], "Lý Thị Lai")
    appoint(person, house["women"], "officer", end=day(5))
    assert clash(person, house["women"], "officer") == {
        "person": "Người này đã giữ chức danh đó ở đơn vị trong thời gian đó."
    }


def test_two_main_posts_are_refused_at_the_kind(clash, house, matrix):
    person = make_person(house["women"], "Lý Thị Lai")
    appoint(person, house["women"], "officer", kind="main")
    assert clash(person, house["office"], "clerk", kind="main") == {
        "kind": "Người này đã có chức danh chính trong thời gian đó."
    }


def test_a_position_is_for_its_kinds_of_unit(clash, client, house, matrix):
    person = make_person(house["women"], "Lý Thị Lai")
    said = clash(person, house["women"], "truong-khoi")
    assert said == {"position": "Chức danh «Trưởng khối» không dùng ở loại đơn vị «tổ chức»."}
    offered = client.get(reverse("staffing:appointment_new"), {"unit": house["women"].pk}).context["form"]
    codes = set(offered.fields["position"].queryset.values_list("code", flat=True))
    assert "chu-tich" in codes
    assert "truong-khoi" not in codes


def test_only_units_of_ones_own_bloc_are_offered(client, house, officer):
    make_unit("Khối khác", "bloc")
    form = client.get(reverse("staffing:appointment_new")).context["form"]
    assert set(form.fields["unit"].queryset) == set(Unit.objects.filter(bloc=house["bloc"]))


def test_person_unit_and_position_never_change(client, house, officer, holder, matrix):
    seat = holder.appointments.get(kind="main")
    url = f"{seat.get_absolute_url()}edit/"
    version = client.get(url).context["form"]["version"].value()
    other = make_person(house["women"], "Lý Thị Lai")
    data = seat_data(other, house["youth"], matrix["clerk"], kind="main", start="01/02/2021", decision="Số 5")
    assert client.post(url, data | {"version": version}).status_code == 302
    seat.refresh_from_db()
    assert (seat.person, seat.unit, seat.position.code) == (holder, house["women"], "organization_head")
    assert (written(seat.start), seat.decision) == ("01/02/2021", "Số 5")


def test_what_a_constraint_refuses_on_editing_stands_at_a_field_of_the_form(client, house, officer):
    first, second = make_person(house["bloc"], "Hoàng Đình Khuê"), make_person(house["bloc"], "Lý Thị Lai")
    appoint(first, house["bloc"], "truong-khoi", end=day(-10))
    seat = appoint(second, house["bloc"], "truong-khoi", start=day(-10))
    data = {"kind": "concurrent", "start": written(day(-20)), "version": seat.version}
    form = client.post(f"{seat.get_absolute_url()}edit/", data).context["form"]
    assert dict(form.errors) == {"start": ["Chức danh này ở đơn vị đã có người giữ trong thời gian đó."]}


def test_an_ending_takes_the_last_day_and_ends_the_rights_after_it(client, house, officer, holder):
    seat = holder.appointments.get(kind="main")
    url = f"{seat.get_absolute_url()}ending/"
    stale = make_person(house["women"], "Lý Thị Lai").user
    appoint(stale.person, house["women"], "officer")
    early = client.post(url, {"last_day": "31/12/2020", "reason": "Nghỉ hưu"})
    assert early.context["form"].errors["last_day"] == ["Ngày cuối không thể trước ngày bắt đầu."]
    assert User.objects.get(pk=stale.pk).grants_on is None  # a refused form changes no right
    assert client.post(url, {"last_day": written(day(-1)), "reason": "Nghỉ hưu"}).status_code == 302
    seat.refresh_from_db()
    assert seat.end == day()
    assert not User.objects.get(pk=holder.user_id).has_perm("view_work", house["women"])
    assert "Nghỉ hưu" in text_of(client.get(f"{seat.get_absolute_url()}history/"))


def test_an_ending_never_prolongs(client, house, officer):
    seat = appoint(make_person(house["bloc"], "Hoàng Đình Khuê"), house["bloc"], "truong-khoi", end=day(5))
    appoint(make_person(house["bloc"], "Lý Thị Lai"), house["bloc"], "truong-khoi", start=day(5))
    form = client.post(f"{seat.get_absolute_url()}ending/", {"last_day": written(day(9)), "reason": "Nhầm"}).context[
        "form"
    ]
    assert "kết thúc sớm hơn" in form.errors["last_day"][0]
    assert form["reason"].value() == "Nhầm"


def test_an_acting_holder_takes_all_seats_for_the_dates_and_both_names_stay(client, house, officer, holder):
    seat = holder.appointments.get(kind="main")
    deputy = make_person(house["women"], "Lý Thị Lai")
    url = f"{seat.get_absolute_url()}acting/"
    asked = client.get(url).context["form"]
    other = holder.appointments.get(kind="concurrent")
    assert asked["also"].value() == [other.pk]
    data = {
        "person": deputy.pk,
        "start": written(day()),
        "end": written(day(14)),
        "decision": "Số 7",
        "also": other.pk,
    }
    assert client.post(url, data).status_code == 302
    made = Appointment.objects.filter(person=deputy).order_by("pk")
    assert [(a.acting_for, a.start, a.end, a.decision) for a in made] == [
        (other, day(), day(15), "Số 7"),
        (seat, day(), day(15), "Số 7"),
    ]
    account = User.objects.get(pk=deputy.user_id)
    assert account.has_perm("approve_work", house["women"])
    assert account.has_perm("view_work", house["bloc"])
    assert User.objects.get(pk=holder.user_id).has_perm("approve_work", house["women"])
    assert "phụ trách thay Nông Thị Hinh" in text_of(client.get(made[1].get_absolute_url()))


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"start": "01/01/2019"}, "start", "phải nằm trong thời gian"),
        ({"end": "01/01/2020"}, "end", "không thể trước"),
        ({"person": ""}, "person", ""),
        ({"start": "hôm kia"}, "start", "Ngày không có trong lịch"),
    ],
)
def test_a_wrong_acting_appointment_is_told_at_its_field(client, house, officer, holder, fields, where, words):
    seat = holder.appointments.get(kind="main")
    deputy = make_person(house["women"], "Lý Thị Lai")
    data = {"person": deputy.pk, "start": written(day()), "end": written(day(3))} | fields
    form = client.post(f"{seat.get_absolute_url()}acting/", data).context["form"]
    assert list(form.errors) == [where]
    assert words in form.errors[where][0]
    assert not Appointment.objects.filter(kind="acting").exists()


def test_nobody_acts_where_somebody_acts_already_nor_for_themselves(client, house, officer, holder):
    seat, other = holder.appointments.get(kind="main"), holder.appointments.get(kind="concurrent")
    appoint(make_person(house["women"], "Trần Văn Uyên"), house["bloc"], "deputy_head", start=day(), acting_for=other)
    deputy = make_person(house["women"], "Lý Thị Lai")
    data = {"person": deputy.pk, "start": written(day()), "also": other.pk}
    form = client.post(f"{seat.get_absolute_url()}acting/", data).context["form"]
    assert form.errors["also"] == ["Phó Trưởng khối, bloc: Đã có người phụ trách thay trong thời gian đó."]
    assert not deputy.appointments.exists()
    form = client.post(f"{seat.get_absolute_url()}acting/", data | {"person": holder.pk}).context["form"]
    assert form.errors["person"]


def test_voiding_takes_the_rights_back_and_undo_returns_them(client, house, officer, holder):
    seat = holder.appointments.get(kind="main")
    done = client.post(f"{seat.get_absolute_url()}voiding/", follow=True)
    assert "Hoàn tác" in text_of(done)
    assert not User.objects.get(pk=holder.user_id).has_perm("view_work", house["women"])
    assert client.post(f"{seat.get_absolute_url()}restoration/").status_code == 302
    assert User.objects.get(pk=holder.user_id).has_perm("view_work", house["women"])


def test_undo_says_why_when_the_seat_is_taken_meanwhile(client, house, officer):
    seat = appoint(make_person(house["bloc"], "Hoàng Đình Khuê"), house["bloc"], "truong-khoi")
    client.post(f"{seat.get_absolute_url()}voiding/")
    appoint(make_person(house["bloc"], "Lý Thị Lai"), house["bloc"], "truong-khoi")
    told = client.post(f"{seat.get_absolute_url()}restoration/", follow=True)
    assert told.status_code == 200
    assert "đã có người giữ trong thời gian đó" in text_of(told)


def test_appointments_are_filtered_by_unit_position_kind_and_day(client, house, officer, holder, matrix):
    url = reverse("staffing:appointment_list")

    def found(**asked):
        return {(a.person.name, a.unit.name) for a in client.get(url, asked).context["page_obj"]}

    appoint(make_person(house["youth"], "Lý Thị Lai"), house["youth"], "officer", start=day(-9), end=day(-3))
    assert found(unit=house["youth"].pk) == {("Lý Thị Lai", "youth")}
    assert found(position=matrix["deputy_head"].pk) == {("Nông Thị Hinh", "bloc")}
    assert found(kind="main") == {("Nông Thị Hinh", "women")}
    assert ("Lý Thị Lai", "youth") in found(held=written(day(-4)))
    assert ("Lý Thị Lai", "youth") not in found(held=written(day(-3)))
    assert found(held="today", counted="yes") == {("Nông Thị Hinh", "women")}
    wrong = client.get(url, {"held": "31/02/2026", "unit": "x", "sort": "-nothing", "page": "-1"})
    assert wrong.status_code == 200
    assert "Ngày không có trong lịch" in text_of(wrong)


def test_the_history_reads_as_sentences(client, house, officer, holder):
    seat = holder.appointments.get(kind="main")
    client.post(f"{seat.get_absolute_url()}ending/", {"last_day": written(day(3)), "reason": "Luân chuyển"})
    told = text_of(client.get(f"{seat.get_absolute_url()}history/"))
    assert "Kết thúc phân công" in told
    assert "Luân chuyển" in told
