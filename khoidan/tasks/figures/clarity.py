"""How clear the tasks were that units gave in a period: given, clear at once, stopped and why, waiting as drafts."""

from dataclasses import dataclass

from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from khoidan.core.expressions import AnyOf, ArrayOf
from khoidan.core.periods import Period
from khoidan.organizations.models import Unit, scope_of
from khoidan.organizations.tree import in_tree_order
from khoidan.tasks.models import State, Task
from khoidan.tasks.models.figures import CLEAR_AT_ONCE, STOPPED, STUMBLES, WANTING, stumbles

from .cells import cell, share


@dataclass(frozen=True)
class Score:
    """Figures of one unit, or of all together; cells count tasks, each once."""

    period: Period
    unit: Unit | None
    counted: dict
    oldest: int = 0  # days that the draft waits which waits longest

    def number(self, name):
        return self.counted.get(name, 0)

    def cell(self, name, **asked):
        return cell(self.number(name), unit=self.unit and self.unit.pk, **asked)

    @property
    def share(self):
        """Percent of the given tasks that were clear on the first try."""
        return share(self.number("clear"), self.number("given"))

    @property
    def share_before(self):
        return share(self.number("clear_before"), self.number("given_before"))

    @property
    def given(self):
        return self.cell("given", given_in=self.period.code)

    @property
    def clear(self):
        return self.cell("clear", given_in=self.period.code, clear="yes")

    @property
    def drafts(self):
        return self.cell("drafts", state="draft")

    @property
    def stopped(self):
        return self.stumbled("stopped")

    @property
    def handed_back(self):
        return self.stumbled("handed_back")

    @property
    def wanting(self):
        """[(what was missing, Cell)]."""
        return [(words, self.stumbled(name)) for name, words in WANTING.items()]

    def stumbled(self, how):
        return self.cell(how, stumble=how, stumble_in=self.period.code)

    @property
    def tries(self):
        """How often the gate refused, a task as often as it was tried."""
        return self.number("tries")


class Clearness:
    """Figures of what `user` may see, in `period` and the one before it."""

    def __init__(self, user, period):
        self.tasks = Task.objects.permitting(user, "view")
        self.blocs, self.period, self.today = scope_of(user).any_bloc(), period, timezone.localdate()

    def given(self):
        """{unit id: numbers} of the units that gave tasks or hold drafts; one unit owns each task."""
        now, before, drafts = self.period.at("given_at"), self.period.before.at("given_at"), Q(state=State.DRAFT)
        rows = (
            self.tasks.filter(now | before | drafts)
            .order_by()
            .values("unit")
            .annotate(
                given=Count("pk", filter=now),
                clear=Count("pk", filter=now & CLEAR_AT_ONCE),
                given_before=Count("pk", filter=before),
                clear_before=Count("pk", filter=before & CLEAR_AT_ONCE),
                drafts=Count("pk", filter=drafts),
                oldest=Min(Coalesce("moved_at", "created_at"), filter=drafts),
            )
        )
        return {row.pop("unit"): row for row in rows}

    def stumbled(self):
        """{unit id: {how: number of tasks, and tries}} of the acts of the period, under the task's unit of today."""
        unit = Task.objects.filter(pk=OuterRef("target_id")).order_by().values("unit")
        near = Unit.objects.filter(bloc__in=self.blocs).order_by().values("pk")  # only their acts are looked through
        counts = {how: Count("target_id", filter=told, distinct=True) for how, told in STUMBLES.items()}
        rows = (
            stumbles(Task, self.period)
            .filter(AnyOf(F("unit_id"), ArrayOf(near)), target_id__in=self.tasks.order_by().values("pk"))
            .order_by()
            .values(owner=Subquery(unit))
            .annotate(**counts, tries=Count("pk", filter=STUMBLES[STOPPED]))
        )
        return {row.pop("owner"): row for row in rows}

    @cached_property
    def by_unit(self):
        """[Score] in the order of the tree."""
        given, stumbled = self.given(), self.stumbled()
        units = Unit.objects.filter(pk__in={*given, *stumbled})
        return [self.score(unit, given.get(unit.pk, {}) | stumbled.get(unit.pk, {})) for unit in in_tree_order(units)]

    def score(self, unit, counted):
        oldest = counted.pop("oldest", None)
        waits = (self.today - timezone.localdate(oldest)).days if oldest else 0
        return Score(self.period, unit, counted, waits)

    @cached_property
    def whole(self):
        """All units together: each task is of one unit, so that nothing is counted twice."""
        names = {name for score in self.by_unit for name in score.counted}
        summed = {name: sum(score.number(name) for score in self.by_unit) for name in names}
        return Score(self.period, None, summed, max((score.oldest for score in self.by_unit), default=0))
