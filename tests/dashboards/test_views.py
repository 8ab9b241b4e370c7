"""The home page: each figure is the number of rows in the list it leads to."""

from datetime import timedelta

import pytest

from khoidan.core.periods import month, week
from khoidan.meetings.models import Attendance
from khoidan.tasks.models import Task
from tests.factories import appoint, day, make_bloc, make_meeting, make_member, make_task

MONTH, WEEK = month(day()), week(day())
BEFORE = MONTH.before


@pytest.fixture
def tasks(house):
    """Tasks of two units on both sides of every bound, and one of a unit that the person does not read."""
    head = make_member(house["bloc"], "bloc_head", "Hoàng Đình Khuê")
    for unit in (house["women"], house["youth"]):
        make_task(unit, accountable=head.person)
        for due in (day(-1), day(), WEEK.start, WEEK.last, WEEK.end, WEEK.start - timedelta(days=1)):
            make_task(unit, given=True, due=due, accountable=head.person)
        done = [MONTH.start, MONTH.last, BEFORE.start, BEFORE.last, BEFORE.start - timedelta(days=1)]
        for on in done[: 5 if unit == house["women"] else 1]:
            make_task(unit, state=Task.State.DONE, completed_on=on, accountable=head.person)
    make_task(house["women"], given=True, due=day(-1), accountable=head.person, voided_at="2026-01-01T00:00Z")
    return head


def rows(client, url):
    return client.get(url).context["page_obj"].paginator.count


def test_each_figure_counts_the_rows_of_its_list(client, house, tasks):
    client.force_login(tasks)
    for unit in ("", house["women"].pk):
        *figures, clear = client.get("/", {"unit": unit}).context["figures"]
        assert clear.url.partition("#")[0] == "/tasks/clarity/"
        assert [figure.value for figure in figures] == [rows(client, figure.url) for figure in figures]
        assert all(figure.value for figure in figures)


def test_each_number_of_a_unit_counts_the_rows_of_its_list(client, house, tasks):
    client.force_login(tasks)
    by_unit = client.get("/").context["by_unit"]
    assert [row["name"] for row in by_unit] == ["women", "youth"]
    for row in by_unit:
        assert [row[n] for n in ("late", "open", "done")] == [
            rows(client, row[f"{n}_url"]) for n in ("late", "open", "done")
        ]
        assert (row["due"], row["total"]) == (row["open"] - row["late"], row["open"] + row["done"])


def test_the_month_before_is_told_beside_this_one(client, tasks):
    client.force_login(tasks)
    done = client.get("/").context["figures"][2]
    assert (done.value, done.note) == (3, f"tháng {MONTH.start:%m/%Y}; tháng {BEFORE.start:%m/%Y}: 2")


def test_figures_and_units_are_one_query(client, tasks, queries):
    client.force_login(tasks)
    client.get("/")
    with queries(at_most=12) as seen:
        client.get("/")
    assert len([sql for sql in seen if "FILTER" in sql and "completed_on" in sql]) == 1


@pytest.mark.parametrize("left", ["ended", "voided", "elsewhere"])
def test_who_left_the_bloc_reads_and_does_nothing_more(client, house, left):
    user = make_member(house["women"], "officer")
    person, seat = user.person, user.person.appointments.get()
    task = make_task(house["youth"], accountable=person, due=day(-1), given=True)
    meeting = make_meeting(house["youth"], chair=person)
    Attendance.objects.create(meeting=meeting, person=person)
    client.force_login(user)
    pages = [task.get_absolute_url(), meeting.get_absolute_url()]
    assert [client.get(url).status_code for url in pages] == [200, 200]
    assert waiting(client) == 1

    seat.finish(by=None, end=day())
    if left == "voided":
        person.void(by=None)
    if left == "elsewhere":
        appoint(person, make_bloc(mark="2")["women"], "officer")
    assert [client.get(url).status_code for url in pages] == [404, 404]
    assert client.post(f"{pages[0]}completion/", {"result": "Xong"}).status_code == 404
    assert [client.get(url).context["page_obj"].paginator.count for url in ("/tasks/", "/meetings/")] == [0, 0]
    assert waiting(client) == 0


def waiting(client):
    """What the frame counts beside «Việc của tôi»."""
    return next(place["count"] for place in client.get("/").context["nav"] if place["key"] == "mine")
