import logging

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from khoidan.dashboards.digest import compose
from khoidan.notices.models import Digest
from khoidan.notices.sending import deliver, queue, reason_of
from khoidan.tasks.models import Task

State = Digest.State
GIVEN_UP = (State.FAILED, State.UNSURE)
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Ring for what is due or late, and send the mail of the day. Run it every 15 minutes; twice does no harm."

    def handle(self, *args, **options):
        rung, reminded = ring()
        mailed, done = send() if settings.EMAIL_URL else (True, "no mail: EMAIL_URL is not set")
        if not mailed:
            raise CommandError(f"{reminded}; {done}; see /admin/notices/digest/")
        if not rung:
            raise CommandError(f"{reminded}; {done}; see the log")
        self.stdout.write(f"{reminded}; {done}")


def ring():
    """(whether that went well, what to say of it); whatever goes wrong with the bell, the mail is sent."""
    try:
        return True, f"{Task.objects.remind()} reminders"
    except Exception as error:
        log.warning("reminders: %s", reason_of(error), exc_info=True)
        return False, f"reminders failed: {reason_of(error)}"


def send():
    """(whether nothing was given up, what to say of it)."""
    queue(timezone.localtime())
    done = deliver(compose)
    told = ", ".join(f"{done[state]} {state.name.lower().replace('_', ' ')}" for state in State if done[state])
    return not any(done[state] for state in GIVEN_UP), f"mail: {told or 'nothing to do'}"
