"""Rights computed while what they rest on changes, and people appointed at once, on two connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.urls import reverse

from khoidan.accounts.models import User
from khoidan.organizations.models import Capability
from khoidan.staffing import grants
from khoidan.staffing.models import Appointment, Person, Position, Reach, Role, RoleGrant
from tests.checks import beside, elsewhere, send, sql
from tests.factories import appoint, day, load_matrix, make_bloc, make_member, make_person

pytestmark = pytest.mark.django_db(transaction=True)
SKIPPING = "UPDATE accounts_user SET grants_on = NULL WHERE grants_on IS NOT NULL; RETURN NULL;"


@pytest.fixture
def house(transactional_db):
    load_matrix()
    return make_bloc()


def stale(user):
    User.objects.filter(pk=user.pk).update(grants_on=None)


def grants_on(user):
    return User.objects.values_list("grants_on", flat=True).get(pk=user.pk)


def nothing():
    """The first of the two has done all it does."""


def let_officers_direct():
    officer = Role.objects.get(code="officer")
    RoleGrant.objects.create(role=officer, reach=Reach.OWN, capability=Capability.DIRECT_WORK)


def rise(house):
    return lambda: sql("UPDATE organizations_unit SET issues_documents = true WHERE id = %s", house["office"].pk)


def test_a_right_computed_from_the_old_matrix_does_not_pass_for_fresh(house):
    user = make_member(house["women"], "officer")
    stale(user)
    beside(lambda: grants.rebuild(user), nothing, let_officers_direct)
    assert grants_on(user) is None
    assert grants.rebuild(user)[0] == {(house["women"].pk, Capability.DIRECT_WORK)}


def test_a_right_computed_from_the_old_tree_does_not_pass_for_fresh(house):
    user = make_member(house["office"], "clerk")
    stale(user)
    beside(lambda: grants.rebuild(user), nothing, rise(house))
    assert grants_on(user) is None


def test_a_trigger_that_skips_who_is_stale_already_would_leave_old_rights_fresh(house):
    """Negative control: the statement that does not wait for the account."""
    user = make_member(house["women"], "officer")
    stale(user)
    name = sql("SELECT tgfoid::regproc::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger_matrix_stales_grants%%'")[0][
        0
    ]
    body = sql("SELECT pg_get_functiondef(%s::regproc)", name)[0][0]
    sql(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {SKIPPING} END $$")
    try:
        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            grants.rebuild(user)
            pool.submit(elsewhere, let_officers_direct).result(timeout=20)
    finally:
        sql(body.replace("%", "%%"))
    assert grants_on(user) == day()
    assert (house["women"].pk, Capability.DIRECT_WORK) not in grants.held(user)


def test_who_got_the_account_meanwhile_has_the_rights_of_today(house):
    """The account passes to a person while that person's seat ends, in two transactions."""
    user, person = make_member(house["youth"], "officer"), make_person(house["women"], user=False)
    seat = appoint(person, house["women"], "officer")
    Person.objects.filter(user=user).update(user=None)

    def end():
        return sql('UPDATE staffing_appointment SET "end" = %s WHERE id = %s', day(), seat.pk)

    beside(lambda: Person.objects.filter(pk=person.pk).update(user=user), nothing, end)
    assert (grants_on(user), grants.rebuild(user)[0]) == (None, set())


def test_an_acting_holder_appointed_while_the_seat_ends_has_no_right_of_it(house):
    seat = make_member(house["women"], "organization_head").person.appointments.get()
    deputy = make_member(house["office"], "officer")

    def end():
        return sql('UPDATE staffing_appointment SET "end" = %s WHERE id = %s', day(), seat.pk)

    def cover():
        return appoint(deputy.person, seat.unit, seat.position.code, acting_for=seat)

    beside(cover, nothing, end)
    assert (grants_on(deputy), grants.rebuild(deputy)) == (None, (set(), set()))


def test_rights_are_settled_without_waiting_for_whom_another_holds(house):
    users = [make_member(house["women"], "officer") for _ in range(2)]
    User.objects.update(grants_on=None)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        User.objects.select_for_update().get(pk=users[0].pk)
        pool.submit(elsewhere, grants.settle).result(timeout=20)
    assert [grants_on(user) for user in users] == [None, day()]


def test_of_two_bloc_heads_appointed_at_once_one_wins_and_the_other_is_told(house):
    officer = make_member(house["office"], "personnel_officer")
    first, second = make_person(house["bloc"], "Hoàng Đình Khuê"), make_person(house["bloc"], "Lý Thị Lai")
    data = {
        "person": second.pk,
        "unit": house["bloc"].pk,
        "position": Position.objects.get(code="truong-khoi").pk,
        "kind": "concurrent",
        "start": f"{day():%d/%m/%Y}",
    }
    status, form = beside(
        lambda: appoint(first, house["bloc"], "truong-khoi"),
        nothing,
        lambda: send(officer, reverse("staffing:appointment_new"), data),
    )
    assert (status, sum(map(len, form.errors.values()))) == (200, 1), form.errors
    assert [seat.person for seat in Appointment.objects.filter(position=data["position"])] == [first]
    assert grants_on(second.user) is None
