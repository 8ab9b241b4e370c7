"""The whole house out of one file: what `make restore FILE=…` calls."""

from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from khoidan.core import archive, inventory, serving
from khoidan.core.local import VAR
from khoidan.core.readiness import require_database


class Command(BaseCommand):
    help = "Replace database and files by those in FILE; what was there is backed up first."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        if not file.is_file():
            raise CommandError(f"{file}: no such file.")
        if serving.server_process():
            raise CommandError("khoidan is being served: `make stop` first.")
        require_database()
        self.stdout.write(f"==> Database {inventory.place()}")
        try:
            with archive.unpacked(file) as folder:
                replacing = not archive.is_empty()
                if replacing:
                    self.keep()
                archive.restore(folder, replacing=replacing)
        except (archive.ArchiveError, OSError) as error:
            raise CommandError(error) from error
        self.stdout.write("==> Restored; `make run` serves it")

    def keep(self):
        kept = VAR / f"before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}.tar"  # noqa: DTZ005
        archive.write(kept)
        self.stdout.write(f"==> What was there is now in {kept}")
