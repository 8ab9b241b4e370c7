"""Whom the selects for people offer first: who sits where the task is, then in one's own unit, then the rest."""

import pytest

from khoidan.tasks.forms import HandoverForm, ReassignmentForm, TaskForm
from khoidan.tasks.models import Task
from tests.factories import day, make_member, make_task


@pytest.fixture
def clerk(house):
    """Who fills the forms; beside them, two people in each of three units, in the order of their given names."""
    for unit in ("office", "women", "youth"):
        for name in ("Ứng", "Ân"):
            make_member(house[unit], "officer", f"Lý {unit} {name}")
    return make_member(house["office"], "clerk", "Đàm Thị Xuyến")


def names(field):
    return [label.split(" – ")[0] for key, label in field.choices if key]


SEATED = {
    "women": ["Lý women Ân", "Lý women Ứng"],
    "youth": ["Lý youth Ân", "Lý youth Ứng"],
    "office": ["Lý office Ân", "Lý office Ứng", "Đàm Thị Xuyến"],
}
REST = {
    ("office",): ["Lý women Ân", "Lý youth Ân", "Lý women Ứng", "Lý youth Ứng"],
    ("women", "office"): SEATED["youth"],
    ("youth", "office"): SEATED["women"],
}


def of(*units):
    return [name for unit in units for name in SEATED[unit]] + REST[units]


def test_the_unit_at_hand_comes_before_ones_own(house, clerk):
    women, youth = house["women"], house["youth"]
    task = make_task(women, accountable=None)
    new = TaskForm(user=clerk, instance=Task())
    assert names(new.fields["accountable"]) == of("office")
    assert names(TaskForm(user=clerk, instance=task).fields["helpers"]) == of("women", "office")
    filled = TaskForm(user=clerk, instance=Task(), initial={"unit": str(youth.pk)})
    assert names(filled.fields["checker"]) == of("youth", "office")
    sent = TaskForm({"unit": youth.pk}, user=clerk, instance=Task(), initial={"unit": str(women.pk)})
    assert names(sent.fields["accountable"]) == of("youth", "office")
    for wrong in ("x", "9" * 30):
        assert names(TaskForm({"unit": wrong}, user=clerk, instance=Task()).fields["accountable"]) == of("office")


def test_so_it_is_where_work_is_passed_on(house, site, clerk):
    head = make_member(house["bloc"], "bloc_head", "Hoàng Đình Khuê")
    task = make_task(house["women"], given=True, accountable=clerk.person, due=day(3))
    offered = names(ReassignmentForm(user=clerk, record=task).fields["person"])
    assert offered[:4] == ["Lý women Ân", "Lý women Ứng", "Lý office Ân", "Lý office Ứng"]
    form = site(head).get(f"/tasks/handover/?person={clerk.person.pk}").context["form"]
    assert isinstance(form, HandoverForm)
    assert names(form.fields["person"])[:3] == ["Lý office Ân", "Lý office Ứng", "Hoàng Đình Khuê"]
