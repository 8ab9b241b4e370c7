import re
from contextlib import suppress

import pytest
import time_machine
from django.db import InternalError, transaction
from django.utils import timezone

from khoidan.core.errors import Refused
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task, Unclear
from tests.checks import complaints, refused_by_database, sql
from tests.factories import appoint, day, fresh, make_area, make_bloc, make_member, make_person, make_task

DRAFT, GIVEN, DOING, CHECKING, DONE, CANCELLED = Task.State
ALL_CLEAR = ["accountable", "deliverable", "unit", "place", "due", "seat"]
UNCLEAR = {"__all__": ["Nhiệm vụ đã giao phải có người chủ trì, sản phẩm, nơi làm và hạn."]}

# What is taken away from a clear task, what the gate then misses, and in which words.
GAPS = [
    ({"accountable": None}, ["accountable"], "Rõ người: một người chủ trì"),
    ({"deliverable": ""}, ["deliverable"], "Rõ việc: sản phẩm phải có"),
    ({"address": ""}, ["place"], "Rõ địa chỉ: địa bàn hoặc nơi làm"),
    ({"due": None}, ["due"], "Rõ hạn: ngày phải xong"),
]


@pytest.fixture
def chair(house):
    return make_member(house["women"], "organization_head", "Nông Thị Thuyên")


@pytest.fixture
def task(house, officer):
    """Clear, and not yet given."""
    return make_task(house["women"], accountable=officer.person)


def acts(task):
    return list(Event.objects.about(task).order_by("pk").values_list("verb", "actor_name", "reason"))


def test_a_clear_task_is_given_once_and_who_comes_second_is_told(house, task, chair):
    assert [name for name, _label, clear in task.clarity() if clear] == ALL_CLEAR
    task.give(by=chair)
    task.give(by=chair)
    task.refresh_from_db()
    assert (task.state, task.given_by, task.missing()) == (GIVEN, chair, [])
    assert acts(task) == [("given", chair.name, "")]
    with pytest.raises(Refused, match="đã chuyển sang «đã giao» .Nông Thị Thuyên"):
        task.give(by=make_member(house["women"], "organization_head"))


@pytest.mark.parametrize(("gap", "missing", "words"), GAPS)
def test_an_unclear_task_is_not_given(task, chair, gap, missing, words):
    Task.objects.filter(pk=task.pk).update(**gap)
    task.refresh_from_db()
    with pytest.raises(Unclear) as refusal:
        task.give(by=chair)
    assert refusal.value.missing == missing
    assert str(refusal.value).startswith(f"Chưa giao được, còn thiếu: {words}")
    assert (task.state, acts(task)) == (DRAFT, [])


@pytest.mark.parametrize(("gap", "missing", "words"), GAPS)
def test_the_database_refuses_a_given_task_that_is_not_clear(task, chair, gap, missing, words):
    task.give(by=chair)
    for name, value in gap.items():
        setattr(task, name, value)
    assert complaints(task) == UNCLEAR
    with refused_by_database("task_given_is_clear"):
        Task.objects.filter(pk=task.pk).update(**gap)
    with refused_by_database("task_given_is_clear"):
        Task.objects.bulk_create([make_unsaved(task, **gap)])


def make_unsaved(task, **fields):
    clear = {"accountable": task.accountable, "deliverable": "Báo cáo", "address": "Bản Bung", "due": day()} | fields
    return Task(unit=task.unit, title="Khác", state=GIVEN, **clear)


def test_an_area_is_a_place_as_an_address_is(task, chair):
    task.address, task.area = "", make_area()
    task.save()
    assert task.missing() == []
    task.give(by=chair)
    assert complaints(task) == {}


@pytest.mark.parametrize("held", [{"end": 0}, {"start": 1}])
def test_nobody_is_told_to_work_who_holds_no_seat_today(house, task, chair, held):
    person = make_person(house["women"])
    appoint(person, house["women"], "officer", **{name: day(offset) for name, offset in held.items()})
    task.accountable = person
    assert task.missing() == ["seat"]
    with pytest.raises(Unclear, match="đang giữ chức danh trong khối"):
        task.give(by=chair)


