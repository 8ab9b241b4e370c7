from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from khoidan.dashboards.digest import compose
from khoidan.dashboards.reminders import remind_all
from khoidan.notices.models import Digest
from khoidan.notices.sending import deliver, queue

State = Digest.State
GIVEN_UP = (State.FAILED, State.UNSURE)


class Command(BaseCommand):
    help = "Ring for what is due or late, and send the mail of the day. Run it every 15 minutes; twice does no harm."

    def handle(self, *args, **options):
        reminded = remind_all()
        if not settings.EMAIL_URL:
            self.stdout.write(f"{reminded} reminders; no mail: EMAIL_URL is not set")
            return
        queue(timezone.localtime())
        done = deliver(compose)
        told = ", ".join(f"{done[state]} {state.name.lower().replace('_', ' ')}" for state in State if done[state])
        line = f"{reminded} reminders; mail: {told or 'nothing to do'}"
        if any(done[state] for state in GIVEN_UP):
            raise CommandError(f"{line}; see /admin/notices/digest/")
        self.stdout.write(line)
