"""Figures of people in a quarter, counted by hand; who may read whose, and what of the tasks behind them."""

import datetime
from io import BytesIO
from itertools import product

import pytest
import time_machine
from django.db import transaction
from openpyxl import load_workbook

from khoidan.accounts.models import User
from khoidan.core.errors import Refused
from khoidan.core.periods import period
from khoidan.organizations.models import Event
from khoidan.staffing.models import Person
from khoidan.tasks.figures.evaluation import COLUMNS, merits
from khoidan.tasks.models import Task
from tests.factories import appoint, fresh, make_bloc, make_member, make_person, make_task
from tests.tasks.listed import listed

EVALUATION = "/tasks/evaluation/"
FIRST, LAST = datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)
TODAY = datetime.date(2026, 5, 15)
BEFORE, AFTER = TODAY - datetime.timedelta(1), TODAY + datetime.timedelta(1)
QUARTER = period("quarter", TODAY)
DONE = {"state": Task.State.DONE}


@pytest.fixture(autouse=True)
def in_the_middle_of_the_second_quarter():
    with time_machine.travel(datetime.datetime(2026, 5, 15, 5, tzinfo=datetime.UTC), tick=True):
        yield


@pytest.fixture
def other(house):
    return make_member(house["youth"], "officer", "Quan Văn Tuyển")


@pytest.fixture
def tasks(house, officer, other):
    """Of the officer: counted 10 (3 on time, 1 late, 2 overdue, 1 back, 3 not due), 2 above, 2 helped, 1 passed."""
    women, head = house["women"], make_member(house["women"], "organization_head", "Nông Thị Thuyên")
    mine = {"accountable": officer.person}
    praised = {"above": True, "above_reason": "Gấp đôi số hộ"}
    make_task(women, "đúng ngày", due=FIRST, completed_on=FIRST, **DONE, **mine, **praised)
    make_task(women, "trước hạn", due=LAST, completed_on=BEFORE, **DONE, **mine)
    make_task(house["youth"], "việc riêng", due=TODAY, completed_on=TODAY, private=True, **DONE, **mine)
    make_task(women, "xong muộn", due=BEFORE, completed_on=TODAY, **DONE, **mine, **praised)
    make_task(women, "quá hạn", due=BEFORE, given=True, **mine)
    make_task(women, "chờ nghiệm thu, quá hạn", due=FIRST, state="checking", submitted_at=f"{BEFORE}T00:00Z", **mine)
    make_task(women, "hôm nay", due=TODAY, state="doing", **mine)
    moved = make_task(women, "gia hạn vào quý", due=FIRST - datetime.timedelta(1), given=True, **mine)
    moved.reschedule(by=head, due=AFTER, reason="Chờ số liệu")
    gone = make_task(women, "gia hạn ra khỏi quý", due=LAST, given=True, **mine)
    gone.reschedule(by=head, due=LAST + datetime.timedelta(1), reason="Chờ số liệu")
    for left_out in ({"due": LAST + datetime.timedelta(1), "given": True}, {"state": "cancelled"}, {}):
        make_task(women, "ngoài", **{"due": TODAY} | left_out, **mine)
    make_task(women, "đã hủy", due=TODAY, given=True, voided_at="2026-05-01T00:00Z", **mine)
    for state in ("given", "done", "draft"):
        make_task(house["youth"], "giúp", due=TODAY, state=state, accountable=other.person).helpers.add(officer.person)
    passed, returned = (make_task(women, "chuyển", due=TODAY, given=True, **mine) for _each in range(2))
    passed.reassign(by=head, person=other.person, reason="Đi học")
    returned.reassign(by=head, person=other.person, reason="Đi học")
    returned.cancel(by=head, reason="Thôi")
    back = make_task(women, "đi rồi về", due=LAST, given=True, **mine)
    back.reassign(by=head, person=other.person, reason="Đi học")
    back.reassign(by=head, person=officer.person, reason="Đã về")
    make_task(women, "trả lại muộn", due=BEFORE, given=True, **mine).hand_back(by=officer, reason="Khó")
    far = make_bloc(mark="2")["women"]
    make_task(far, "khối khác", due=TODAY, given=True, accountable=make_person(far)).helpers.add(officer.person)


EXPECTED = {
    "counted": 10,
    "on_time": 3,
    "done_late": 1,
    "late": 2,
    "back_late": 1,
    "not_due": 3,
    "above": 2,
    "helping": 2,
    "passed": 1,
}


def merit_of(reader, person):
    [merit] = merits(reader, Person.objects.permitting(reader, "evaluate").filter(pk=person.pk), QUARTER)
    return merit


def test_figures_are_those_counted_by_hand(house, officer, tasks):
    head = make_member(house["bloc"], "bloc_head")
    merit = merit_of(head, officer.person)
    assert {name: merit.number(name) for name in COLUMNS} == EXPECTED
    assert [merit.percent(name) for name in COLUMNS] == [None, 43, 14, 29, 14, None, 29, None, None]
    cells = [cell for _words, cell, _percent in merit.cells]
    assert listed(head, [cell.url for cell in cells]) == list(EXPECTED.values())


