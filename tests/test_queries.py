"""What pages cost: a list at most 8 queries, any other page at most 12, session, user and frame included."""

import re

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from khoidan.accounts.models import User
from khoidan.dashboards.loading import demo
from khoidan.files.models import Attachment
from khoidan.meetings.models import Meeting
from khoidan.organizations.models import Unit
from khoidan.staffing import grants
from khoidan.staffing.models import Appointment, Person, StaffQuota
from khoidan.tasks.models import Sheet, Task, TaskTemplate
from tests.conftest import Queries
from tests.test_access import ROWS

pytestmark = pytest.mark.django_db
LIST, PAGE = 8, 12


@pytest.fixture(scope="module")
def na_hang(django_db_setup, django_db_blocker):
    """The demo, and an account that sees all of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load("một-mật-khẩu-dài")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def reader(na_hang):
    head = User.objects.get(username="khue.hoang")
    grants.rebuild(head)
    Sheet.objects.keep(head, [[2, {"title": ("t", "Việc")}]], [])  # or its pages lead back to where one is sent
    client = Client(SERVER_NAME="localhost")  # the demo is served to this machine alone
    client.force_login(head)
    client.get("/")  # the first request of a session writes when it began
    return client


def fullest(kind):
    """The records of the demo that cost their pages most."""
    meetings = Meeting.objects.live().annotate(n=Count("conclusions")).order_by("-n", "pk")
    tasks = Task.objects.live().annotate(n=Count("notes"), m=Count("children")).order_by("-m", "-n", "pk")
    templates = TaskTemplate.objects.annotate(n=Count("tasks")).order_by("-n", "pk")
    return {
        "draft": Task.objects.live().drafts().first,
        "given": tasks.open().first,
        "doing": tasks.filter(state="doing").exclude(origin_id=None).first,
        "checking": tasks.filter(state="checking").first,
        "asking": tasks.asking().first,
        "cancelled": tasks.filter(state="cancelled").first,
        "private": tasks.open().filter(private=True).first,
        "done": tasks.done().exclude(origin_id=None).first,
        "template": templates.exclude(position=None).filter(activated_by=None).first,
        "running": templates.exclude(activated_by=None).first,
        "private_template": TaskTemplate.objects.filter(private=True).first,
        "meeting": meetings.filter(closed_at=None).first,
        "closed": meetings.exclude(closed_at=None).first,
        "item": lambda: meetings.filter(closed_at=None).exclude(agenda=None).first().agenda.first(),
        "conclusion": lambda: meetings.filter(closed_at=None, n__gt=0).first().conclusions.first(),
        "file": Attachment.objects.live().first,
        "person": Person.objects.annotate(n=Count("appointments")).order_by("-n").first,
        "seat": Appointment.objects.exclude(covers=None).first,
        "quota": StaffQuota.objects.first,
        "unit": Unit.objects.filter(kind="bloc").first,
    }[kind]()


def address(name, kinds):
    records = [fullest(kind) for kind in kinds]
    if len(records) == 2:  # a part is reached through its own meeting
        records[0] = records[1].meeting
    return reverse(name, args=[record.pk for record in records])


PAGES = [
    (row.values[0], row.values[1])
    for row in ROWS
    if row.values[2] == "GET" and row.values[3]["head"] == 200 and not any("voided" in k for k in row.values[1])
]


@pytest.mark.parametrize(("name", "kinds"), PAGES, ids=[f"{name} {' '.join(kinds)}" for name, kinds in PAGES])
def test_no_page_of_the_demo_costs_more(reader, name, kinds):
    url, seen = address(name, kinds), Queries()
    with connection.execute_wrapper(seen):
        response = reader.get(url)
    assert response.status_code == 200
    if response.streaming:
        b"".join(response)
    assert len(seen) <= (LIST if re.search("_(list|voided)$", name) else PAGE), repr(seen)


def test_every_list_is_among_them():
    lists = {name for name, _kinds in PAGES if name.endswith("_list")}
    assert lists == {
        "tasks:task_list",
        "tasks:tasktemplate_list",
        "meetings:meeting_list",
        "staffing:person_list",
        "staffing:appointment_list",
        "staffing:staffquota_list",
        "organizations:unit_list",
        "notices:notice_list",
    }


def test_the_page_that_hands_over_everything_costs_no_more(reader):
    busiest = Person.objects.annotate(n=Count("tasks")).order_by("-n").first()
    with connection.execute_wrapper(seen := Queries()):
        response = reader.get(reverse("tasks:handover"), {"person": busiest.pk})
    assert len(response.context["rows"]) >= 5
    assert len(seen) <= PAGE, repr(seen)
