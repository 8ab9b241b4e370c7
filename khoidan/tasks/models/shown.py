"""What is shown of a task wherever one stands in a list, at hand whole or as a row of no more than that."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.utils.translation import gettext as _

from .lateness import Lateness
from .states import LOOKS, OPEN, State


def badge_of(state, is_late):
    """{word, icon, tone} of the state, late told apart."""
    if is_late and state != State.CHECKING:
        return {"word": _("quá hạn"), "icon": "exclamation-triangle-fill", "tone": "late"}
    icon, tone = LOOKS[state]
    return {"word": State(state).label, "icon": icon, "tone": tone}


class Shown(Lateness):
    """Mixin of Task and TaskRow."""

    def __str__(self):
        return self.title

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def badge(self):
        return badge_of(self.state, self.is_late)

    @property
    def place(self):
        return ", ".join(part for part in (self.address, str(self.area or "")) if part)


@dataclass(slots=True)
class TaskRow(Shown):
    """A task as lists show it; an instance of Task with all it joins takes ten times as long to make."""

    pk: int
    title: str
    deliverable: str
    address: str
    due: date | None
    state: str
    submitted_at: datetime | None
    completed_on: date | None
    unit: str
    person: str | None
    area: str | None


JOINED = {"unit": "unit__short_name", "person": "accountable__name", "area": "area__name"}
COLUMNS = [JOINED.get(field.name, field.name) for field in fields(TaskRow)]
