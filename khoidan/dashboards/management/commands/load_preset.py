"""Lay the structure of a real office: what an administrator runs once, before the first account works."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from khoidan.dashboards.loading import structure
from khoidan.dashboards.loading.fixtures import areas_of, preset_names, read_preset
from khoidan.organizations.models import Unit

NEXT = """Next:
  1. manage.py createsuperuser: who configures, and works on nothing
  2. in /admin/, signed in as that: an account for the head of the bloc or the personnel officer
  3. manage.py appoint USERNAME "FULL NAME" UNIT POSITION: the first appointment; all others are made in the browser"""

NO_PLACES = " Until /admin/ holds places, a record's place is typed in words; --areas FILE loads a list."


class Command(BaseCommand):
    help = "Load roles with rights, positions, kinds of meetings, units and quota of a preset, and places from a file."

    def add_arguments(self, parser):
        parser.add_argument("preset", help=", ".join(preset_names()))
        parser.add_argument("--place", required=True, help='name of the place without its level: "Na Hang"')
        parser.add_argument("--founded", help="day the units exist from, YYYY-MM-DD; today unless told")
        parser.add_argument(
            "--areas",
            type=Path,
            help="places to load: a file like fixtures/areas_na_hang.json, which Na Hang gets unless told",
        )

    def handle(self, *, preset, place, founded, areas, **options):
        if preset not in preset_names():
            raise CommandError(f"There is no preset {preset}. Presets: {', '.join(preset_names())}.")
        founded, rows = day(founded), area_rows(areas or areas_of(place))
        if Unit.objects.exists():
            raise CommandError(
                "There are units here already; a preset is laid on empty ground. Change them in /admin/."
            )
        units = self.load(read_preset(preset), place, founded, rows)
        self.stdout.write(f"{len(units)} units and {len(rows)} places loaded.{'' if rows else NO_PLACES}\n{NEXT}")

    @transaction.atomic
    def load(self, preset, place, founded, rows):
        structure.load_roles()
        structure.load_positions(preset["positions"])
        structure.load_meeting_kinds()
        try:
            structure.load_areas(rows)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise CommandError(f"The file of places does not fit fixtures/README.md: {error!r}") from error
        units = structure.load_units(preset, place=place, founded=founded)
        structure.load_quotas(preset, units, start=founded)
        return units


def day(text):
    try:
        found = parse_date(text) if text else timezone.localdate()
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{text} is not a day; write it as {timezone.localdate().isoformat()}.")
    return found


def area_rows(path):
    if path is None:
        return []
    try:
        return json.loads(path.read_text(encoding="utf-8"))["areas"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"The places cannot be read from {path}: {error}") from error
