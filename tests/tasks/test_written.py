"""A field that people write is decided about once, and no place that copies tasks forgets it."""

from khoidan.tasks.forms import TaskForm, TemplateForm
from khoidan.tasks.importing.columns import NAMES
from khoidan.tasks.models import Task, TaskTemplate
from khoidan.tasks.models.written import GOES_TO, IN_PARTS, IN_TEMPLATES, WORDED
from tests.factories import make_member, make_task

LINKS = ("helpers", "organizations")
INNER = {"id"}  # keys; whatever else nobody may edit is written by acts


def editable(model):
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields if field.editable} - INNER


def test_every_field_that_people_write_is_decided_about():
    undecided = editable(Task) ^ set(GOES_TO)
    assert not undecided, f"decide about {sorted(undecided)} in khoidan/tasks/models/written.py"
    assert [TaskForm._meta.fields, list(NAMES)] == [list(GOES_TO)] * 2
    shown = [name for _title, names in TaskForm.layout for name in names]
    assert [name for name in shown if name in GOES_TO] == list(GOES_TO)


def test_a_template_has_what_it_shares_with_tasks():
    missing = set(IN_TEMPLATES) - editable(TaskTemplate) | set(IN_TEMPLATES) - set(TemplateForm._meta.fields)
    assert not missing, f"decide about {sorted(missing)} in khoidan/tasks/models/template.py"
    assert set(WORDED) <= set(IN_TEMPLATES)


def test_a_part_says_what_the_whole_says(house):
    head = make_member(house["bloc"], "bloc_head")
    checker = make_member(house["office"], "office_head").person
    told = {"requirement": "Đủ số liệu", "description": "Theo mẫu", "urgency": 2, "private": True}
    whole = make_task(house["office"], accountable=head.person, checker=checker, start="2026-01-05", **told)
    unlike = [name for name in IN_PARTS if getattr(whole, name) == Task._meta.get_field(name).get_default()]
    assert unlike == ["area"]
    whole.hand_down(house["women"], head.person, by=head)
    whole.hand_down(house["youth"], checker, by=head)
    part, own = whole.children.order_by("pk")
    assert {name: getattr(part, name) for name in IN_PARTS} == {name: getattr(whole, name) for name in IN_PARTS}
    assert (own.accountable, own.checker) == (checker, None)
