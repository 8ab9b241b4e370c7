"""A private task is on no page of who may not read it: not by title, not by number, not by what it belongs to."""

import pytest
from django.urls import reverse

from khoidan.meetings.models import AgendaItem, Conclusion
from khoidan.tasks.models import Task
from tests.factories import day, make_meeting, make_member, make_person, make_task

SECRET = "Xác minh đơn của bà Nông Thị Ké"


@pytest.fixture
def head(house):
    return make_member(house["women"], "organization_head")


@pytest.fixture
def reader(house):
    """Reads, enters and directs the work of the unit, and nothing private."""
    return make_member(house["women"], "unit_deputy")


@pytest.fixture
def secret(house):
    """A late private task of a conclusion, a part of a task that everybody reads, which counts for the youth union."""
    women, people = house["women"], [make_person(house["women"], user=False) for _ in range(3)]
    meeting = make_meeting(women)
    item = AgendaItem.objects.create(meeting=meeting, title="Đơn thư")
    conclusion = Conclusion.objects.create(meeting=meeting, number=1, text="Giao xác minh", item=item)
    conclusion.units.add(women)
    parent = make_task(women, "Việc chung", accountable=people[0], given=True, due=day(7))
    task = make_task(
        women,
        SECRET,
        organizations=[women, house["youth"]],
        accountable=people[0],
        checker=people[1],
        given=True,
        due=day(-3),
        private=True,
        parent=parent,
        origin=conclusion,
    )
    task.helpers.add(people[2])
    return task


def pages(task):
    """{name: URL} of where a task may show; those of the task itself apart."""
    url, conclusion = reverse("tasks:task_list"), task.origin
    asked = {
        "all": "",
        "late": "state=late",
        "person": f"accountable={task.accountable_id}",
        "helper": f"helper={task.helpers.get().pk}",
        "checker": f"checker={task.checker_id}",
        "organization": f"organization={task.organizations.first().pk}",
        "words": "q=xac+minh",
        "sorted": "sort=-due",
        "entered": "entered=any",
    }
    return {name: f"{url}?{query}" for name, query in asked.items()} | {
        "home": reverse("dashboards:home"),
        "search": reverse("dashboards:search") + "?q=xac+minh",
        "mine": reverse("tasks:mine"),
        "parent": task.parent.get_absolute_url(),
        "parent's history": f"{task.parent.get_absolute_url()}history/",
        "meeting": conclusion.meeting.get_absolute_url(),
        "minutes": f"{conclusion.meeting.get_absolute_url()}?view=minutes",
        "meeting's history": f"{conclusion.meeting.get_absolute_url()}history/",
        "conclusion": reverse("meetings:conclusion_task", args=[conclusion.meeting_id, conclusion.pk]),
        "person's page": task.accountable.get_absolute_url(),
    }


SHOWS = {"all", "late", "person", "helper", "checker", "organization", "words", "sorted", "search"}
SHOWS |= {"parent", "meeting", "minutes"}


def showing(client, task):
    """Names of the pages that say its title or lead to it."""
    told = {name: client.get(url).content.decode() for name, url in pages(task).items()}
    return {name for name, text in told.items() if SECRET in text or f'"{task.get_absolute_url()}' in text}


def test_no_page_shows_it_to_who_may_not_read_it(house, site, secret, reader):
    client = site(reader)
    assert showing(client, secret) == set()
    listed = client.get(reverse("tasks:task_list")).context["page_obj"]
    assert (listed.paginator.count, [task.title for task in listed]) == (1, ["Việc chung"])
    assert [(row["late"], row["open"]) for row in client.get("/").context["by_unit"]] == [(0, 1)]
    for place in ("", "history/", "edit/", "acceptance/", "cancellation/", "rescheduling/", "reassignment/"):
        assert client.get(f"{secret.get_absolute_url()}{place}").status_code == 404
    client.post(f"{secret.get_absolute_url()}beginning/")
    Task.objects.update(voided_at=secret.created_at)
    assert SECRET not in client.get(reverse("tasks:task_voided")).content.decode()


def test_the_same_pages_show_it_to_who_may(house, site, secret, head):
    """Control: the pages above are those on which it would be."""
    client = site(head)
    assert showing(client, secret) == SHOWS
    assert [(row["late"], row["open"]) for row in client.get("/").context["by_unit"]] == [(1, 2)]


@pytest.mark.parametrize("unit", ["youth", "office", "bloc"])
def test_readers_of_organizations_and_of_the_bloc_see_none_of_it(house, site, secret, unit):
    role = {"youth": "organization_head", "office": "office_head", "bloc": "observer"}[unit]
    assert showing(site(make_member(house[unit], role)), secret) == set()


def test_who_takes_part_reads_it_and_nothing_above_it(house, site, secret):
    """A helper from elsewhere reads the task; of the meeting and the parent it came from, no more than that it did."""
    helper = make_member(house["youth_branch"], "officer")
    secret.helpers.add(helper.person)
    page = site(helper).get(secret.get_absolute_url())
    assert (page.status_code, list(page.context["origin"]), page.context["parent"]) == (200, ["kind"], None)
    words = page.content.decode()
    assert [word for word in ("Việc chung", "Giao xác minh", "Đơn thư", "Giao ban") if word in words] == []


def test_a_reader_of_the_meeting_reads_that_there_is_a_task_and_not_which(house, site, secret, reader):
    words = site(reader).get(secret.origin.meeting.get_absolute_url()).content.decode()
    assert "Đã có đơn vị nhận việc từ kết luận này." in words  # lest it be given twice
    minutes = site(reader).get(secret.origin.meeting.get_absolute_url()).context["minutes"]
    assert (minutes.conclusions[0].tasks, minutes.conclusions[0].waiting) == ([], [])
