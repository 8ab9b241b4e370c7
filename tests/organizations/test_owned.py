"""What every record of a unit has: its bloc, its version, its void, and its sentence of refusal."""

import pytest

from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.checks import sql
from tests.factories import make_bloc, make_meeting, make_member, make_task


@pytest.mark.parametrize("make", [make_task, make_meeting])
def test_a_record_carries_the_bloc_of_its_unit(house, make):
    other = make_bloc(mark=" khác")
    record = make(house["women_branch"])
    assert record.bloc == house["bloc"]
    sql(f"UPDATE {'tasks_task' if make is make_task else 'activities_activity'} SET unit_id = %s", other["youth"].pk)
    record.refresh_from_db()
    assert (record.unit, record.bloc) == (other["youth"], other["bloc"])


@pytest.mark.parametrize("make", [make_task, make_meeting])
def test_every_change_raises_the_version(house, make):
    record = make(house["women"])
    before = record.version
    for number in (1, 2):
        record.title = f"Lần {number}"
        record.save()
        record.refresh_from_db()
        assert record.version == before + number


def test_a_change_of_the_meeting_alone_raises_the_version_too(house):
    meeting = make_meeting(house["women"])
    before = meeting.version
    sql("UPDATE meetings_meeting SET closed_at = now()")
    meeting.refresh_from_db()
    assert meeting.version == before + 1


def test_voiding_takes_a_record_out_of_every_list_and_restoring_brings_it_back(house):
    user = make_member(house["women"], "organization_head")
    task = make_task(house["women"])
    task.void(by=user, reason="Trùng")
    task.void(by=user, reason="Hai lần")
    actions = ["view", "change", "give", "complete", "void", "restore"]
    assert [task.permits(user, action) for action in actions] == [False] * 5 + [True]
    task.restore(by=user)
    task.restore(by=user)
    assert [task.permits(user, action) for action in actions] == [True] * 5 + [False]
    events = Event.objects.about(task).values_list("verb", "reason", "actor_name")
    assert list(events) == [("restored", "", user.name), ("voided", "Trùng", user.name)]


def test_a_refusal_says_what_is_needed_where_and_who_has_it(house):
    officer = make_member(house["women"], "officer", "Chẩu Thị Xoa")
    task = make_task(house["women"])
    assert (task.permits(officer, "view"), task.permits(officer, "give")) == (True, False)
    needed = "Việc này cần quyền «giao và điều hành công việc» ở women. Người có quyền: "
    assert task.refusal("give") == needed + "chưa có ai."
    make_member(house["women"], "organization_head", "Nông Thị Thuyên")
    make_member(house["women"], "unit_deputy", "Hoàng Thị Duyến")
    assert task.refusal("give") == needed + "Nông Thị Thuyên, Hoàng Thị Duyến."


def test_a_record_is_counted_for_organizations_whose_readers_may_read_it(house):
    women, youth = make_member(house["women"], "officer"), make_member(house["youth"], "organization_head")
    task = make_task(house["office"], organizations=[house["women"]])
    assert (task.permits(women, "view"), task.permits(youth, "view")) == (True, False)
    assert [task.permits(women, action) for action in ("change", "give", "complete", "void")] == [False] * 4


def test_permitting_never_repeats_a_record(house):
    user = make_member(house["bloc"], "deputy_head")
    make_member(house["women"], "officer")
    task = make_task(house["bloc"], organizations=[house["women"], house["youth"]], accountable=user.person)
    assert list(Task.objects.permitting(user, "view")) == [task]


def test_a_list_of_sixty_asks_as_much_as_a_list_of_one(house, queries):
    user = make_member(house["women"], "organization_head")
    for number in range(60):
        make_task(house["women"], f"Việc {number}")
    with queries() as seen:
        assert len(Task.objects.permitting(user, "view").for_list()) == 60
    assert len(seen) == 2, seen  # the rights of the account, and the rows
