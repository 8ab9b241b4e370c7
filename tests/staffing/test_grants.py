"""From appointments to rows of rights: the matrix, the dates, acting holders, and what makes rows stale."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command

from khoidan.accounts.models import User
from khoidan.meetings.models import Meeting
from khoidan.organizations.models import Capability, Unit, UnitUserObjectPermission, scope_of
from khoidan.staffing import grants
from khoidan.staffing.models import Appointment, Person
from khoidan.tasks.models import Task
from tests import oracle
from tests.checks import sql
from tests.factories import appoint, day, fresh, make_bloc, make_meeting, make_member, make_person, make_task, make_user

FIRST, LAST, AFTER = date(2026, 5, 4), date(2026, 5, 10), date(2026, 5, 11)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

# (role, key of its unit): {capability: keys of units}, the office's matrix, typed by hand.
EVERYWHERE = {"bloc", "office", "committee", "women", "women_branch", "youth", "youth_branch"}
LINES = {
    ("bloc_head", "bloc"): dict.fromkeys(oracle.ALL, EVERYWHERE),
    ("deputy_head", "bloc"): {"view_work": {"bloc"}},
    ("organization_head", "women"): dict.fromkeys(
        ["view_work", "enter_work", "direct_work", "approve_work", "view_private", "read_log"],
        {"women", "women_branch"},
    ),
    ("unit_head", "committee"): dict.fromkeys(
        ["view_work", "enter_work", "direct_work", "approve_work"], {"committee"}
    ),
    ("office_head", "office"): {
        "view_work": EVERYWHERE,
        "enter_work": {"office"},
        "direct_work": {"office"},
        "approve_work": {"office"},
    },
    ("unit_deputy", "women"): dict.fromkeys(["view_work", "enter_work", "direct_work"], {"women"}),
    ("officer", "women"): dict.fromkeys(["view_work", "enter_work"], {"women"}),
    ("clerk", "office"): {
        "view_work": {"office"},
        "enter_work": {"office"},
        "keep_registers": {"office", "bloc", "women", "women_branch", "youth"},
    },
    ("personnel_officer", "bloc"): dict.fromkeys(["manage_staff", "view_private"], EVERYWHERE),
    ("personnel_officer", "office"): dict.fromkeys(["manage_staff", "view_private"], EVERYWHERE),
    ("observer", "bloc"): {"view_issued": EVERYWHERE},
}


def rights(user, house):
    """{capability: keys of the units of `house`} that the rows of `user` say."""
    keys = {unit.pk: key for key, unit in house.items()}
    found = {}
    for unit, capability in grants.held(user):
        found.setdefault(capability, set()).add(keys[unit])
    return found


def at(moment, hour=0, minute=0):
    return time_machine.travel(datetime(moment.year, moment.month, moment.day, hour, minute, tzinfo=HANOI), tick=False)


def is_stale(*users):
    return set(User.objects.filter(pk__in=[user.pk for user in users]).values_list("grants_on", flat=True)) == {None}


@pytest.mark.parametrize(("role", "key"), LINES)
def test_a_role_gives_its_line_of_the_matrix(house, role, key):
    make_bloc(mark=" khác")  # another bloc, where nothing is given
    user = make_member(house[key], role)
    assert rights(user, house) == LINES[role, key]


def test_every_role_of_the_product_has_its_line(matrix):
    assert {role for role, _key in LINES} == set(oracle.MATRIX) == {p.role.code for p in matrix.values()}


def test_seats_of_one_person_add_up(house):
    user = make_member(house["bloc"], "deputy_head")
    appoint(user.person, house["women"], "officer")
    fresh(user)
    assert rights(user, house) == {"view_work": {"bloc", "women"}, "enter_work": {"women"}}


@pytest.mark.parametrize(
    ("moment", "hour", "minute", "held"),
    [
        (date(2026, 5, 3), 23, 59, False),
        (FIRST, 0, 0, True),
        (LAST, 23, 59, True),
        (AFTER, 0, 0, False),
    ],
)
def test_rights_begin_and_end_at_midnight_in_hanoi(house, moment, hour, minute, held):
    user = make_member(house["women"], "officer", start=FIRST, end=AFTER)
    with at(moment, hour, minute):
        user = fresh(user)
        assert rights(user, house) == (LINES["officer", "women"] if held else {})
        assert user.has_perm("organizations.enter_work", house["women"]) == held


def test_the_rows_of_yesterday_grant_nothing(house):
    with at(LAST):
        user = make_member(house["women"], "officer", start=FIRST, end=AFTER)
    with at(AFTER):
        user = User.objects.get(pk=user.pk)
        assert rights(user, house) == LINES["officer", "women"]
        assert set(Unit.objects.granting(user, Capability.VIEW_WORK)) == set()
        assert not user.has_perm("organizations.view_work", house["women"])
        assert grants.rebuild(user) == (set(), {(house["women"].pk, c) for c in ("view_work", "enter_work")})
        assert rights(user, house) == {}


@pytest.fixture
def leave(house):
    """The chair of the women's union on leave from FIRST to LAST, with her deputy acting for her."""
    chair = make_member(house["women"], "organization_head", "Nông Thị Thuyên")
    deputy = make_member(house["women"], "unit_deputy", "Hoàng Thị Duyến")
    acting = chair.person.appointments.get().cover(by=chair, person=deputy.person, start=FIRST, end=AFTER)
    return chair, deputy, acting


