import datetime

import pytest
from django.db.models import ProtectedError

from khoidan.organizations.models import Area, Kind, Unit
from tests.checks import complaints, refused_by_database, sql
from tests.factories import FOUNDED, HOUSE, day, make_area, make_bloc, make_member, make_task, make_unit

CIRCLE = {"parent": ["Đơn vị không thể trực thuộc chính nó hay cấp dưới của nó."]}
OTHER_BLOC = {"parent": ["Không chuyển đơn vị sang khối khác được."]}
ROOT = {"parent": ["Chỉ khối đứng đầu cây; mọi đơn vị khác phải trực thuộc một đơn vị."]}


def test_every_unit_knows_its_bloc(house):
    other = make_bloc(mark=" khác")
    assert set(Unit.objects.filter(bloc=house["bloc"])) == set(house.values())
    assert set(Unit.objects.filter(bloc=other["bloc"])) == set(other.values())
    assert len(house) == len(HOUSE)


@pytest.mark.parametrize(("moved", "below"), [("women", "women"), ("women", "women_branch")])
def test_a_circle_is_refused_at_the_field_and_by_the_database(house, moved, below):
    house[moved].parent = house[below]
    assert complaints(house[moved]) == CIRCLE
    with refused_by_database("would stand below itself"):
        Unit.objects.filter(pk=house[moved].pk).update(parent=house[below])
    with refused_by_database("would stand below itself"):
        sql("UPDATE organizations_unit SET parent_id = %s WHERE id = %s", house[below].pk, house[moved].pk)


def test_the_bloc_below_its_own_branch_is_a_circle(house):
    house["bloc"].parent = house["women_branch"]
    assert complaints(house["bloc"])["parent"] == CIRCLE["parent"]
    with refused_by_database("would stand below itself"):
        Unit.objects.filter(pk=house["bloc"].pk).update(parent=house["women_branch"])


def test_a_unit_does_not_move_to_another_bloc(house):
    other = make_bloc(mark=" khác")
    house["women"].parent = other["bloc"]
    assert complaints(house["women"]) == OTHER_BLOC
    with refused_by_database("cannot move to another bloc"):
        Unit.objects.filter(pk=house["women"].pk).update(parent=other["bloc"])


def test_a_unit_does_not_become_a_bloc(house):
    house["women"].parent, house["women"].kind = None, Kind.BLOC
    assert complaints(house["women"]) == OTHER_BLOC
    with refused_by_database("cannot move to another bloc"):
        Unit.objects.filter(pk=house["women"].pk).update(parent=None, kind=Kind.BLOC)


def test_a_unit_moves_within_its_bloc(house):
    house["youth_branch"].parent = house["women"]
    assert complaints(house["youth_branch"]) == {}
    house["youth_branch"].save()
    assert set(house["women"].children.all()) == {house["women_branch"], house["youth_branch"]}


@pytest.mark.parametrize(("kind", "parent"), [(Kind.OFFICE, None), (Kind.BLOC, "bloc")])
def test_only_a_bloc_stands_at_the_top(house, kind, parent):
    unit = Unit(name="Thừa", short_name="Thừa", kind=kind, parent=house.get(parent), valid_from=FOUNDED)
    assert complaints(unit) == ROOT
    with refused_by_database("unit_only_bloc_is_root"):
        Unit.objects.bulk_create([unit])


@pytest.mark.parametrize("valid_to", [FOUNDED, FOUNDED - datetime.timedelta(days=1)])
def test_a_unit_ends_after_it_was_founded(house, valid_to):
    house["women"].valid_to = valid_to
    assert complaints(house["women"]) == {"valid_to": ["Ngày hết hoạt động phải sau ngày thành lập."]}
    with refused_by_database("unit_ends_after_start"):
        house["women"].save()


@pytest.mark.parametrize(("ends", "current"), [(None, True), (1, True), (0, False), (-1, False)])
def test_a_unit_is_current_until_before_its_end(house, ends, current):
    unit = make_unit("Hội cũ", Kind.ORGANIZATION, house["bloc"], valid_to=None if ends is None else day(ends))
    assert unit.is_current() == current
    assert Unit.objects.current().filter(pk=unit.pk).exists() == current


def test_a_unit_is_not_current_before_it_is_founded(house):
    unit = make_unit("Hội mới", Kind.ORGANIZATION, house["bloc"], valid_from=day(1))
    assert (unit.is_current(), unit.is_current(day(1))) == (False, True)
    assert not Unit.objects.current().filter(pk=unit.pk).exists()


def test_a_closed_unit_keeps_its_records_and_is_not_deleted(house):
    task = make_task(house["women"])
    house["women"].valid_to, house["women"].succeeded_by = day(), house["youth"]
    house["women"].full_clean()
    house["women"].save()
    assert task.unit.name == "women"
    with pytest.raises(ProtectedError):
        house["women"].delete()


def test_the_structure_is_known_to_whoever_sits_in_the_bloc(house):
    user = make_member(house["women"], "officer")
    assert set(Unit.objects.permitting(user, "view")) == set(house.values())
    assert set(Unit.objects.permitting(user, "explain")) == {house["women"]}


@pytest.mark.parametrize("field", ["parent", "succeeded_by"])
def test_an_area_is_not_its_own(db, field):
    area = make_area()
    setattr(area, field, area)
    told = {
        "parent": {"parent": ["Địa bàn không thể thuộc chính nó hay nơi thuộc nó."]},
        "succeeded_by": {"__all__": ["Một địa bàn không thể thuộc chính nó."]},
    }
    assert complaints(area) == told[field]
    with refused_by_database("area_is_not_its_own_parent"):
        area.save()


def test_an_area_ends_after_it_began(db):
    area = make_area(valid_from=FOUNDED)
    area.valid_to = FOUNDED
    assert complaints(area) == {"__all__": ["Ngày hết phải sau ngày bắt đầu."]}
    with refused_by_database("area_ends_after_start"):
        area.save()


def test_areas_of_a_day(db):
    old = make_area("Khâu Tinh", valid_to=datetime.date(2025, 7, 1))
    new = make_area("Na Hang", valid_from=datetime.date(2025, 7, 1))
    assert list(Area.objects.current(datetime.date(2025, 6, 30))) == [old]
    assert list(Area.objects.current(datetime.date(2025, 7, 1))) == [new]
