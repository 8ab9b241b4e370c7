"""What happened stays: events and the history that the database keeps can be added to, and nothing else."""

import pytest
from django.apps import apps
from django.db import transaction

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
