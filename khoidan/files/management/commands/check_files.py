"""Do the files on the disk and the records in the database still agree?"""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from khoidan.core import durable
from khoidan.files.models import Attachment

YOUNG = 24 * 3600  # seconds in which a request may still be at work


def is_old(path):
    return path.exists() and time.time() - path.stat().st_mtime > YOUNG


def is_changed(path, sha256):
    try:
        return durable.checksum(path) != sha256
    except OSError:
        return True


class Command(BaseCommand):
    help = "Report files that are missing, changed or without a record; sweep what was left half written."

    def handle(self, **options):
        root = Path(settings.FILES_ROOT)
        stored = dict(Attachment.objects.values_list("file", "sha256"))
        self.sweep(root / durable.INCOMING)
        troubles = sorted(self.troubles(root, stored, set(durable.names(root))))
        for trouble, name in troubles:
            self.stdout.write(f"{trouble}: {name}")
        self.stdout.write(f"==> {len(stored)} files, {len(troubles)} troubles")
        if troubles:
            raise CommandError("Files and records disagree; a back-up holds what is missing or changed.")

    @staticmethod
    def troubles(root, stored, kept):
        """(what is wrong, name of the file)."""
        yield from (("missing", name) for name in stored.keys() - kept)
        yield from (("changed", name) for name in stored.keys() & kept if is_changed(root / name, stored[name]))
        yield from (("without a record", name) for name in kept - stored.keys() if is_old(root / name))

    def sweep(self, incoming):
        for part in incoming.glob("*"):
            if is_old(part):
                part.unlink(missing_ok=True)
                self.stdout.write(f"swept: {part.name}, left half written")
