"""Blocs for the benchmarks: 83 units and 60 people each, with accounts, seats and the rights that follow from them.

Written past the triggers (history, rights gone stale, copies of the bloc): what they would add is added here.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.dashboards.loading.structure import load_roles
from khoidan.organizations.models import Area, Kind, Unit
from khoidan.staffing import grants
from khoidan.staffing.models import Appointment, Person, Position, Role

BRANCHES = 12  # of each organization
ORGANIZATIONS = range(5, 11)  # places of units in their bloc: 0 the bloc, 1 the office, 2 to 4 the sub-committees
UNITS, PEOPLE = 83, 60
HEAD, DEPUTIES = 0, range(1, 7)  # places of people in their bloc
FAMILY, MIDDLE = ("Nông", "Hoàng", "Chẩu", "Ma", "Quan", "Lý", "Nguyễn", "Triệu"), ("Văn", "Thị", "Đình", "Thu", "Minh")
GIVEN = ("An", "Bình", "Cúc", "Dũng", "Đức", "Hà", "Khuê", "Lan", "Mai", "Ơn", "Thuyên", "Uyên", "Vượng")


def kind_of(place):
    if place == 0:
        return Kind.BLOC
    if place == 1:
        return Kind.OFFICE
    if place < ORGANIZATIONS.start:
        return Kind.SUB_COMMITTEE
    return Kind.ORGANIZATION if place in ORGANIZATIONS else Kind.BRANCH


def parent_of(place):
    """The place of the unit above; None for the bloc."""
    if place == 0:
        return None
    return 0 if place < ORGANIZATIONS.stop else ORGANIZATIONS.start + (place - ORGANIZATIONS.stop) // BRANCHES


def seats():
    """[(role, place of the unit)] of the 60 people of a bloc in the order of their places; main posts only."""
    found = [("bloc_head", 0)] + [("organization_head", place) for place in ORGANIZATIONS]
    found += [("office_head", 1), ("clerk", 1), ("clerk", 1), ("personnel_officer", 1), *[("officer", 1)] * 6]
    for committee in (2, 3, 4):
        found += [(role, committee) for role in ("unit_head", "unit_deputy", "officer", "officer")]
    for place in ORGANIZATIONS:
        found += [("unit_deputy", place), *[("officer", place)] * 4]
    return [*found, ("observer", 0)]


def unit_id(bloc, place):
    return bloc * UNITS + place + 1


def person_id(bloc, place):
    """Of the person and of the account: they are one number here."""
    return bloc * PEOPLE + place + 1


def inspector_id(blocs):
    """Somebody from the upper level who heads the first organization of every bloc."""
    return person_id(blocs, 0)


@contextmanager
def past_triggers():
    """No trigger fires and no foreign key is checked; needs a superuser of the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def fill(blocs):
    """Everything but tasks, on an empty database; rights are computed by staffing.grants, account by account."""
    with past_triggers() as cursor:
        write_structure(blocs)
        write_people(blocs)
        write_seats(blocs)
        for model in (Unit, Person, User, Appointment):
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608
        cursor.execute("ANALYZE organizations_unit, staffing_person, staffing_appointment, accounts_user")
    grants.rebuild_stale()


def write_structure(blocs):
    load_roles()
    Position.objects.bulk_create(Position(code=role.code, name=role.name, role=role) for role in Role.objects.all())
    Area.objects.bulk_create(Area(name=f"Xã số {n + 1}", kind=Area.Kind.COMMUNE) for n in range(BRANCHES))
    founded = timezone.localdate() - timedelta(days=1000)
    Unit.objects.bulk_create(
        [unit_of(bloc, place, founded) for bloc in range(blocs) for place in range(UNITS)], batch_size=5000
    )


def unit_of(bloc, place, founded):
    kind, above = kind_of(place), parent_of(place)
    name = f"{kind.label.capitalize()} {place} của khối {bloc + 1}"
    return Unit(
        pk=unit_id(bloc, place),
        bloc_id=unit_id(bloc, 0),
        parent_id=None if above is None else unit_id(bloc, above),
        kind=kind,
        name=name,
        short_name=name,
        order=place,
        valid_from=founded,
        issues_documents=kind in (Kind.BLOC, Kind.ORGANIZATION),
    )


def write_people(blocs):
    """Accounts without a password: the benchmarks open sessions for them."""
    keys = [person_id(bloc, place) for bloc in range(blocs) for place in range(PEOPLE)] + [inspector_id(blocs)]
    names = {key: f"{FAMILY[key % 8]} {MIDDLE[key // 8 % 5]} {GIVEN[key % 13]}" for key in keys}
    User.objects.bulk_create(
        (User(pk=key, username=f"bench{key}", name=names[key], password="!") for key in keys), batch_size=5000
    )
    homes = {key: unit_id(min((key - 1) // PEOPLE, blocs - 1), 0) for key in keys}
    Person.objects.bulk_create(
        (Person(pk=key, user_id=key, name=names[key], unit_id=homes[key], bloc_id=homes[key]) for key in keys),
        batch_size=5000,
    )


def write_seats(blocs):
    positions = {position.code: position.pk for position in Position.objects.all()}
    start = timezone.localdate() - timedelta(days=900)

    def seat(key, role, bloc, place, kind=Appointment.Kind.CONCURRENT):
        unit, home = unit_id(bloc, place), unit_id(bloc, 0)
        return Appointment(
            person_id=key, position_id=positions[role], unit_id=unit, bloc_id=home, kind=kind, start=start
        )

    made = []
    for bloc in range(blocs):
        for place, (role, unit) in enumerate(seats()):
            made.append(seat(person_id(bloc, place), role, bloc, unit, Appointment.Kind.MAIN))
        made += [seat(person_id(bloc, deputy), "deputy_head", bloc, 0) for deputy in DEPUTIES]
        made.append(seat(inspector_id(blocs), "organization_head", bloc, ORGANIZATIONS.start))
    Appointment.objects.bulk_create(made, batch_size=5000)
