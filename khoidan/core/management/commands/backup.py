"""The whole house into one file: what `make backup FILE=…` calls."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from khoidan.core import archive, inventory
from khoidan.core.readiness import require_database


class Command(BaseCommand):
    help = "Write database and files into FILE, readable by its owner only."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        if file.exists():
            raise CommandError(f"{file} is there already, and is kept: choose another name.")
        if not file.parent.is_dir():
            raise CommandError(f"{file}: there is no folder {file.parent}; make it or choose another.")
        require_database()
        self.stdout.write(f"==> Database {inventory.place()}: {inventory.require_accounts()}")
        try:
            count = archive.write(file)
        except (archive.ArchiveError, OSError) as error:
            raise CommandError(error) from error
        size = file.stat().st_size // 1024
        self.stdout.write(f"==> {file}: {size} KB with {count} files. It holds personal data: keep it safe.")
