"""The bloc of Na Hang, its people and four months of their work; everything in it is invented and marked so."""

import secrets
from dataclasses import dataclass
from datetime import time
from random import Random

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.organizations.models import Kind, Unit
from khoidan.staffing import grants
from khoidan.tasks.models import Task

from . import structure
from .calendar import Calendar
from .diary import Diary
from .fixtures import read, read_preset
from .meetings import MeetingWriter
from .occasions import Occasions
from .people import Appointing, Staff, load_accounts, load_persons
from .routines import load_routines
from .tasks import TaskWriter
from .today import add_files, hand_over_work

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # without the letters and figures that look alike


@dataclass
class House:
    """What the loaders of work look up: by key of the fixtures, and by day."""

    calendar: Calendar
    diary: Diary
    units: dict
    areas: dict
    persons: dict
    staff: Staff
    age: int  # days since the bloc was founded

    def place(self, place):
        return {"area": self.areas[place]} if place in self.areas else {"address": place}


def draw_password():
    return "-".join("".join(secrets.choice(LEGIBLE) for _letter in range(4)) for _group in range(4))


def opens(password):
    """True when `password` signs in an account of the demo; they begin with one hash among them."""
    hashes = User.objects.demo().values_list("password", flat=True).distinct()
    return any(check_password(password, known) for known in hashes)


def renew(password):
    """Give all accounts of the demo another password; whoever is signed in with the old one is not any more."""
    User.objects.demo().update(password=make_password(password))


def obstacle():
    """A sentence on why the demo cannot be loaded into this database; empty when it can."""
    real = User.objects.real().count()
    if real:
        return (
            f"This database has real accounts ({real}); the demo, whose password is printed, is not loaded beside "
            "them. Take an empty database: another DATABASE_URL, or `make reset`."
        )
    if Unit.objects.exists():
        return "There are units here already; the demo is loaded into an empty database only: `make reset` empties it."
    return ""


@transaction.atomic
def load(password):
    """Everything, in one transaction, with the rights that follow; the caller has asked `obstacle`."""
    story, work = read("demo.json"), read("demo_tasks.json")
    calendar = Calendar(timezone.now(), Random(work["seed"]))  # noqa: S311 - a fixed seed, no secret
    house = settle(story, calendar, password)
    tasks = TaskWriter(house, work)
    load_meetings(house, tasks)
    occasions = Occasions(calendar, story["branches"]["areas"], house.units, house.areas)
    routines = load_routines(house, work)
    for template in work["tasks"]:
        for occasion in occasions.of(template):
            tasks.plan(occasion, template, routines.get(template["key"]))
    for row in work["joint"]:
        tasks.plan_joint(row)
    tasks.save()
    house.diary.save()
    grants.rebuild_stale()
    hand_over_work(house, work["handovers"])
    add_files(work["files"])
    Task.objects.remind()


def settle(story, calendar, password):
    """Structure and people."""
    diary, founded = Diary(), calendar.day(story["founded_days"])
    areas = structure.load_areas(read(story["areas"])["areas"])
    units = load_units(story, areas, founded)
    users = load_accounts(story, password)
    clerk = users[story["personnel_officer"]]
    entered = calendar.at(founded, time(7, 30))
    structure.load_quotas(
        read_preset(story["preset"]),
        units,
        start=calendar.day(story["quota"]["start_days"]),
        end=calendar.day(story["quota"]["end_days"]),
        decision=story["quota"]["decision"],
        created_at=entered,
        created_by=clerk,
    )
    persons = load_persons(story, users, home=units["khoi"], at=entered, by=clerk, diary=diary)
    Appointing(story, units, persons, calendar=calendar, by=clerk, diary=diary).load()
    return House(calendar, diary, units, areas, persons, Staff(calendar.dice), -story["founded_days"])


def load_units(story, areas, founded):
    """{key: Unit}: those of the preset, and a branch of each organization in each commune."""
    structure.load_roles()
    preset = read_preset(story["preset"])
    structure.load_positions(preset["positions"])
    units = structure.load_units(preset, place=story["place"], founded=founded, area=areas[story["area"]])
    branches = {}
    for row in story["branches"]["organizations"]:
        for number, key in enumerate(story["branches"]["areas"], 1):
            names = {"area": key, "xa": structure.in_sentence(areas[key])}
            branches[row["key"].format(**names)] = Unit(
                name=row["name"].format(**names),
                short_name=row["short_name"].format(**names),
                kind=Kind.BRANCH,
                parent=units[row["organization"]],
                area=areas[key],
                valid_from=story["branches"]["valid_from"],
                order=number,
            )
    Unit.objects.bulk_create(branches.values())
    return units | branches


def load_meetings(house, tasks):
    rows = read("demo_meetings.json")
    writer = MeetingWriter(house, structure.load_meeting_kinds(), tasks)
    for row in rows["meetings"]:
        writer.write(row)


def sign_ins():
    """[(username, role)] of the accounts offered, in the order of the story."""
    offered = User.objects.demo().filter(is_active=True).exclude(demo_role="")
    return list(offered.order_by("pk").values_list("username", "demo_role"))
