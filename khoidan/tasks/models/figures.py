"""The words of figures. A number and the list of its rows are made of the same word, so that they cannot differ."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from khoidan.organizations.models import Event, scope_of
from khoidan.staffing.models import Person

from .lateness import BACK_LATE
from .people import Reassignment
from .states import OPEN, State

STOPPED, HANDED_BACK = "stopped", "handed_back"
WANTING = {  # of what the gate asks for; a task always has a unit
    "accountable": _("thiếu người chủ trì"),
    "deliverable": _("thiếu sản phẩm"),
    "place": _("thiếu nơi làm"),
    "due": _("thiếu hạn"),
    "seat": _("không giữ chức danh"),
}
# Ways in which a task turned out not to be clear: stopped at the gate, for want of what, or handed back.
STUMBLES = {
    STOPPED: Q(verb="stopped_at_gate"),
    HANDED_BACK: Q(verb="handed_back"),
    **{name: Q(verb="stopped_at_gate", details__missing__contains=name) for name in WANTING},
}

COUNTED = Q(state__in=[*OPEN, State.DONE]) | BACK_LATE  # given, and not stopped since
ABOVE = Q(state=State.DONE, above=True)
CLEAR_AT_ONCE = Q(unclear_at=None)


def stumbles(model, days=None):
    """Events that tell of a task, of `model`, that was not clear; those of `days` where they are given."""
    kind = ContentType.objects.get_for_model(model)
    found = Event.objects.filter(STUMBLES[STOPPED] | STUMBLES[HANDED_BACK], target_type=kind)
    return found.filter(days.at("at")) if days else found


def at_home(people):
    """`people` with `home`, the unit they work in as the bloc sees it that keeps their file; never one beyond it."""
    seats = people.seats_of_each().filter(bloc=OuterRef("bloc")).values("unit")
    home = Coalesce(Subquery(seats[:1]), F("unit_id"), output_field=BigIntegerField())
    return people.annotate(home=home)


class Figures:
    """Mixin of TaskQuerySet: the rows behind the figures of clarity, load and evaluation."""

    def weighed_by(self, user):
        """All tasks of the blocs of `user`, private ones too: only for numbers about people `user` may evaluate."""
        return self.live().filter(bloc__in=scope_of(user).any_bloc()).order_by()

    def counted(self):
        """What a quarter counts: given and not stopped since; of drafts only what came back late."""
        return self.filter(COUNTED)

    def above(self):
        return self.filter(ABOVE)

    def clear_at_once(self):
        """Never refused by the gate, never handed back."""
        return self.filter(CLEAR_AT_ONCE)

    def given_in(self, days):
        """Given, the last time, on `days`, whatever became of it."""
        return self.filter(days.at("given_at"))

    def stumbling(self, how, days=None):
        """Tasks that turned out unclear in the way `how` (a key of STUMBLES), on `days` where they are given."""
        told = stumbles(self.model, days).filter(STUMBLES[how], target_id=OuterRef("pk"))
        return self.filter(Exists(told))

    def passed_on_by(self, person):
        """Tasks that `person` was accountable for, and another person is now."""
        passings = Reassignment.objects.filter(task=OuterRef("pk"), before=person)
        return self.filter(~Q(accountable=person) & Q(Exists(passings)))

    def by_people_at_home_in(self, unit):
        """Tasks whose accountable person works in `unit`, whichever unit the task is of."""
        return self.filter(accountable__in=at_home(Person.objects.all()).filter(home=unit).values("pk"))
