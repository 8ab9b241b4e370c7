"""What is put into SQL once answers like the queryset it was made of, whatever it is asked later."""

import datetime

import pytest
from django import forms
from django.db.models import F
from django.test import SimpleTestCase

from khoidan.accounts.saved.lists import read_views
from khoidan.core.dates import today
from khoidan.core.expressions import AnyOf
from khoidan.core.prepared import Prepared, PreparedRows
from khoidan.core.splices import Key, Keys
from khoidan.core.widgets import Select
from khoidan.dashboards.frame import read_me
from khoidan.organizations.models import Unit
from khoidan.organizations.models.counted import counting
from khoidan.organizations.models.scope import read_rights
from khoidan.tasks.models import Task
from khoidan.tasks.models.queryset import SEATS
from khoidan.tasks.models.rights import PERSON, helped, parts
from khoidan.tasks.offers import read_known
from khoidan.tasks.views.mine import read_rows
from khoidan.tasks.views.whole import read as read_whole
from tests.factories import day

assert_html_equal = SimpleTestCase().assertHTMLEqual


def founded(kinds, before, name):
    units = Unit.objects.filter(AnyOf(F("kind"), kinds), valid_from__lt=before)
    return units.exclude(name=name).order_by("pk").values_list("name", "valid_from")


def test_it_gives_the_rows_of_its_queryset(house):
    read = Prepared(founded, kinds=list, before=datetime.date, name=str)
    for kinds in (["organization"], ["office", "branch"], []):
        for before in (day(), datetime.date(2019, 1, 1)):
            for name in ("youth", "%s"):
                asked = {"kinds": kinds, "before": before, "name": name}
                assert read(**asked) == list(founded(**asked))


def with_parents(ids):
    return Unit.objects.filter(AnyOf(F("pk"), ids)).select_related("parent").annotate(n=F("pk") + 1).order_by("-pk")


def test_rows_are_instances_with_what_the_queryset_joins(house, queries):
    read, every = PreparedRows(with_parents, ids=list), list(Unit.objects.select_related("parent").order_by("-pk"))
    with queries(at_most=2):
        for kept in (every, every[:3]):
            found = [(unit, unit.parent, unit.n) for unit in read(ids=[unit.pk for unit in kept])]
            assert found == [(unit, unit.parent, unit.pk + 1) for unit in kept]


def test_nothing_is_added_to_a_statement_that_is_fixed(house):
    rows = PreparedRows(with_parents, ids=list)(ids=[])
    for adding in (rows.all, rows.first, rows.count, lambda: rows.filter(pk=1), lambda: rows[:3]):
        with pytest.raises(TypeError, match="fixed"):
            adding()


def test_keys_may_be_asked_for_by_the_same_statement(house, queries):
    read, units = PreparedRows(with_parents, ids=list), Unit.objects.values("pk")
    named = units.filter(kind__in=["office", "branch"]).exclude(name__contains="%")
    with queries(at_most=1):
        found = [unit.pk for unit in read(ids=Keys(named))]
    assert found == [unit["pk"] for unit in named.order_by("-pk")] != []
    assert list(read(ids=Keys(units.none()))) == []


@pytest.mark.parametrize(
    "build", [lambda word: Unit.objects.filter(name__contains=word), lambda word: Unit.objects.all()]
)
def test_what_would_not_follow_its_parameters_is_refused(house, build):
    with pytest.raises(TypeError, match="word"):
        Prepared(lambda word: build(word).values_list("pk"), word=str)(word="ff")


def test_a_key_may_be_asked_for_by_the_same_statement(house, queries):
    read, units = Prepared(lambda pk: Unit.objects.filter(pk=pk).values_list("pk", "name"), pk=int), Unit.objects
    unit = units.get(kind="office")
    with queries(at_most=1):
        assert read(pk=Key(units.filter(kind="office", name__contains="ff").values("pk"))) == [(unit.pk, unit.name)]
    assert read(pk=Key(units.none().values("pk"))) == []


@pytest.mark.parametrize(
    "prepared",
    [
        *(read_rights, read_me, read_known, read_views, read_rows, read_whole),
        *(PERSON, SEATS, counting(Task), helped(Task), parts(Task)),
    ],
    ids=range(11),
)
def test_no_day_is_kept_from_when_it_was_made(db, prepared):
    kept = [constant for name, constant in prepared.statement.wanted if name is None]
    assert [constant for constant in kept if isinstance(constant, datetime.date)] == []


def test_a_select_holds_what_django_would_write(db):
    choices = [("", "Tất cả"), ("1", "Hội <Phụ nữ>"), (2, "B & C")]
    for chosen in (None, "1", 2, "9"):
        ours, theirs = (
            widget(choices=choices, attrs={"data-pick": ""}).render("unit", chosen, {"id": "id_unit"})
            for widget in (Select, forms.Select)
        )
        assert_html_equal(ours, theirs)


def test_today_is_the_local_day():
    assert today() == day()