@pytest.mark.parametrize(
    ("handed_in", "column"),
    [("2026-05-14T16:59:59Z", "not_due"), ("2026-05-14T17:00:00Z", "late"), (None, "late")],
    ids=["last second of the due day in Hanoi", "first second after it", "day unknown"],
)
def test_what_waits_for_its_check_is_judged_by_the_day_it_was_handed_in(house, site, officer, handed_in, column):
    waits = {"state": "checking", "submitted_at": handed_in}
    make_task(house["women"], due=BEFORE, accountable=officer.person, **waits)
    merit = merit_of(officer, officer.person)
    judged = {name: merit.number(name) for name in ("counted", "late", "not_due")}
    assert judged == {"counted": 1, "late": 0, "not_due": 0} | {column: 1}
    assert merit.settled == judged["late"]
    assert listed(officer, [merit.cell(column).url]) == [1]
    page = site(officer).get(f"{EVALUATION}{officer.person.pk}/").content.decode()
    assert "Việc chờ nghiệm thu xét theo ngày báo xong" in page


def test_numbers_are_the_same_for_every_reader_and_rows_are_those_one_may_see(house, site, officer, tasks):
    head = make_member(house["women"], "unit_deputy")
    assert merit_of(head, officer.person).numbers == merit_of(officer, officer.person).numbers
    page = site(head).get(f"{EVALUATION}{officer.person.pk}/").context
    assert [task.title for task in page["rows"]] == [
        "đúng ngày",
        "chờ nghiệm thu, quá hạn",
        "xong muộn",
        "quá hạn",
        "trả lại muộn",
        "hôm nay",
        "gia hạn vào quý",
        "trước hạn",
        "đi rồi về",
    ]
    assert page["hidden"] == 1


def figures(person):
    return {name: n for name, n in merit_of(User.objects.get(person=person), person).numbers.items() if n}


@pytest.mark.parametrize(("due", "counted"), [(BEFORE, {"counted": 1, "back_late": 1}), (TODAY, {}), (AFTER, {})])
def test_what_is_handed_back_when_its_day_has_passed_stays_counted(house, officer, due, counted):
    task = make_task(house["women"], due=due, given=True, accountable=officer.person)
    task.hand_back(by=officer, reason="Khó")
    assert figures(officer.person) == counted
    with time_machine.travel(datetime.datetime(2026, 6, 20, 5, tzinfo=datetime.UTC)):
        fresh(officer)
        assert figures(officer.person) == counted  # what came back in time does not turn late


def edited(task, by, **columns):
    Task.objects.filter(pk=task.pk).update(**columns)


AFTERWARDS = {  # what who directs the work does with it: figures of who handed it back, and of the other
    "nothing": (lambda task, head, other: None, {"counted": 1, "back_late": 1}, {}),
    "given again": (lambda task, head, other: task.give(by=head), {"counted": 1, "late": 1}, {}),
    "another day": (lambda task, head, other: edited(task, head, due=AFTER), {}, {}),
    "another person": (lambda task, head, other: task.redirect(by=head, person=other, reason="Bận"), {}, {}),
    "voided": (lambda task, head, other: task.void(by=head), {}, {}),
}


@pytest.mark.parametrize(("act", "own", "others"), AFTERWARDS.values(), ids=AFTERWARDS)
def test_only_who_directs_the_work_takes_it_out_of_the_figures(house, officer, other, act, own, others):
    head = make_member(house["women"], "organization_head")
    task = make_task(house["women"], due=BEFORE, given=True, accountable=officer.person)
    task.hand_back(by=officer, reason="Khó")
    act(task, head, other.person)
    assert (figures(officer.person), figures(other.person)) == (own, others)


OWN_ACTS = {
    "begin": {},
    "complete": {"result": "Xong"},
    "hand_back": {"reason": "Khó"},
    "ask": {"due": LAST, "reason": "Khó"},
    "give": {},
    "cancel": {"reason": "Khó"},
    "void": {},
    "reschedule": {"due": LAST, "reason": "Khó"},
    "reassign": {"reason": "Khó"},
}


def tried(task, act, *, by, person):
    """Whether the act was theirs to do, and was done."""
    typed = OWN_ACTS[act] | ({"person": person} if act == "reassign" else {})
    try:
        return task.permits(by, act) and [getattr(task, act)(by=by, **typed)]
    except Refused:
        return False


def test_no_two_acts_of_ones_own_better_ones_figures(house, other):
    """Of a late task given by somebody else, done by who directs the unit's work and so could do most to it."""
    boss, does = make_member(house["bloc"], "bloc_head"), make_member(house["women"], "organization_head")
    task = make_task(house["women"], due=BEFORE, given=True, given_by=boss, accountable=does.person)
    for acts in product(OWN_ACTS, repeat=2):
        with transaction.atomic():
            now = Task.objects.get(pk=task.pk)
            done = [act for act in acts if tried(now, act, by=does, person=other.person)]
            told = figures(does.person) if done else {"counted": 1, "late": 1}
            assert (told.pop("counted"), sum(told.values()), told.get("on_time", 0)) == (1, 1, 0), acts
            transaction.set_rollback(True)


