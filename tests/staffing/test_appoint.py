"""The command that seats the first person of an office, and when it steps back."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from khoidan.accounts.models import User
from khoidan.organizations.models import Event, Unit
from khoidan.staffing.models import Appointment, Person
from tests.factories import appoint, day, fresh, make_bloc, make_member, make_unit, make_user, written


@pytest.fixture
def account(house):
    Unit.objects.filter(pk=house["bloc"].pk).update(code="KD", name="Cơ quan khối Dân", short_name="Khối Dân")
    return make_user("khue", name="Hoàng Đình Khuê")


def run(*, username="khue", name="Hoàng Đình Khuê", unit="KD", position="truong-khoi", start=None):
    told = StringIO()
    call_command("appoint", username, name, unit, position, *([start] if start else []), stdout=told)
    return told.getvalue()


def test_the_first_person_holds_the_seat_and_its_rights_at_once(house, account):
    told = run()
    seat = Appointment.objects.get()
    assert (seat.person.name, seat.person.user, seat.person.unit) == ("Hoàng Đình Khuê", account, house["bloc"])
    assert (seat.unit, seat.position.code, seat.kind) == (house["bloc"], "truong-khoi", "main")
    assert (seat.start, seat.end) == (day(), None)
    assert User.objects.get(pk=account.pk).has_perm("manage_staff", house["women_branch"])
    for record in (seat, seat.person):
        act = Event.objects.about(record).get()
        assert (act.verb, act.actor, act.unit) == ("created", None, house["bloc"])
    assert f"{written(day())}: Hoàng Đình Khuê, Trưởng khối, Khối Dân" in told
    assert "phân công những người khác ngay trong trình duyệt" in told


@pytest.mark.parametrize("unit", ["KD", "kd", "Khối Dân", "khoi dan", "Cơ quan khối Dân", "Kh\u006f\u0302\u0301i Dân"])
def test_a_unit_is_found_by_code_or_name_without_marks_too(account, unit):
    run(unit=unit)
    assert Appointment.objects.get().unit.code == "KD"


def test_an_account_is_found_in_any_case(account):
    run(username="KHUE")
    assert Appointment.objects.get().person.user == account


@pytest.mark.parametrize("start", ["2026-03-02", "02/03/2026"])
def test_the_first_day_is_typed_either_way(account, start):
    run(start=start)
    assert str(Appointment.objects.get().start) == "2026-03-02"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"username": "nobody"}, "Không có tài khoản «nobody». Đang có: khue."),
        ({"username": "root"}, "«root» là tài khoản quản trị hệ thống"),
        ({"username": "locked"}, "«locked» đang bị khóa"),
        ({"unit": "XX"}, "Không có đơn vị «XX». Đang có:\n.*KD +Cơ quan khối Dân"),
        ({"unit": "twin"}, "Có nhiều đơn vị «twin»"),
        ({"unit": "gone"}, "gone đã hết hoạt động"),
        ({"position": "x"}, r"không có chức danh mã «x». Đang có: .*truong-khoi \(Trưởng khối\)"),
        ({"position": "chu-tich"}, "Ở Khối Dân không có chức danh mã «chu-tich»"),
        ({"start": "2019-12-31"}, "Khối Dân thành lập ngày 01/01/2020"),
        ({"start": "31/02/2026"}, "Ngày không có trong lịch"),
        ({"start": "9999-01-01"}, "Năm phải từ 1930"),
        ({"name": "<script>"}, "thẻ HTML"),
        ({"name": ""}, "trống"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(house, account, given, words):
    make_user("root", is_superuser=True)
    make_user("locked", is_active=False)
    make_unit("Twin", "office", house["bloc"])
    make_unit("TWIN", "office", house["bloc"])
    make_unit("gone", "office", house["bloc"], valid_to=day())
    with pytest.raises(CommandError, match=f"(?s){words}"):
        run(**given)
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_once_somebody_manages_staff_the_office_appoints_by_itself(house, account):
    make_member(house["office"], "personnel_officer", "Hà Thị Nga")
    with pytest.raises(CommandError, match="đã có người quản lý cán bộ: Hà Thị Nga"):
        run()
    assert not Person.objects.filter(user=account).exists()


def test_who_cannot_act_or_acts_in_another_bloc_stands_in_nobodys_way(house, account):
    make_member(make_bloc(mark="2")["bloc"], "bloc_head")
    make_member(house["bloc"], "bloc_head", end=day())
    make_member(house["women"], "officer")
    locked, root = make_member(house["bloc"], "bloc_head"), make_member(house["bloc"], "bloc_head")
    User.objects.filter(pk=locked.pk).update(is_active=False)
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    run()
    assert User.objects.get(pk=account.pk).has_perm("manage_staff", house["bloc"])


def test_rights_that_are_due_today_are_counted_though_nobody_has_signed_in(house, account):
    head = make_member(house["bloc"], "bloc_head", "Hà Thị Nga", start=day(1))
    User.objects.filter(pk=head.pk).update(grants_on=day(-1))
    Appointment.objects.filter(person__user=head).update(start=day())
    with pytest.raises(CommandError, match="Hà Thị Nga"):
        run()


def test_a_seat_that_manages_no_staff_says_which_do(account):
    told = run(position="chuyen-vien")
    assert "khối chưa có ai quản lý cán bộ" in told
    assert "truong-khoi (Trưởng khối)" in told
    run(position="can-bo-to-chuc")
    assert list(Appointment.objects.order_by("pk").values_list("position__code", "kind")) == [
        ("chuyen-vien", "main"),
        ("can-bo-to-chuc", "concurrent"),
    ]
    assert Person.objects.count() == 1


def test_an_account_that_is_somebody_elses_is_refused(house, account):
    run(position="chuyen-vien")
    with pytest.raises(CommandError, match="đã gắn với hồ sơ khác: Hoàng Đình Khuê"):
        run(name="Lý Thị Lai")


def test_a_seat_for_one_that_is_taken_is_refused(house, account):
    head = make_member(house["bloc"], "observer", "Hà Thị Nga")
    appoint(head.person, house["bloc"], "truong-khoi")
    User.objects.filter(pk=head.pk).update(is_active=False)
    with pytest.raises(CommandError, match="đã có người giữ"):
        run()
    assert not fresh(account).has_perm("manage_staff", house["bloc"])
