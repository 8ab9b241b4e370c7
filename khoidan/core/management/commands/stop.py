"""Stop what `make run` started."""

from django.core.management.base import BaseCommand

from khoidan.core import postgres, serving


class Command(BaseCommand):
    help = "Stop gunicorn and the embedded PostgreSQL."
    requires_system_checks = []

    def handle(self, **options):
        for name, stopped in (("gunicorn", serving.stop_server()), ("PostgreSQL", postgres.stop())):
            self.stdout.write(f"==> {name}: {'stopped' if stopped else 'not running'}")