def test_a_seat_in_another_bloc_is_not_one(house, task):
    other = make_bloc(mark=" khác")
    task.accountable = make_member(other["women"], "officer").person
    assert task.missing() == ["seat"]


def test_the_checklist_of_an_empty_draft_names_everything_but_the_seat_of_nobody(db):
    assert Task().missing() == [name for name in ALL_CLEAR if name != "seat"]


def test_an_unsaved_draft_with_a_person_and_no_unit_misses_the_unit(officer):
    assert Task(accountable=officer.person).missing() == ["deliverable", "unit", "place", "due", "seat"]


def test_completing_closes_the_task_once_with_its_result(task, chair, officer):
    task.give(by=chair)
    for _click in range(2):
        task.complete(by=officer, result="Đã nộp báo cáo số 12.")
    for other in (officer, chair):
        with pytest.raises(Refused, match="đã chuyển sang «hoàn thành»"):
            task.complete(by=other, result="Khác")
    task.refresh_from_db()
    assert (task.state, task.completed_on, task.result) == (DONE, day(), "Đã nộp báo cáo số 12.")
    assert acts(task) == [("given", chair.name, ""), ("completed", officer.name, "")]


def test_a_draft_was_never_given_and_cannot_be_completed(task, officer):
    with pytest.raises(Refused, match="đang ở trạng thái «nháp»"):
        task.complete(by=officer)
    assert (task.state, acts(task)) == (DRAFT, [])


def test_reopening_says_why_and_takes_the_day_away(task, chair, officer):
    task.give(by=chair)
    with pytest.raises(Refused):
        task.reopen(by=chair, reason="Chưa xong thì không mở lại")
    task.complete(by=officer)
    task.reopen(by=chair, reason="Thiếu phụ lục")
    task.refresh_from_db()
    assert (task.state, task.completed_at, task.completed_on) == (DOING, None, None)
    assert acts(task)[2:] == [("reopened", chair.name, "Thiếu phụ lục")]


@pytest.mark.parametrize("change", ["state = 'done'", "completed_on = now()", "completed_at = now()"])
def test_the_database_knows_that_done_has_a_day(task, chair, change):
    task.give(by=chair)
    with refused_by_database("task_done_has_a_day"):
        sql(f"UPDATE tasks_task SET {change}")


def test_late_begins_the_day_after_the_due_day(task, chair):
    task.give(by=chair)
    for offset, late in [(0, False), (7, False), (8, True)]:
        with time_machine.travel(noon(offset), tick=False):
            assert task.is_late == late
            assert list(Task.objects.late()) == ([task] if late else [])
            assert task.badge["tone"] == ("late" if late else "running")


def noon(offset):
    return f"{day(offset)}T12:00+07:00"


def test_states_are_told_apart(house, officer):
    common = {"accountable": officer.person, "due": day(2)}
    draft = make_task(house["women"], **common)
    given = make_task(house["women"], given=True, **common)
    done = make_task(house["women"], state=DONE, **common)
    assert list(Task.objects.drafts()) == [draft]
    assert list(Task.objects.open()) == [given]
    assert list(Task.objects.done()) == list(Task.objects.done_within(day(), day(1))) == [done]
    assert list(Task.objects.done_within(day(1), day(2))) == []
    assert [task.badge["tone"] for task in (draft, given, done)] == ["draft", "running", "done"]
    assert set(Task.objects.of(officer)) == {draft, given, done}


# The table of moves as the office says it, typed by hand.
MOVES = {
    DRAFT: {GIVEN},
    GIVEN: {DOING, CHECKING, DONE, DRAFT, CANCELLED},
    DOING: {CHECKING, DONE, DRAFT, CANCELLED},
    CHECKING: {DONE, DOING, CANCELLED},
    DONE: {DOING},
    CANCELLED: {DRAFT},
}


