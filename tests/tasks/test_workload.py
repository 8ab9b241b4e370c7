"""Load of people over weeks, counted by hand in a small world; each number opens exactly the rows it counts."""

from datetime import timedelta

import pytest

from khoidan.core.periods import week
from khoidan.tasks.models import Task
from tests.factories import appoint, day, make_bloc, make_member, make_person, make_task
from tests.tasks.listed import listed

WORKLOAD = "/tasks/workload/"
NEXT = week(day()).end  # Monday of next week
NO = [0] * 10


@pytest.fixture
def people(house):
    """Two officers of the women's union, one of the youth union, who also works for the women's."""
    return {name: make_member(house[unit], "officer", name).person for name, unit in PEOPLE.items()}


PEOPLE = {"An": "women", "Bình": "women", "Cúc": "youth"}


@pytest.fixture
def tasks(house, people):
    """Open tasks on both sides of every bound, and whatever must not be counted."""
    an, cuc, women, youth = people["An"], people["Cúc"], house["women"], house["youth"]
    for due in (day(-1), day(), NEXT - timedelta(1), NEXT, NEXT + timedelta(48), NEXT + timedelta(49)):
        make_task(women, given=True, due=due, accountable=an)
    make_task(youth, given=True, due=day(), accountable=an, private=True)
    make_task(women, state=Task.State.CHECKING, due=day(), accountable=cuc).helpers.add(an, people["Bình"])
    make_task(youth, given=True, due=day(), accountable=cuc).helpers.add(people["Bình"])
    for left_out in ("draft", "done", "cancelled"):
        make_task(women, state=left_out, accountable=an)
    make_task(women, given=True, accountable=an, voided_at="2026-01-01T00:00Z")
    far = make_bloc(mark="2")["women"]
    make_task(far, given=True, accountable=make_person(far)).helpers.add(an)


def load_of(client, unit=""):
    """{unit: {person: (own work in each stretch and in all, help in all)}}, and the page."""
    load = client.get(WORKLOAD, {"unit": unit} if unit else {}).context["load"]
    found = {}
    for group in load.groups:
        lines = {line.person.name: line for line in group.people}
        found[group.unit.name] = {name: ([*line.numbers, line.total], line.helping) for name, line in lines.items()}
    return found, load


def assert_every_number_opens_its_rows(user, load):
    lines = [line for group in load.groups for line in (*group.people, group.sums)]
    cells = [cell for line in [*lines, load.sums] if line for _when, *pair in line.cells for cell in pair if cell]
    assert [cell.value for cell in cells if cell.url] == listed(user, [cell.url for cell in cells if cell.url])
    assert all(bool(cell.url) == bool(cell.value) for cell in cells)


def test_who_reads_the_whole_bloc_sees_all_work_of_all_people(house, site, tasks):
    head = make_member(house["bloc"], "bloc_head", "Hoàng Đình Khuê")
    found, load = load_of(site(head))
    assert found == {
        "bloc": {"Hoàng Đình Khuê": ([*NO, 0], 0)},
        "women": {"An": ([1, 3, 1, 0, 0, 0, 0, 0, 1, 1, 7], 1), "Bình": ([*NO, 0], 2)},
        "youth": {"Cúc": ([0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2], 0)},
    }
    assert ([*load.sums.numbers, load.sums.total], load.sees_all) == ([1, 5, 1, 0, 0, 0, 0, 0, 1, 1, 9], True)
    assert_every_number_opens_its_rows(head, load)


def test_others_see_the_work_that_they_may_read_and_are_told_so(house, site, tasks):
    head = make_member(house["women"], "organization_head", "Nông Thị Thuyên")
    found, load = load_of(site(head))
    assert found == {
        "women": {
            "An": ([1, 2, 1, 0, 0, 0, 0, 0, 1, 1, 6], 1),
            "Bình": ([*NO, 0], 1),
            "Nông Thị Thuyên": ([*NO, 0], 0),
        },
        "youth": {"Cúc": ([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1], 0)},
    }
    assert [group.whole for group in load.groups] == [True, False]
    assert "Chỉ tính những việc bạn được xem" in site(head).get(WORKLOAD).content.decode()
    assert_every_number_opens_its_rows(head, load)


def test_one_unit_can_be_looked_at_if_one_may_read_it(house, site, tasks):
    head = make_member(house["bloc"], "bloc_head")
    found, load = load_of(site(head), house["youth"].pk)
    assert (list(found), load.sums) == (["youth"], None)
    assert_every_number_opens_its_rows(head, load)
    women = site(make_member(house["women"], "organization_head"))
    answers = [women.get(WORKLOAD, {"unit": unit}).status_code for unit in (house["youth"].pk, "x", house["women"].pk)]
    assert answers == [404, 404, 200]


def test_overloaded_is_more_than_twice_the_median_and_free_is_nothing_at_all(house, site):
    head = make_member(house["women"], "organization_head", "Thuyên")
    people = {name: make_member(house["women"], "officer", name).person for name in ("An", "Bình", "Cúc", "Dần")}
    people["Thuyên"] = head.person
    for name, number in {"An": 5, "Bình": 4, "Cúc": 2, "Dần": 1}.items():
        for _each in range(number):
            make_task(house["women"], given=True, accountable=people[name])
    [group] = load_of(site(head))[1].groups
    assert group.median == 2
    assert [line.person.name for line in group.people if line.overloaded] == ["An"]
    assert [line.person.name for line in group.people if line.free] == ["Thuyên"]


def test_people_stand_in_the_unit_of_their_main_seat(house, site):
    person = make_person(house["bloc"], "An")
    appoint(person, house["office"], "officer")
    appoint(person, house["women"], "officer", kind="main")
    make_task(house["office"], given=True, accountable=person)
    head = make_member(house["bloc"], "bloc_head")
    found, load = load_of(site(head))
    assert found["women"]["An"][0][-1] == 1
    assert_every_number_opens_its_rows(head, load)


def test_whose_first_seat_is_in_another_bloc_stands_where_the_reader_knows(house, site):
    far = make_bloc(mark="2")
    seated, guest = (make_person(house["women"], name) for name in ("An", "Bình"))
    for person in (seated, guest):
        appoint(person, far["youth"], "officer", kind="main")
    appoint(seated, house["office"], "officer")
    for person in (seated, guest):
        make_task(house["women"], given=True, accountable=person)
    head = make_member(house["bloc"], "bloc_head", "Khuê")
    found, load = load_of(site(head))
    assert {unit: list(lines) for unit, lines in found.items()} == {
        "bloc": ["Khuê"],
        "office": ["An"],
        "women": ["Bình"],
    }
    assert_every_number_opens_its_rows(head, load)
    assert load_of(site(make_member(far["bloc"], "bloc_head", "Lan")))[0] == {"bloc2": {"Lan": ([*NO, 0], 0)}}


def test_thirty_people_cost_as_many_queries_as_one(house, site, queries):
    client = site(make_member(house["bloc"], "bloc_head"))
    client.get(WORKLOAD)
    make_task(house["women"], given=True, accountable=make_member(house["women"], "officer").person)
    with queries(at_most=12) as few:
        client.get(WORKLOAD)
    for number in range(30):
        person = make_person(house["bloc"], f"Người {number}", user=False)
        appoint(person, list(house.values())[number % 7], "officer")
        make_task(house["women"], given=True, accountable=person)
    with queries() as many:
        client.get(WORKLOAD)
    assert len(many) == len(few)
