"""Tasks as cards in columns by state, each with the moves that this person may make."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.links import rows_of
from khoidan.core.views import ListView
from khoidan.tasks.filters import BoardFilter
from khoidan.tasks.models import LOOKS, State

from .resource import Tasks

SHOWN = 8  # cards of a column, the most urgent; the list shows the rest
JUST_DONE = timedelta(days=7)
FIRST = (State.DOING, State.GIVEN, State.CHECKING, State.DRAFT, State.DONE)  # where a narrow screen looks first
MOVES = ("give", "begin", "note", "complete", "accept", "send_back", "hand_back")  # of those on the page of a task
UNLISTED = ("state", "page", "column")  # parameters that the list is not asked with
SOONEST = (F("due").asc(nulls_last=True), "-urgency", "pk")


class OnBoard(Tasks):
    """Tasks whose states are the columns, not a filter."""

    filterset_class = BoardFilter


@dataclass
class Pile:
    """A column: tasks of one state. `asked` is what the list must be asked for the same."""

    state: State
    condition: Q
    asked: dict
    order: tuple = SOONEST
    note: str = ""
    count: int = 0
    url: str = ""
    way: str = ""  # this board with the column in front, where only one has room
    in_front: bool = False
    cards: list = field(default_factory=list)

    @property
    def label(self):
        return self.state.label

    @property
    def icon(self):
        return LOOKS[self.state][0]

    @property
    def hidden(self):
        return self.count - len(self.cards)


def piles():
    waiting = [State.DRAFT, State.GIVEN, State.DOING, State.CHECKING]
    since = timezone.localdate() - JUST_DONE
    note = _now("từ %(day)s") % {"day": f"{since:%d/%m}"}
    done = Q(state=State.DONE, completed_on__gte=since)
    return [
        *(Pile(state, Q(state=state), {"state": state.value}) for state in waiting),
        Pile(State.DONE, done, {"state": "done", "done_from": since}, ("-completed_on", "pk"), note),
    ]


class Board(ListView):
    suffix = "board"
    page_title = _("Bảng công việc")

    def get_page_title(self):
        return self.page_title

    def get_crumbs(self):
        return [(self.resource.list_title, self.resource.url("list")), (self.page_title, None)]

    def paged(self, chosen):
        """{columns of cards} in place of pages."""
        rows, columns = chosen.qs.order_by(), piles()
        told = {pile.state.value: Count("pk", filter=pile.condition) for pile in columns}
        counts = rows.aggregate(**told, cancelled=Count("pk", filter=Q(state=State.CANCELLED)))
        cards = self.cards(rows, columns)
        for pile in columns:
            pile.count, pile.url = counts[pile.state.value], self.list_url(**pile.asked)
            pile.cards = [card for card in cards if card[0].state == pile.state]
            pile.way, pile.in_front = self.url(column=pile.state.value), pile.state == self.front(counts)
        stopped = {"stopped": counts["cancelled"], "stopped_url": self.list_url(state="cancelled")}
        return {"piles": columns, "total": sum(pile.count for pile in columns), "kept": self.kept()} | stopped

    def front(self, counts):
        """State of the one column that a narrow screen shows: the one asked for, else the first with cards."""
        asked = self.request.GET.get("column")
        return asked if asked in FIRST else next((state for state in FIRST if counts[state]), FIRST[0])

    def kept(self):
        """What the form of the filters sends along."""
        return [("column", column) for column in self.request.GET.getlist("column")[:1]]

    def cards(self, rows, columns):
        """[(task, its moves)] of the first of each column, in their order; two queries."""
        first, *others = (rows.filter(pile.condition).order_by(*pile.order).values("pk")[:SHOWN] for pile in columns)
        keys = [row["pk"] for row in first.union(*others, all=True)]
        found = self.get_queryset().filter(pk__in=keys).with_rights(self.request.user, MOVES)
        tasks = {task.pk: task for task in found.telling_parts().for_list()}
        return [(tasks[pk], self.moves(tasks[pk])) for pk in keys if pk in tasks]

    def moves(self, task):
        """The next moves that the page of `task` offers too, leading back to this board as it is filtered."""
        back = urlencode({"back": f"board?{self.request.GET.urlencode()}"})
        return [
            look(task) if action.name == "give" and task.lacking() else action.on(task, f"{url}?{back}")
            for action, url in self.open_moves(task)
        ]

    def open_moves(self, task):
        for action in self.resource.actions:
            if action.name in MOVES and getattr(task, f"may_{action.name}") and action.fits(task):
                yield action, self.resource.url(action.suffix, task.pk)

    def list_url(self, **asked):
        """The list of tasks under the filters of this board and those of `asked`."""
        kept = {name: value for name, value in self.request.GET.items() if value and name not in UNLISTED}
        return rows_of(self.resource.name("list"), **(kept | asked))


def look(task):
    """In place of giving what the gate would refuse, and remember as unclear."""
    return {"label": _now("Còn thiếu, xem"), "url": task.get_absolute_url(), "icon": "list-check", "method": "get"}
