"""What happened stays: events and the history that the database keeps can be added to, and nothing else."""

import pghistory
import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.checks import refused_by_database, sql
from tests.factories import appoint, make_area, make_meeting, make_member, make_person, make_quota, make_task

TRACKED = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model") and model.pgh_tracked_model]


@pytest.fixture
def past(house):
    """At least one event and one row of history of each of the main records."""
    person = make_person(house["women"])
    appoint(person, house["women"], "officer")
    make_quota(house["women"])
    make_meeting(house["women"])
    make_area()
    task = make_task(house["women"])
    task.record("created", by=person.user)
    return task


def test_an_event_is_written_once(past):
    event = Event.objects.get()
    event.reason = "khác"
    with refused_by_database("Cannot update or delete rows"):
        event.save()
    with refused_by_database("Cannot update or delete rows"):
        event.delete()
    with refused_by_database("Cannot update or delete rows"):
        sql("UPDATE organizations_event SET verb = 'khác'")
    with refused_by_database("Cannot update or delete rows"):
        sql("DELETE FROM organizations_event")
    assert list(Event.objects.values_list("verb", "reason")) == [("created", "")]


@pytest.mark.parametrize("name", ["unit", "area", "person", "appointment", "staffquota", "task", "activity", "meeting"])
def test_history_is_append_only(past, name):
    [model] = [model for model in TRACKED if model.pgh_tracked_model._meta.model_name == name]
    table = model._meta.db_table
    before = model.objects.count()
    assert before > 0
    with refused_by_database("Cannot update or delete rows"):
        sql(f"UPDATE {table} SET pgh_label = 'khác'")
    with refused_by_database("Cannot update or delete rows"):
        sql(f"DELETE FROM {table}")
    with refused_by_database("Cannot update or delete rows"):
        model.objects.all().delete()
    assert model.objects.count() == before


def test_every_history_table_refuses_update_and_delete(db):
    protected = sql(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
        " WHERE tgname LIKE 'pgtrigger_append_only%%' AND tgenabled <> 'D' AND tgtype & 8 > 0 AND tgtype & 16 > 0"
    )
    assert {model._meta.db_table for model in [*TRACKED, Event]} == {table for (table,) in protected}


def test_a_change_by_sql_is_kept_too(past):
    sql("UPDATE tasks_task SET title = 'Sửa bằng SQL' WHERE id = %s", past.pk)
    history = sql("SELECT pgh_label, title FROM tasks_taskevent WHERE id = %s ORDER BY pgh_id", past.pk)
    assert [label for label, _title in history] == ["insert", "update"]
    assert history[-1] == ("update", "Sửa bằng SQL")


def test_a_change_that_is_rolled_back_leaves_no_event(house):
    user = make_member(house["women"], "unit_head")
    task = make_task(house["women"])
    with transaction.atomic():
        task.void(by=user)
        transaction.set_rollback(True)
    assert not Event.objects.about(task).exists()
    assert Task.objects.live().get() == task


@pytest.mark.parametrize("table", ["tasks_task", "activities_activity", "meetings_meeting", "staffing_person"])
def test_a_record_is_never_deleted(past, table):
    with refused_by_database("Cannot delete rows"):
        sql(f"DELETE FROM {table}")


@pytest.fixture
def namesakes(house):
    """Two heads of one organization, of one name."""
    return [make_member(house["women"], "organization_head", "Nông Thị Hinh") for _ in range(2)]


def act(client, user, task, name, **data):
    client.force_login(user)
    assert client.post(f"{task.get_absolute_url()}{name}/", data).status_code == 302


def told(task):
    """[(what, labels of what changed)], newest first."""
    return [(entry.what, [label for label, _before, _after in entry.changes]) for entry in task.history()]


def test_acts_of_namesakes_in_one_second_stay_two(client, house, namesakes):
    task = make_task(house["women"], accountable=namesakes[0].person)
    act(client, namesakes[0], task, "giving")
    act(client, namesakes[1], task, "completion", result="Xong")
    assert told(task) == [
        ("Hoàn thành", ["trạng thái", "hoàn thành lúc", "ngày hoàn thành", "kết quả"]),
        ("Giao nhiệm vụ", ["trạng thái", "giao lúc", "người giao"]),
    ]


def test_an_act_that_had_to_wait_is_one_line_with_its_change(client, house, namesakes):
    """The history tells when a transaction began, an event when the act was done."""
    task = make_task(house["women"], accountable=namesakes[0].person)
    with time_machine.travel(timezone.now() + timezone.timedelta(seconds=20)):
        act(client, namesakes[0], task, "giving")
    assert told(task) == [("Giao nhiệm vụ", ["trạng thái", "giao lúc", "người giao"])]


def test_organizations_added_and_removed_are_told_with_the_act(house, namesakes):
    task = make_task(house["women"], organizations=[house["women"]])
    with pghistory.context(user=namesakes[0].pk):
        task.organizations.set([house["youth"]])
        task.record("changed", by=namesakes[0])
    [entry] = task.history()
    assert (entry.who, entry.what) == ("Nông Thị Hinh", "Sửa")
    assert entry.changes == [("tính cho tổ chức", "", "+ youth, − women")]


def test_organizations_changed_by_sql_are_told_too(house):
    meeting = make_meeting(house["women"], organizations=[house["women"]])
    with pghistory.context():
        sql("DELETE FROM activities_activity_organizations")
    [entry] = meeting.history()
    assert (entry.who, entry.changes) == ("hệ thống", [("tính cho tổ chức", "", "− women")])
