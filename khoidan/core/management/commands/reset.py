"""Begin anew: what `make reset` calls."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from khoidan.core import archive, postgres, serving
from khoidan.core.database import is_embedded
from khoidan.core.local import DEMO_PASSWORD, VAR
from khoidan.core.readiness import require_database


class Command(BaseCommand):
    help = "Stop serving, throw away the database and the demo password."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="do not ask")

    def handle(self, *, force, **options):
        what = "the database in var/postgres" if is_embedded() else f"everything in {self.place()}"
        if not force:
            self.ask(f"This throws away {what}. Type yes to go on: ")
        serving.stop_server()
        if is_embedded():
            connection.close()
            postgres.erase()
        else:
            self.wipe()
        for file in (DEMO_PASSWORD, VAR / "static.stamp"):
            file.unlink(missing_ok=True)
        self.stdout.write("==> Thrown away; `make run` begins anew")

    def wipe(self):
        require_database()
        try:
            archive.wipe()
        except archive.ArchiveError as error:
            raise CommandError(error) from error

    def place(self):
        settings = connection.settings_dict
        return f"the database {settings['NAME']} on {settings['HOST'] or 'this machine'}"

    def ask(self, question):
        if not sys.stdin.isatty():
            raise CommandError("Nobody to ask: FORCE=1 means yes.")
        if input(question).strip().lower() != "yes":
            raise CommandError("Nothing done.")