@pytest.mark.parametrize("before", Task.State)
def test_the_database_knows_the_moves(house, officer, before):
    task = make_task(house["women"], state=before, accountable=officer.person)
    taken = set()
    for after in set(Task.State) - {before}:
        at, on = (timezone.now(), day()) if after == DONE else (None, None)
        with suppress(InternalError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(state=after, completed_at=at, completed_on=on)
            taken.add(after)
            transaction.set_rollback(True)
    assert taken == MOVES[before]


# Who may do what with a draft, a given and a finished task of the women's union, counted for the youth union.
ACTIONS = ["view", "change", "give", "complete", "reopen", "void"]
LINES = {
    ("women", "organization_head"): ("vcgorx", "vcgorx", "v-gorx"),
    ("women", "unit_deputy"): ("vcgo--", "vcgo--", "v-go--"),
    ("women", "officer"): ("vc----", "v-----", "v-----"),
    ("women_branch", "unit_head"): ("------", "------", "------"),
    ("youth", "organization_head"): ("v-----", "v-----", "v-----"),
    ("youth", "officer"): ("v-----", "v-----", "v-----"),
    ("office", "office_head"): ("v-----", "v-----", "v-----"),
    ("office", "clerk"): ("------", "------", "------"),
    ("committee", "unit_head"): ("------", "------", "------"),
    ("bloc", "bloc_head"): ("vcgorx", "vcgorx", "v-gorx"),
    ("bloc", "deputy_head"): ("------", "------", "------"),
    ("bloc", "personnel_officer"): ("------", "------", "------"),
    ("bloc", "observer"): ("------", "v-----", "v-----"),
}


def permitted(user, task):
    letters = ["v", "c", "g", "o", "r", "x"]
    return "".join(
        letter if task.permits(user, action) else "-" for letter, action in zip(letters, ACTIONS, strict=True)
    )


@pytest.mark.parametrize(("unit", "role"), LINES)
def test_who_may_do_what(house, officer, unit, role):
    user = make_member(house[unit], role)
    tasks = [
        make_task(house["women"], state=state, accountable=officer.person, organizations=[house["youth"]])
        for state in (DRAFT, GIVEN, DONE)
    ]
    assert tuple(permitted(user, task) for task in tasks) == LINES[unit, role]


def test_the_accountable_person_sees_and_completes_and_no_more(house):
    user = make_member(house["youth"], "officer")
    task = make_task(house["office"], given=True, accountable=user.person)
    assert permitted(user, task) == "v--o--"
    task.void(by=user)
    assert permitted(user, task) == "------"


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": True}])
def test_a_locked_account_and_a_superuser_take_no_part(house, change):
    user = make_member(house["women"], "officer")
    task = make_task(house["women"], given=True, accountable=user.person)
    type(user).objects.filter(pk=user.pk).update(**change)
    assert permitted(fresh(user), task) == "------"


def test_a_draft_to_be_changed_is_entered_and_a_given_one_is_directed(house, officer, task, chair):
    assert task.refusal("give").startswith("Việc này cần quyền «giao và điều hành công việc» ở women.")
    task.give(by=chair)
    assert task.refusal("change").startswith("Việc này cần quyền «giao và điều hành công việc» ở women.")
    assert re.findall("Bước này của (.*?) hoặc", "".join(task.refusal(step) for step in ("begin", "note"))) == [
        f"người chủ trì ({task.accountable})",
        f"người chủ trì ({task.accountable}), người phối hợp",
    ]
    task.complete(by=chair)
    assert task.refusal("change") == "Nhiệm vụ đã hoàn thành nên không sửa được; hãy mở lại trước."


def test_tasks_are_found_without_marks_and_open_ones_come_first(house, officer):
    common = {"accountable": officer.person}
    done = make_task(house["women"], "Tổ chức Đại hội Phụ nữ", state=DONE, due=day(1), **common)
    later = make_task(house["women"], "Đại hội phụ nữ xã", given=True, due=day(9), **common)
    sooner = make_task(house["women"], "Chuẩn bị đại hội Phụ Nữ", given=True, due=day(3), **common)
    make_task(house["women"], "Ngày hội đại đoàn kết", given=True, **common)
    assert list(Task.objects.filter(folded__contains="dai hoi phu nu")) == [sooner, later, done]
