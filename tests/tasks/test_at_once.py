"""One task acted on by two people at once: done once, told once, and the second is told who was first."""

import pytest
from django.urls import reverse

from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.checks import beside, send
from tests.factories import load_matrix, make_bloc, make_member, make_task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heads(transactional_db):
    load_matrix()
    unit = make_bloc()["women"]
    return [make_member(unit, "organization_head", name) for name in ("Nông Thị Hinh", "Lý Thị Lai")]


def acts(task):
    return list(Event.objects.about(task).values_list("verb", "actor_name"))


def both(task, heads, verb, name, data):
    """The first head does it, and the second asks for the same before that is written; the answer's status."""
    held = []

    def hold():
        return held.append(Task.objects.select_for_update().get(pk=task.pk))

    def then():
        return getattr(held[0], verb)(by=heads[0], **data)

    url = reverse(f"tasks:task_{name}", args=[task.pk])
    return beside(hold, then, lambda: send(heads[1], url, data))[0]


def test_a_task_given_twice_at_once_is_given_once(heads):
    task = make_task(heads[0].person.unit, accountable=heads[0].person)
    assert both(task, heads, "give", "giving", {}) == 302
    task.refresh_from_db()
    assert (task.state, task.given_by, acts(task)) == ("given", heads[0], [("given", "Nông Thị Hinh")])


def test_a_task_completed_twice_at_once_keeps_the_first_result(heads):
    task = make_task(heads[0].person.unit, accountable=heads[0].person, given=True)
    assert both(task, heads, "complete", "completion", {"result": "Xong"}) == 200
    task.refresh_from_db()
    assert (task.state, task.result, acts(task)) == ("done", "Xong", [("completed", "Nông Thị Hinh")])