@pytest.mark.parametrize(
    ("moment", "acts"),
    [(date(2026, 5, 3), False), (FIRST, True), (date(2026, 5, 7), True), (LAST, True), (AFTER, False)],
)
def test_acting_gives_exactly_the_rights_of_the_absent_holder(house, leave, moment, acts):
    chair, deputy, acting = leave
    with at(moment):
        chair, deputy = fresh(chair), fresh(deputy)
        assert rights(chair, house) == LINES["organization_head", "women"]
        assert rights(deputy, house) == LINES["organization_head" if acts else "unit_deputy", "women"]


def test_both_names_of_an_acting_appointment_are_kept(leave):
    chair, deputy, acting = leave
    acting.refresh_from_db()
    assert (acting.person, acting.acting_for.person) == (deputy.person, chair.person)
    assert (acting.unit, acting.position) == (acting.acting_for.unit, acting.acting_for.position)


@pytest.mark.parametrize("change", [{"end": date(2026, 5, 6)}, {"voided_at": datetime(2026, 5, 1, tzinfo=HANOI)}])
def test_acting_ends_with_the_seat_itself(house, leave, change):
    chair, deputy, acting = leave
    with at(date(2026, 5, 6)):
        fresh(deputy)
        Appointment.objects.filter(pk=acting.acting_for_id).update(**change)
        assert is_stale(chair, deputy)
        assert (rights(fresh(chair), house), rights(fresh(deputy), house)) == ({}, LINES["unit_deputy", "women"])


def test_a_locked_account_is_stale_and_then_without_rows(house):
    user, other = make_member(house["women"], "officer"), make_member(house["youth"], "officer")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert is_stale(user)
    assert User.objects.get(pk=other.pk).grants_on == day()
    assert rights(fresh(user), house) == {}
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert is_stale(user)
    assert rights(fresh(user), house) == LINES["officer", "women"]


STRUCTURE = {
    "a cell of the matrix added": "INSERT INTO staffing_rolegrant (role_id, reach, capability)"
    " SELECT id, 'below', 'view_work' FROM staffing_role WHERE code = 'officer'",
    "a cell taken out": "DELETE FROM staffing_rolegrant WHERE capability = 'read_log'",
    "a cell changed": "UPDATE staffing_rolegrant SET capability = 'read_log' WHERE capability = 'enter_work'"
    " AND role_id = (SELECT id FROM staffing_role WHERE code = 'officer')",
    "a position with another role": "UPDATE staffing_position SET role_id ="
    " (SELECT id FROM staffing_role WHERE code = 'observer') WHERE code = 'officer'",
    "a unit moved": "UPDATE organizations_unit SET parent_id ="
    " (SELECT id FROM organizations_unit WHERE name = 'women') WHERE name = 'youth_branch'",
    "an issuing body more": "UPDATE organizations_unit SET issues_documents = true WHERE name = 'office'",
    "a unit founded": "INSERT INTO organizations_unit (name, short_name, code, kind, parent_id, valid_from,"
    " issues_documents, \"order\", sort_key, folded) SELECT 'mới', 'mới', '', 'branch', id, now(), false, 1, '', ''"
    " FROM organizations_unit WHERE name = 'women'",
}


@pytest.mark.parametrize("statement", STRUCTURE.values(), ids=STRUCTURE)
def test_a_change_of_structure_by_sql_makes_everybody_stale(house, statement):
    users = [make_member(house["women"], role) for role in ("organization_head", "officer", "clerk")]
    before = {user.pk: grants.held(user) for user in users}
    sql(statement)
    assert is_stale(*users)
    for user in User.objects.filter(pk__in=before):
        assert user.get_all_permissions(house["women"]) == user.get_group_permissions(house["women"]) == set()
        assert set(Unit.objects.granting(user, Capability.VIEW_WORK)) == set()
        assert not user.has_perm("organizations.view_work", house["women"])
        assert grants.held(user) == before[user.pk]  # the rows are there, and worth nothing
    changed = grants.rebuild_stale()
    assert set(changed) <= set(users)
    assert all(scope_of(User.objects.get(pk=user.pk)).any_unit() for user in users)


def test_a_moved_unit_takes_its_rights_along(house):
    women, youth = make_member(house["women"], "organization_head"), make_member(house["youth"], "organization_head")
    sql("UPDATE organizations_unit SET parent_id = %s WHERE id = %s", house["women"].pk, house["youth_branch"].pk)
    grants.rebuild_stale()
    assert rights(women, house) == dict.fromkeys(oracle.HEADS, {"women", "women_branch", "youth_branch"})
    assert rights(youth, house) == dict.fromkeys(oracle.HEADS, {"youth"})


