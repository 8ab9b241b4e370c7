"""One meaning of late, for lists, days in red, home, board, load, reminders, mail and evaluation alike.

A task is judged by the day on which it was handed in, never by the day on which somebody came to check it: whose work
is on time answers for the work (366-QĐ/TW asks for tasks done by their day), and not for a check that others owe. So

- on time: done, and handed in on the due day at the latest;
- done late: done, and handed in after it;
- late: open, and the due day passed before it was handed in; handing it in afterwards does not take that back;
- not due: every other open task: its day has not passed, or it was handed in by then and waits for its check;
- back late: a draft again, handed back by its person when its day had passed, and not given again, named another
  person for, moved or voided since.

A whole comes when the last of its parts is handed in; while any of them is open, its check included, it is at work
itself.

Each task that was given and not stopped is one of the five, or a draft that came back in time. A due day lawfully
moved is the one that counts.
"""

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from khoidan.core.dates import today
from khoidan.core.words import day as written
from khoidan.core.words import due_words

from .states import AT_WORK, OPEN, State

ON_TIME = Q(state=State.DONE, completed_on__lte=F("due"))
DONE_LATE = Q(state=State.DONE, completed_on__gt=F("due"))
BACK_LATE = Q(state=State.DRAFT, handed_back_by=F("accountable"), moved_at__date__gt=F("due"))
CAME_IN_TIME = Q(state=State.CHECKING, submitted_at__date__lte=F("due"))
CAME_LATE = Q(state=State.CHECKING) & (Q(submitted_at=None) | Q(submitted_at__date__gt=F("due")))


def late(day=None):
    """Condition: late on `day`, today unless told."""
    return Q(due__lt=day or timezone.localdate()) & (Q(state__in=AT_WORK) | CAME_LATE)


def not_due(day=None):
    """Condition: open, and not late on `day`, today unless told."""
    return Q(state__in=OPEN, due__gte=day or timezone.localdate()) | CAME_IN_TIME


class Late:
    """Mixin of TaskQuerySet."""

    def late(self, day=None):
        return self.filter(late(day))

    def not_due(self, day=None):
        return self.filter(not_due(day))

    def on_time(self):
        return self.filter(ON_TIME)

    def done_late(self):
        return self.filter(DONE_LATE)

    def back_late(self):
        return self.filter(BACK_LATE)


class Lateness:
    """Mixin of Task: the same of one task that is at hand."""

    @property
    def handed_in_on(self):
        """The day on which an open task came to its check; None while somebody works on it."""
        came = self.submitted_at if self.state == State.CHECKING else None
        return came and timezone.localdate(came)

    @property
    def is_late(self):
        if self.state not in OPEN or self.due >= today():
            return False
        return self.handed_in_on is None or self.handed_in_on > self.due

    @property
    def was_late(self):
        """Done, but after its day."""
        return self.state == State.DONE and self.completed_on > self.due

    @property
    def told_due(self):
        """How far its day is, or when it was handed in: from then on no further day counts."""
        if self.handed_in_on:
            return _("báo xong %(day)s") % {"day": written(self.handed_in_on)}
        return due_words(self.due)
