"""Roles, positions, kinds of meetings, places and units: what the demo and a real office both start from."""

from khoidan.meetings.models import MeetingKind
from khoidan.organizations.models import Area, Unit
from khoidan.staffing.models import Position, Role, RoleGrant, StaffQuota

from .fixtures import read


def load_roles():
    """Roles with their matrix; one that is there already stays as the office made it."""
    for number, row in enumerate(read("roles.json")["roles"], 1):
        role, made = Role.objects.get_or_create(code=row["code"], defaults={"name": row["name"], "order": number * 10})
        if made:
            RoleGrant.objects.bulk_create(RoleGrant(role=role, **grant) for grant in row["grants"])


def load_positions(codes):
    """The positions of these codes; one that is there already stays as the office made it."""
    roles = {role.code: role for role in Role.objects.all()}
    for row in read("positions.json")["positions"]:
        if row["code"] in codes:
            Position.objects.get_or_create(code=row["code"], defaults=row | {"role": roles[row["role"]]})


def load_meeting_kinds():
    """{code: MeetingKind}; one that is there already stays as the office made it."""
    for number, row in enumerate(read("meeting_kinds.json")["kinds"], 1):
        MeetingKind.objects.get_or_create(code=row["code"], defaults=row | {"order": number * 10})
    return {kind.code: kind for kind in MeetingKind.objects.all()}


def load_areas(rows):
    """{key: Area}; a place is made after the one it lies in and the one that succeeded it."""
    waiting, areas = {row["key"]: row for row in rows}, {}

    def area(key):
        if key is not None and key not in areas:
            row = dict(waiting[key])
            del row["key"]
            links = {name: area(row[name]) for name in ("parent", "succeeded_by")}
            areas[key] = Area.objects.create(**row | links)
        return areas.get(key)

    for key in waiting:
        area(key)
    return areas


def load_units(preset, *, place, founded, **fields):
    """{key: Unit} of a preset at `place`, all founded on one day; `fields` hold for each."""
    units = {}
    for row in preset["units"]:
        row = row | {"name": row["name"].format(place=place), "parent": units.get(row["parent"])}
        key = row.pop("key")
        units[key] = Unit.objects.create(valid_from=founded, **row, **fields)
    return units


def load_quotas(preset, units, *, start, **fields):
    """Seats of the preset; units staffed by concurrent posts only have none."""
    StaffQuota.objects.bulk_create(
        StaffQuota(unit=units[row["unit"]], seats=row["seats"], start=start, **fields)
        for row in preset["quota"]
        if row["seats"]
    )


def in_sentence(area):
    """The name of a place as it stands inside a sentence: "xã Côn Lôn"."""
    return area.name[0].lower() + area.name[1:]
