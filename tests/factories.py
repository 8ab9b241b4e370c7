"""Records for tests: plain functions, nothing random, nothing hidden."""

import datetime
import json
from functools import cache
from itertools import count
from pathlib import Path

from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.meetings.models import Meeting, MeetingKind
from khoidan.notices.models import Notice
from khoidan.organizations.models import Area, Kind, Unit
from khoidan.staffing import grants
from khoidan.staffing.models import Appointment, Person, Position, Role, RoleGrant, StaffQuota
from khoidan.tasks.models import Task, TaskTemplate

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FOUNDED = datetime.date(2020, 1, 1)
LONG_AGO = datetime.date(2021, 1, 1)

# key: (kind, key of the parent, issues documents)
HOUSE = {
    "bloc": (Kind.BLOC, None, True),
    "office": (Kind.OFFICE, "bloc", False),
    "committee": (Kind.SUB_COMMITTEE, "bloc", False),
    "women": (Kind.ORGANIZATION, "bloc", True),
    "women_branch": (Kind.BRANCH, "women", True),
    "youth": (Kind.ORGANIZATION, "bloc", True),
    "youth_branch": (Kind.BRANCH, "youth", False),
}

_number = count(1)


@cache
def fixture(name):
    """The data of a file of fixtures/, which nobody changes."""
    return json.loads((FIXTURES / name).read_text())


def load_matrix():
    """Roles and positions of fixtures/, and one position per role, open to any number of holders, coded like it."""
    rows = fixture("roles.json")["roles"]
    roles = {row["code"]: Role(code=row["code"], name=row["name"]) for row in rows}
    Role.objects.bulk_create(roles.values())
    RoleGrant.objects.bulk_create(
        RoleGrant(role=roles[row["code"]], **grant) for row in rows for grant in row["grants"]
    )
    Position.objects.bulk_create(Position(code=code, name=role.name, role=role) for code, role in roles.items())
    Position.objects.bulk_create(
        Position(**row | {"role": roles[row["role"]]}) for row in fixture("positions.json")["positions"]
    )
    return {position.code: position for position in Position.objects.select_related("role")}


def make_area(name="Côn Lôn", kind=Area.Kind.COMMUNE, **fields):
    return Area.objects.create(name=name, kind=kind, **fields)


def make_unit(name, kind, parent=None, **fields):
    """A unit as the database made it: its bloc is known."""
    fields = {"short_name": name, "valid_from": FOUNDED} | fields
    unit = Unit.objects.create(name=name, kind=kind, parent=parent, **fields)
    unit.refresh_from_db(fields=["bloc"])
    return unit


def make_bloc(structure=HOUSE, mark=""):
    """The units of `structure` as {key: Unit}; `mark` tells the names of a second bloc apart."""
    units = {}
    for key, (kind, parent, issues) in structure.items():
        units[key] = make_unit(f"{key}{mark}", kind, units.get(parent), issues_documents=issues)
    return units


def make_user(username=None, *, name="Nguyễn Văn An", password=None, **fields):
    """An account without a usable password unless one is given: sign in with `client.force_login`."""
    user = User(username=username or f"user{next(_number)}", name=name, **fields)
    user.set_password(password)
    user.save()
    return user


def make_person(unit, name="Nguyễn Văn An", *, user=None, **fields):
    """Somebody of the staff, with an account of the same name unless `user` is False or an account."""
    account = make_user(name=name) if user is None else user or None
    person = Person.objects.create(unit=unit, name=name, user=account, **fields)
    person.refresh_from_db()
    return person


def appoint(person, unit, position, *, start=LONG_AGO, end=None, kind=None, acting_for=None, **fields):
    """`person` in the position of that code; concurrent unless told, so that seats never collide by surprise."""
    kind = kind or (Appointment.Kind.ACTING if acting_for else Appointment.Kind.CONCURRENT)
    seat = Appointment.objects.create(
        person=person,
        unit=unit,
        position=Position.objects.get(code=position),
        kind=kind,
        start=start,
        end=end,
        acting_for=acting_for,
        **fields,
    )
    seat.refresh_from_db()
    return seat


def make_member(unit, position, name="Nguyễn Văn An", **dates):
    """A fresh account whose person sits in that position of that unit."""
    person = make_person(unit, name)
    appoint(person, unit, position, **dates)
    return fresh(person.user)


def make_quota(unit, seats=3, *, start=LONG_AGO, end=None, **fields):
    return StaffQuota.objects.create(unit=unit, seats=seats, start=start, end=end, **fields)


def make_task(unit, title="Lập kế hoạch", *, organizations=(), given=False, **fields):
    """A clear draft in the commune of its kind; `given=True` or a `state` makes it more."""
    fields = {"deliverable": "Kế hoạch", "address": "Hội trường khối", "due": day(7)} | fields
    if given:
        fields |= {"state": Task.State.GIVEN, "given_at": timezone.now()}
    if fields.get("state") == Task.State.DONE:
        fields = {"completed_at": timezone.now(), "completed_on": timezone.localdate()} | fields
    task = Task.objects.create(unit=unit, title=title, **fields)
    task.organizations.set(organizations)
    task.refresh_from_db()
    return task


def make_template(unit, title="Báo cáo tháng {tháng}", *, organizations=(), runs_for=None, position=None, **fields):
    """Work of every month, due on the 20th, given ten days before; `runs_for` an account: it runs from today on."""
    fields = {"deliverable": "Báo cáo", "address": "Hội trường khối", "start": LONG_AGO} | fields
    fields = {"every": "month", "month_day": 20, "lead_days": 10} | fields
    position = position and Position.objects.get(code=position)
    running = {"activated_by": runs_for, "since": day()} if runs_for else {}
    template = TaskTemplate.objects.create(unit=unit, title=title, position=position, **running, **fields)
    template.organizations.set(organizations)
    template.refresh_from_db()
    return template


def make_meeting(unit, title="Giao ban tháng", *, organizations=(), starts_at=None, hours=2, **fields):
    """A meeting that began an hour ago unless told."""
    starts_at = starts_at or timezone.now() - timezone.timedelta(hours=1)
    kind = fields.pop("kind", None) or MeetingKind.objects.get_or_create(code="giao-ban", name="Giao ban")[0]
    meeting = Meeting.objects.create(
        unit=unit,
        title=title,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + timezone.timedelta(hours=hours),
        **fields,
    )
    meeting.organizations.set(organizations)
    meeting.refresh_from_db()
    return meeting


def make_notice(recipient, record, kind="tasks.given", **fields):
    return Notice.objects.create(recipient=recipient, target=record, unit_id=record.unit_id, kind=kind, **fields)


def day(offset=0):
    """Today and its neighbours."""
    return timezone.localdate() + timezone.timedelta(days=offset)


def written(date):
    """A day as people type it."""
    return f"{date:%d/%m/%Y}"


def fresh(user):
    """The account read again after its rights were made today's, as a request would find it."""
    grants.rebuild(user)
    return User.objects.get(pk=user.pk)
