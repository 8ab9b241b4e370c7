import logging

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from khoidan.accounts.models import User
from khoidan.staffing import grants
from khoidan.tasks.models import Sheet, State, TaskTemplate

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Make the tasks of running templates that are to be given by today. Run it every night: it makes what it "
        "missed, and nothing twice. One template that fails does not keep the others; the command then ends in error. "
        "It also deletes spreadsheets sent for import that are too old to be gone on with."
    )

    def add_arguments(self, parser):
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="today unless told")

    def handle(self, *args, until, **options):
        until = self.day(until)
        Sheet.objects.forget()
        running = TaskTemplate.objects.running().order_by("pk")
        grants.rebuild_each(User.objects.filter(pk__in=running.values("activated_by")).order_by("pk"))
        made, failed = [], []
        for pk, title in list(running.values_list("pk", "title")):
            try:
                made += self.catch_up(pk, until)
            except Exception as error:  # one template must not keep all others from running
                log.exception("Template %s failed", pk)
                failed.append(f"{pk} {title}: {error}")
        given = sum(task.state == State.GIVEN for task in made)
        self.stdout.write(f"{len(made)} tasks made: {given} given, {len(made) - given} wait as drafts")
        if failed:
            raise CommandError(f"{len(failed)} templates failed: {'; '.join(failed)}")

    @staticmethod
    def day(until):
        try:
            found = parse_date(until) if until else timezone.localdate()
        except ValueError:
            found = None
        if found is None:
            raise CommandError(f"{until} is no day; write it as 2026-12-31")
        return found

    @staticmethod
    @transaction.atomic
    def catch_up(pk, until):
        """The tasks made of one template, held so that a second run at the same time finds them made."""
        template = TaskTemplate.objects.running().locked().filter(pk=pk).first()
        return template.catch_up(until) if template else []
