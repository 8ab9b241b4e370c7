"""The mail of the day, one person at a time: what a server that is down, slow or cut off can do to it."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.utils import timezone

from khoidan.accounts.models import User

from .models import Choice, Digest

OLDEST = timedelta(days=14)  # news that no mail brings any more; the bell still does
RUNNING = timedelta(minutes=1)  # an act begun before the last mail may have ended after it
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


class Line:
    """The connection of one run: a server that does not answer is asked once, not once per person."""

    def __init__(self):
        self.connection, self.trouble = None, None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.hang_up()

    def open(self):
        if self.trouble:
            raise self.trouble
        self.connection = self.connection or get_connection()
        try:
            self.connection.open()
        except OSError as error:
            self.trouble = error
            raise

    def send(self, message):
        if not self.connection.send_messages([message]):
            raise OSError

    def unanswered(self):
        return getattr(self.connection, "unanswered", False)

    def broke(self, error):
        """Whatever state a failure left it in, the next message starts anew; not with a server that let us wait."""
        if self.unanswered():
            self.trouble = error
        self.hang_up()

    def hang_up(self):
        try:
            if self.connection is not None:
                self.connection.close()
        except OSError as error:
            log.info("hanging up: %s", reason_of(error))
        self.connection = None


def queue(day_and_hour):
    """Put in line every account whose hour of the day has come (`day_and_hour` is local), once a day."""
    day = day_and_hour.date()
    people = User.objects.filter(is_active=True, is_superuser=False, is_demo=False, person__voided_at=None)
    waiting = people.exclude(person=None).exclude(digests__day=day).values_list("pk", flat=True)
    choices = Choice.objects.of_each(list(waiting))
    Digest.objects.queue([pk for pk, choice in choices.items() if choice.wants_mail_at(day_and_hour)], day)


def deliver(compose):
    """Send what is due; `compose(account, since)` is a Letter, or None when there is nothing to say.

    Returns {state: how many} of what this run settled or tried.
    """
    done = Counter({Digest.State.FAILED: Digest.objects.tidy()})
    with Line() as line:
        while digest := Digest.objects.take():
            attempt(digest, compose, line)
            done[digest.state] += 1
    return done


def attempt(digest, compose, line):
    """One person's mail; whatever goes wrong with it is noted there, and the next person's turn comes."""
    try:
        letter = compose(digest.account, since(digest))
        if letter is None:
            return digest.turn(Digest.State.NOTHING)
        if not is_address(digest.account.email):
            return digest.turn(Digest.State.NO_ADDRESS)
        line.open()
        digest.handing()
        line.send(message_of(digest, letter))
    except Exception as error:
        log.warning("digest %d: %s", digest.pk, reason_of(error), exc_info=not isinstance(error, OSError))
        digest.failed(reason_of(error), handed_over=line.unanswered())
        return line.broke(error)
    return digest.sent()


def since(digest):
    """The moment after which news are news to this person."""
    oldest = timezone.now() - OLDEST
    last = Digest.objects.last_news_at(digest.account)
    return max(last - RUNNING, oldest) if last else oldest


def is_address(text):
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def message_of(digest, letter):
    """The same Message-ID at each try, and no answer from who is away."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<digest-{digest.pk}-{digest.day:%Y%m%d}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[digest.account.email], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message


def reason_of(error):
    """Kind and code of a failure; never its text, in which servers repeat addresses and names."""
    code = getattr(error, "smtp_code", "")
    for refused, _text in getattr(error, "recipients", {}).values():
        code = refused
    return f"{type(error).__name__} {code}".strip()