def test_who_manages_staff_reads_numbers_and_no_titles(house, site, officer, tasks):
    client = site(make_member(house["bloc"], "personnel_officer"))
    page = client.get(f"{EVALUATION}{officer.person.pk}/")
    assert page.context["merit"].numbers == merit_of(officer, officer.person).numbers
    assert (page.context["rows"], page.context["hidden"]) == ([], 10)
    told = page.content.decode()
    assert [title for title in Task.objects.values_list("title", flat=True) if f">{title}<" in told] == []


READERS = {
    ("bloc", "bloc_head"): {"own", "women", "branch", "youth"},
    ("bloc", "personnel_officer"): {"own", "women", "branch", "youth"},
    ("women", "organization_head"): {"own", "women", "branch"},
    ("women", "unit_deputy"): {"own", "women"},
    ("women", "officer"): {"own"},
    ("office", "office_head"): {"own"},
    ("bloc", "deputy_head"): {"own"},
    ("bloc", "observer"): {"own"},
}


@pytest.mark.parametrize(("seat", "read"), READERS.items(), ids=[role for _unit, role in READERS])
def test_who_may_read_whose_figures(house, seat, read):
    people = {
        "women": make_member(house["women"], "officer").person,
        "branch": make_member(house["women_branch"], "officer").person,
        "youth": make_member(house["youth"], "officer").person,
        "far": make_member(make_bloc(mark="2")["women"], "officer").person,
    }
    unit, role = seat
    reader = make_member(house[unit], role)
    people["own"] = reader.person
    seen = set(Person.objects.permitting(reader, "evaluate").values_list("pk", flat=True))
    assert seen == {people[name].pk for name in read}


def test_the_main_seat_of_today_says_whose_people_they_are(house):
    head = make_member(house["women"], "organization_head")
    person = make_person(house["women"], user=False)
    appoint(person, house["women"], "officer", end=TODAY)
    appoint(person, house["women"], "clerk")
    assert person.permits(head, "evaluate")
    appoint(person, house["youth"], "officer", kind="main", start=TODAY)
    assert not person.permits(head, "evaluate")


def test_who_left_reads_nobody_not_even_themselves(house, officer):
    officer.person.appointments.get().finish(by=None, end=TODAY)
    assert not Person.objects.permitting(fresh(officer), "evaluate").exists()


def test_the_page_groups_people_by_unit_and_can_show_one(house, site, officer, other, tasks):
    def shown(client, **asked):
        groups = client.get(EVALUATION, asked).context["groups"]
        return {unit.name: [merit.person.name for merit in found] for unit, found in groups}

    client = site(make_member(house["bloc"], "bloc_head", "Hoàng Đình Khuê"))
    women = ["Nông Thị Thuyên", "Chẩu Thị Xoa"]
    assert shown(client) == {"bloc": ["Hoàng Đình Khuê"], "women": women, "youth": ["Quan Văn Tuyển"]}
    assert shown(client, unit=house["women"].pk, period="2026") == {"women": women}
    assert client.get(EVALUATION, {"unit": "x"}).status_code == 404
    assert shown(site(officer)) == {"women": ["Chẩu Thị Xoa"]}
    assert site(officer).get(f"{EVALUATION}{other.person.pk}/").status_code == 403


def test_the_spreadsheet_holds_the_same_figures_and_is_written_down(house, site, officer, tasks):
    officer.person.name = "=1+1"
    officer.person.save()
    head = make_member(house["women"], "unit_deputy", "Hoàng Thị Duyến")
    answer = site(head).post(f"{EVALUATION}export/?period=2026-q2")
    book = load_workbook(BytesIO(answer.content))
    rows = [list(row) for row in book.worksheets[0].values]
    own = next(row for row in rows if row[1] == "=1+1")
    assert own == ["women", "=1+1", "Chuyên viên", *EXPECTED.values(), 43, 14, 29, 14, 29]
    assert book.worksheets[0].cell(rows.index(own) + 1, 2).data_type == "s"
    event = Event.objects.filter(verb="exported").get()
    assert (event.actor, event.unit, event.details) == (
        head,
        house["bloc"],
        {"asked": "evaluation=2026-q2", "rows": 3},
    )
    assert site(head).get(f"{EVALUATION}export/").status_code == 405


def test_thirty_people_cost_as_many_queries_as_one(house, site, officer, tasks, queries):
    client = site(make_member(house["bloc"], "bloc_head"))
    client.get(EVALUATION)
    with queries(at_most=12) as few:
        client.get(EVALUATION)
    for number in range(30):
        person = make_person(house["bloc"], f"Người {number}", user=False)
        appoint(person, list(house.values())[number % 7], "officer")
        make_task(house["women"], given=True, due=TODAY, accountable=person)
    with queries() as many:
        client.get(EVALUATION)
    assert len(many) == len(few)
