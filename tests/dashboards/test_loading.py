"""The commands that fill an empty database: a preset for a real office, or the demo."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F

from khoidan.accounts.models import User
from khoidan.dashboards.loading import demo
from khoidan.dashboards.loading.fixtures import FIXTURES, preset_names
from khoidan.dashboards.management.commands import load_demo
from khoidan.files.models import Attachment
from khoidan.organizations.models import Area, Unit
from khoidan.staffing.models import Position, Role, RoleGrant, StaffQuota
from khoidan.tasks.models import Reassignment, Task
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def password_file(monkeypatch, tmp_path):
    path = tmp_path / "demo-password"
    monkeypatch.setattr(load_demo, "DEMO_PASSWORD", path)
    return path


def run(*arguments):
    told = StringIO()
    call_command(*arguments, stdout=told)
    return told.getvalue()


def test_the_demo_tells_its_sign_ins_once_and_again(password_file):
    first = run("load_demo")
    password = password_file.read_text()
    assert len(password) >= 12
    assert password_file.stat().st_mode & 0o777 == 0o600
    assert password in first
    assert "khue.hoang" in first
    assert run("load_demo", "--sign-ins") == first
    assert User.objects.get(username="nga.hua").check_password(password)


@pytest.mark.parametrize("kept", [None, "cua-hom-khac\n"], ids=["another machine", "another day"])
def test_a_demo_that_was_restored_gets_a_password_that_is_told(password_file, kept):
    for name in ("nga.hua", "khue.hoang"):
        make_user(name, is_demo=True, demo_role="Văn thư", password="khong ai biet")
    real = make_user("an.nguyen", password="của riêng tôi")
    if kept:
        password_file.write_text(kept)
    told = run("load_demo", "--sign-ins")
    password = password_file.read_text()
    assert f"password of all of them: {password}\n" in told
    assert [user.check_password(password) for user in User.objects.demo()] == [True, True]
    assert User.objects.get(pk=real.pk).check_password("của riêng tôi")
    assert run("load_demo", "--sign-ins") == told


def test_nothing_is_kept_of_a_demo_whose_password_could_not_be(monkeypatch):
    monkeypatch.setattr(load_demo, "DEMO_PASSWORD", FIXTURES / "roles.json" / "no-folder")
    with pytest.raises(OSError, match="roles.json"):
        run("load_demo")
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_sign_ins_of_a_demo_that_is_not_there(password_file):
    with pytest.raises(CommandError, match="not loaded here"):
        run("load_demo", "--sign-ins")


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 1, 2, 17, 3, tzinfo=UTC),  # past midnight on a Sunday
        datetime(2027, 3, 1, 0, 40, tzinfo=UTC),  # a Monday morning before the weekly meeting
        datetime(2027, 12, 31, 9, 0, tzinfo=UTC),
    ],
)
def test_the_demo_is_alive_on_any_day(now):
    with time_machine.travel(now, tick=False):
        demo.load("for-tests-only")
        assert 290 <= Task.objects.count() <= 330
        assert 8 <= Task.objects.late().count() <= 12
        assert not Task.objects.filter(given_at__gt=now).exists()
        assert not Task.objects.filter(given_at__lt=F("created_at")).exists()
        assert [task for task in Task.objects.open() if task.missing()] == []
        assert (Reassignment.objects.exists(), Attachment.objects.count()) == (True, 2)


@pytest.mark.parametrize(("place", "places"), [("Na Hang", 20), ("na  hang", 20), ("Côn Lôn", 0)])
def test_places_that_come_with_khoidan_need_not_be_named(place, places):
    told = run("load_preset", "district-2018", "--place", place)
    assert f"{places} places loaded." in told
    assert ("--areas FILE" in told) is (places == 0)
    assert Area.objects.count() == places


@pytest.mark.parametrize("preset", preset_names())
def test_a_preset_lays_units_seats_and_places(preset):
    run("load_preset", preset, "--place", "Na Hang", "--areas", str(FIXTURES / "areas_na_hang.json"))
    told = json.loads((FIXTURES / "presets" / f"{preset}.json").read_text())
    assert Unit.objects.count() == len(told["units"])
    assert Unit.objects.get(kind="bloc").name.endswith("Na Hang")
    assert set(Position.objects.values_list("code", flat=True)) == set(told["positions"])
    assert sum(StaffQuota.objects.held().values_list("seats", flat=True)) == sum(row["seats"] for row in told["quota"])
    assert Area.objects.count() == 20
    assert not User.objects.exists()


def test_a_preset_keeps_the_roles_it_finds():
    clerk = Role.objects.create(code="clerk", name="Văn thư của cơ quan")
    RoleGrant.objects.create(role=clerk, reach="own", capability="view_work")
    run("load_preset", "commune-2025", "--place", "Côn Lôn", "--founded", "2025-07-01")
    clerk.refresh_from_db()
    assert (clerk.name, clerk.grants.count()) == ("Văn thư của cơ quan", 1)
    assert Position.objects.get(code="van-thu").role == clerk
    assert Unit.objects.filter(valid_from="2025-07-01").count() == Unit.objects.count()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ward-2030", "--place", "Na Hang"], "no preset ward-2030"),
        (["commune-2025", "--place", "Na Hang", "--founded", "2025-02-30"], "2025-02-30 is not a day"),
        (["commune-2025", "--place", "Na Hang", "--areas", "nowhere.json"], "cannot be read from nowhere.json"),
        (["commune-2025", "--place", "Na Hang", "--areas", str(FIXTURES / "roles.json")], "cannot be read from"),
    ],
)
def test_a_preset_says_what_is_wrong(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("load_preset", *arguments)
    assert not Role.objects.exists()


def test_places_that_do_not_fit_leave_nothing_behind(tmp_path):
    path = tmp_path / "areas.json"
    path.write_text('{"areas": [{"key": "a", "name": "A", "parent": "missing"}]}')
    with pytest.raises(CommandError, match="does not fit"):
        run("load_preset", "commune-2025", "--place", "Na Hang", "--areas", str(path))
    assert not Role.objects.exists()


def test_a_preset_is_refused_where_units_are():
    make_unit("Khối Dân", "bloc")
    with pytest.raises(CommandError, match="units here already"):
        run("load_preset", "commune-2025", "--place", "Na Hang")
