"""The demo: loaded into an empty database, its sign-ins told as often as asked."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from khoidan.core.local import DEMO_PASSWORD, write_private
from khoidan.dashboards.loading import demo


class Command(BaseCommand):
    help = "Load the demo into an empty database and print its sign-ins; refused beside real accounts."

    def add_arguments(self, parser):
        parser.add_argument("--sign-ins", action="store_true", help="load nothing, print the sign-ins again")

    def handle(self, *, sign_ins, verbosity, **options):
        if not sign_ins:
            self.load()
        if sign_ins or verbosity:
            self.tell()

    def load(self):
        obstacle = demo.obstacle()
        if obstacle:
            raise CommandError(obstacle)
        password = demo.draw_password()
        with transaction.atomic():
            demo.load(password)
            write_private(DEMO_PASSWORD, password)  # last: without the file nobody would know the password

    def tell(self):
        offered = demo.sign_ins()
        if not offered:
            raise CommandError("The demo is not loaded here: `manage.py load_demo` loads it.")
        for username, role in offered:
            self.stdout.write(f"    {username:<12} {role}")
        self.stdout.write(f"    password of all of them: {self.password()}")

    def password(self):
        """What the file says, or a new one: a demo that was restored has that of another day or machine."""
        if DEMO_PASSWORD.exists() and demo.opens(kept := DEMO_PASSWORD.read_text().strip()):
            return kept
        drawn = demo.draw_password()
        with transaction.atomic():
            demo.renew(drawn)
            write_private(DEMO_PASSWORD, drawn)
        return drawn
