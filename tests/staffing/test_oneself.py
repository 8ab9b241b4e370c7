"""Who manages staff manages the seats of others: nobody gives a seat to themselves, or keeps one for longer."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from khoidan.staffing.models import Appointment
from tests.factories import appoint, day, fresh, make_person, written
from tests.reading import text_of

SAID = "Không ai tự phân công cho chính mình; hãy nhờ người khác có quyền quản lý cán bộ."


@pytest.fixture
def chair(house):
    """The seat of the bloc head, until a day."""
    person = make_person(house["bloc"], "Hoàng Đình Khuê")
    return appoint(person, house["bloc"], "bloc_head", end=day(30))


def errors_of(client, url, data):
    before = list(Appointment.objects.order_by("pk").values())
    errors = client.post(url, data).context["form"].errors
    assert list(Appointment.objects.order_by("pk").values()) == before
    return {name: list(said) for name, said in errors.items()}


def dates(seat, **fields):
    known = {"kind": seat.kind, "decision": "", "version": seat.version}
    return known | {"start": written(seat.start), "end": written(seat.last_day) if seat.end else ""} | fields


def test_nobody_sends_themselves_to_stand_in(client, officer, chair):
    data = {"person": officer.person.pk, "start": written(day())}
    assert errors_of(client, f"{chair.get_absolute_url()}acting/", data) == {"person": [SAID]}
    with pytest.raises(ValidationError, match="chính mình"):
        chair.cover(by=officer, person=officer.person, start=day(), end=day(3))


def test_nobody_takes_a_seat_themselves(client, house, officer, matrix):
    data = {"person": officer.person.pk, "unit": house["bloc"].pk, "position": matrix["bloc_head"].pk}
    data |= {"kind": "concurrent", "start": written(day()), "end": ""}
    assert errors_of(client, reverse("staffing:appointment_new"), data) == {"person": [SAID]}


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [(0, 9, ["end"]), (0, None, ["end"]), (-1, 5, ["start"]), (-1, None, ["start", "end"])],
)
def test_nobody_prolongs_a_seat_of_their_own(client, house, officer, start, end, told):
    seat = appoint(officer.person, house["women"], "clerk", start=day(), end=day(6))
    data = dates(seat, start=written(day(start)), end=written(day(end)) if end else "")
    assert errors_of(client, f"{seat.get_absolute_url()}edit/", data) == dict.fromkeys(told, [SAID])


def test_nobody_prolongs_the_seat_they_stand_in_for(client, officer, chair):
    appoint(officer.person, chair.unit, "bloc_head", start=day(), end=chair.end, acting_for=chair)
    data = dates(chair, end="")
    assert errors_of(client, f"{chair.get_absolute_url()}edit/", data) == {"end": [SAID]}


def test_nobody_brings_back_a_seat_of_their_own(client, house, officer):
    seat = appoint(officer.person, house["bloc"], "bloc_head", voided_at=timezone.now())
    assert SAID in text_of(client.post(f"{seat.get_absolute_url()}restoration/", follow=True))
    seat.refresh_from_db()
    assert seat.voided_at


def test_a_seat_of_ones_own_may_end_earlier_and_have_its_decision_noted(client, house, officer):
    seat = appoint(officer.person, house["women"], "clerk", start=day(-3), end=day(6))
    sent = client.post(f"{seat.get_absolute_url()}edit/", dates(seat, decision="Số 9", end=written(day(4))))
    assert sent.status_code == 302
    ending = {"last_day": written(day(1)), "reason": "Thôi kiêm nhiệm"}
    assert client.post(f"{seat.get_absolute_url()}ending/", ending).status_code == 302
    seat.refresh_from_db()
    assert (seat.start, seat.end, seat.decision) == (day(-3), day(2), "Số 9")


def test_another_who_manages_staff_may_do_it(client, house, officer, chair):
    client.force_login(fresh(chair.person.user))
    seat = officer.person.appointments.get()
    assert client.post(f"{seat.get_absolute_url()}edit/", dates(seat, end=written(day(9)))).status_code == 302
