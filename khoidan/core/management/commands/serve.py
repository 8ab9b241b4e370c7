"""Bring the house to a state fit for use, then serve it: what `make run` calls."""

import errno
import os

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from khoidan.core import serving
from khoidan.core.local import require_space
from khoidan.core.loopback import is_loopback
from khoidan.core.readiness import require_database, require_secret

PORT_REFUSED = {
    errno.EADDRINUSE: "is taken by another program",
    errno.EACCES: "is for the administrator only",
    errno.EADDRNOTAVAIL: "cannot be had: this machine has no such address",
}
ROOM_TO_WORK = 100  # megabytes


class Command(BaseCommand):
    help = "Migrate, collect static files and serve with gunicorn on KHOIDAN_ADDRESS and KHOIDAN_PORT."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="load the demo when there is no account yet")

    def handle(self, *, demo, **options):
        require_secret()
        address = os.environ.get("KHOIDAN_ADDRESS", "127.0.0.1")
        port = self.port()
        self.require_port(address, port)
        require_space(ROOM_TO_WORK)
        self.prepare_database()
        holds_demo = self.prepare_demo(demo)
        if holds_demo and not is_loopback(address):
            raise CommandError(
                f"This database holds the demo, whose password is printed: it is not served on {address}. "
                "Use 127.0.0.1, or `make reset` and real accounts."
            )
        if serving.collect_static():
            self.say("Static files collected")
        host = f"[{address}]" if ":" in address else address
        self.say(f"http://{host}:{port}  (Ctrl+C ends it, `make stop` stops the database too)")
        if holds_demo:
            call_command("load_demo", sign_ins=True)
        serving.serve(host, port)

    def port(self):
        given = os.environ.get("KHOIDAN_PORT", "8000")
        if not (given.isdecimal() and 0 < int(given) < 65536):
            raise CommandError(f"{given} is not a port: a number from 1 to 65535.")
        return int(given)

    def require_port(self, address, port):
        if serving.server_process():
            raise CommandError("khoidan is being served from this folder already: `make stop` ends that.")
        if reason := serving.why_not_bound(address, port):
            said = PORT_REFUSED.get(reason.errno, f"cannot be had: {reason.strerror}")
            raise CommandError(f"Port {port} of {address} {said}. `make run PORT={port + 1}` takes another.")

    def prepare_database(self):
        self.say("Checking the database")
        require_database()
        self.say("Migrating")
        call_command("migrate", interactive=False, verbosity=0)

    def prepare_demo(self, wanted):
        """True when the demo lives here."""
        accounts = get_user_model().objects
        if wanted and not accounts.exists():
            self.say("Loading the demo")
            call_command("load_demo", verbosity=0)
        return accounts.filter(is_demo=True).exists()

    def say(self, line):
        self.stdout.write(f"==> {line}")
        self.stdout.flush()