def test_an_account_passes_to_another_person(house):
    user, person = make_member(house["women"], "officer"), make_person(house["youth"], user=False)
    appoint(person, house["youth"], "officer")
    Person.objects.filter(user=user).update(user=None)
    assert is_stale(user)
    assert rights(fresh(user), house) == {}
    Person.objects.filter(pk=person.pk).update(user=user)
    assert is_stale(user)
    assert rights(fresh(user), house) == {"view_work": {"youth"}, "enter_work": {"youth"}}


def test_a_voided_file_gives_nothing(house):
    user = make_member(house["women"], "officer")
    sql("UPDATE staffing_person SET voided_at = now() WHERE id = %s", user.person.pk)
    assert is_stale(user)
    assert rights(fresh(user), house) == {}


def test_a_superuser_configures_and_never_works(house):
    user = make_user(is_superuser=True, is_staff=True)
    person = make_person(house["bloc"], user=user)
    appoint(person, house["bloc"], "bloc_head")
    make_task(house["women"], accountable=person)
    make_meeting(house["women"], chair=person)
    user = fresh(user)
    assert rights(user, house) == {}
    assert not any(user.has_perm(f"organizations.{right}", house["bloc"]) for right in Capability.values)
    assert user.has_perm("organizations.change_unit")
    assert [list(Task.objects.permitting(user, action)) for action in ("view", "change", "complete")] == [[], [], []]
    assert list(Meeting.objects.permitting(user, "view")) == []


def test_promotion_to_superuser_ends_work_at_once(house):
    user = make_member(house["women"], "officer")
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    user = User.objects.get(pk=user.pk)
    assert set(Unit.objects.granting(user, Capability.VIEW_WORK)) == set()
    assert not user.has_perm("organizations.view_work", house["women"])


def test_demotion_of_a_superuser_takes_effect_when_the_rights_are_computed_anew(house):
    """By whatever path: rows of before the promotion must not come back to life."""
    user = make_member(house["women"], "officer")
    for superuser in (True, False):
        sql("UPDATE accounts_user SET is_superuser = %s WHERE id = %s", superuser, user.pk)
        assert is_stale(user)
        assert set(Unit.objects.granting(User.objects.get(pk=user.pk), Capability.VIEW_WORK)) == set()
    assert rights(fresh(user), house) == LINES["officer", "women"]


def test_a_page_rebuilds_no_more_than_it_can_wait_for(house, monkeypatch):
    monkeypatch.setattr(grants, "AT_ONCE", 2)
    users = [make_member(house["women"], "officer") for _ in range(3)]
    User.objects.update(grants_on=None)
    grants.settle()
    assert [User.objects.get(pk=user.pk).grants_on for user in users] == [day(), day(), None]


def test_a_change_in_one_bloc_rebuilds_nobody_of_another(house):
    own, other = make_member(house["women"], "officer"), make_member(make_bloc(mark=" khác")["women"], "officer")
    User.objects.update(grants_on=None)
    grants.settle(house["bloc"].pk)
    assert (is_stale(own), is_stale(other)) == (False, True)


def test_an_account_without_a_seat_sees_nothing(house):
    make_task(house["bloc"], given=True, accountable=make_person(house["bloc"]))
    user = fresh(make_user())
    assert rights(user, house) == {}
    assert not Task.objects.permitting(user, "view").exists()
    assert not Unit.objects.permitting(user, "view").exists()
    assert not Person.objects.permitting(user, "view").exists()


def test_nothing_is_granted_across_blocs(house):
    other = make_bloc(mark=" khác")
    user = make_member(other["bloc"], "bloc_head")
    task = make_task(house["bloc"])
    assert rights(user, other) == LINES["bloc_head", "bloc"]
    assert set(Unit.objects.permitting(user, "view")) == set(other.values())
    assert not task.permits(user, "view")
    assert not user.has_perm("organizations.view_work", house["bloc"])


def test_explain_names_the_seat_and_whom_it_stands_in_for(house, leave):
    chair, deputy, acting = leave
    seat = acting.acting_for
    found = {(r.appointment.pk, r.capability) for r in grants.explain(house["women_branch"], LAST)}
    assert found == {(pk, capability) for pk in (seat.pk, acting.pk) for capability in oracle.HEADS}
    assert {r.appointment.pk for r in grants.explain(house["women_branch"], AFTER)} == {seat.pk}


def test_the_nightly_command_says_what_differed(house, capsys):
    user = make_member(house["women"], "officer")
    UnitUserObjectPermission.objects.filter(user=user, permission__codename="view_work").delete()
    call_command("rebuild_grants")
    assert capsys.readouterr().out == f"{user.username}: 1 added, 0 removed\n1 accounts differed\n"
    assert rights(user, house) == LINES["officer", "women"]
