"""Begin anew: what `make reset` calls."""

import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from khoidan.core import archive, inventory, packing, postgres, serving
from khoidan.core.database import is_embedded
from khoidan.core.embedded import use
from khoidan.core.local import DEMO_PASSWORD
from khoidan.core.readiness import require_database


class Command(BaseCommand):
    help = "Stop serving, throw away the database, the files and the demo password."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="do not ask")
        parser.add_argument("--confirm", metavar="NAME", help="name of a database that holds more than the demo")

    def handle(self, *, force, confirm, **options):
        holds = self.holds()
        self.stdout.write(f"==> Database {inventory.place()}: {holds or 'empty'}")
        if confirm or not self.is_disposable(holds):
            self.require_name(confirm)
        elif not force:
            self.ask()
        if serving.stop_server():
            self.stdout.write("==> khoidan was being served, and is no longer")
        self.erase()
        packing.drop_all()
        DEMO_PASSWORD.unlink(missing_ok=True)
        self.stdout.write("==> Thrown away; `make run` begins anew")

    def holds(self):
        """Its accounts; a word where there are none to be counted; None where nothing is there."""
        try:
            if is_embedded():
                use.begin(make=False)
            require_database()
        except ImproperlyConfigured as error:
            if is_embedded():
                return f"cannot be read. {error}" if postgres.DATA.exists() else None
            raise
        return None if archive.is_empty() else inventory.accounts() or "tables that are not khoidan's"

    def is_disposable(self, holds):
        return holds is None or (isinstance(holds, inventory.Accounts) and holds.total == holds.demo)

    def require_name(self, given):
        if given != inventory.name():
            raise CommandError(
                "This may be more than the demo, and would be gone for good. "
                f"If you mean it: make reset CONFIRM={inventory.name()}"
            )

    def ask(self):
        served = ", and ends the running server" if serving.server_process() else ""
        if not sys.stdin.isatty():
            raise CommandError("Nobody to ask: FORCE=1 means yes.")
        if input(f"This throws it away{served}. Type yes to go on: ").strip().lower() != "yes":
            raise CommandError("Nothing done.")

    def erase(self):
        connection.close()
        if is_embedded():
            postgres.erase()
            return
        try:
            archive.wipe()
        except archive.ArchiveError as error:
            raise CommandError(error) from error
