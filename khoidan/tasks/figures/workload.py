"""Who has how many open tasks, due when: people by unit, weeks from this one on."""

from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from django.db.models import Count, Exists, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from khoidan.core.periods import Days, week
from khoidan.organizations.models import Capability, Unit, scope_of
from khoidan.organizations.tree import in_tree_order
from khoidan.staffing.models import Person
from khoidan.tasks.models import Task
from khoidan.tasks.models.figures import at_home
from khoidan.tasks.models.lateness import late, not_due

from .cells import cell

WEEKS = 8
TOO_MUCH = 2  # times the median of the unit


@dataclass(frozen=True)
class Stretch:
    """A column: open tasks due then; `asked` is what the list must be asked for the same."""

    label: str
    condition: Q
    asked: dict
    note: str = ""


@dataclass
class Load:
    """One line: what somebody, or all people of a unit, must do; each cell is (when, own work, help to others)."""

    cells: list  # of each stretch, then of all of them
    person: Person = None
    overloaded: bool = False
    free: bool = False

    @property
    def numbers(self):
        """Own work of each stretch."""
        return [own.value for _when, own, _helped in self.cells[:-1]]

    @property
    def total(self):
        return self.cells[-1][1].value

    @property
    def helping(self):
        return self.cells[-1][2].value


@dataclass
class Group:
    unit: Unit
    whole: bool  # all ordinary work of the unit's own is seen by who reads
    median: float = 0
    people: list = field(default_factory=list)
    sums: Load = None


def stretches(today):
    """Late, all else that is due by the end of this week, each of the seven weeks after it, and later."""
    this, weeks = week(today), next_weeks(today)
    soon = not_due(today) & Q(due__lt=this.end)
    return [
        Stretch(_("Quá hạn"), late(today), {"state": "late"}),
        Stretch(_("Tuần này"), soon, {"state": "not_due", "due_to": this.last}, spelt(Days(today, this.end))),
        *(
            Stretch(
                f"{days.start:%d/%m}",
                days.within("due"),
                {"state": "open", "due_from": days.start, "due_to": days.last},
                spelt(days),
            )
            for days in weeks
        ),
        Stretch(_("Sau đó"), Q(due__gte=weeks[-1].end), {"state": "open", "due_from": weeks[-1].end}),
    ]


def next_weeks(today):
    starts = [week(today).end + timedelta(7 * n) for n in range(WEEKS - 1)]
    return [week(start) for start in starts]


def spelt(days):
    return f"{days.start:%d/%m}–{days.last:%d/%m}"


class Workload:
    """What `user` may see of the load of people, today."""

    def __init__(self, user, unit=None):
        self.user, self.unit = user, unit
        self.scope = scope_of(user)
        self.stretches = stretches(timezone.localdate())
        self.titles = [*(each.note or each.label for each in self.stretches), _("Tổng")]

    @cached_property
    def sees_all(self):
        """True when no task of a colleague can be hidden from who reads."""
        blocs = self.scope.whole_blocs(Capability.VIEW_WORK)
        return blocs == self.scope.any_bloc() and blocs == self.scope.whole_blocs(Capability.VIEW_PRIVATE)

    @cached_property
    def units(self):
        """{id: Unit} of all units whose structure is known to who reads."""
        return Unit.objects.permitting(self.user, "view").in_bulk()

    def counts(self, role):
        """{person id: [how many tasks in each stretch]} of those who are `role` of an open task."""
        tasks = Task.objects.permitting(self.user, "view").open().order_by().filter(**{f"{role}__isnull": False})
        columns = {f"n{place}": Count("pk", filter=each.condition) for place, each in enumerate(self.stretches)}
        return {row.pop(role): list(row.values()) for row in tasks.values(role).annotate(**columns)}

    @cached_property
    def own(self):
        return self.counts("accountable")

    @cached_property
    def helped(self):
        return self.counts("helpers")

    @cached_property
    def groups(self):
        """[Group] in the order of the tree: people who work in a unit one reads, and whoever else has work one sees."""
        groups = {}
        for person in self.people():
            whole = self.scope.grants(Capability.VIEW_WORK, person.home)
            group = groups.setdefault(person.home, Group(self.units[person.home], whole))
            group.people.append(self.load(person))
        for group in groups.values():
            self.judge(group)
        return [groups[unit.pk] for unit in in_tree_order(self.units[pk] for pk in groups)]

    def people(self):
        seats, busy = Person.objects.all().seats_of_each(), {*self.own, *self.helped}
        read = self.scope.units(Capability.VIEW_WORK)
        known = at_home(Person.objects.permitting(self.user, "view")).for_list()
        shown = known.filter((Q(home__in=read) & Q(Exists(seats))) | Q(pk__in=busy))
        return shown.filter(home=self.unit.pk) if self.unit else shown

    def load(self, person):
        nothing = [0] * len(self.stretches)
        own, helped = (found.get(person.pk, nothing) for found in (self.own, self.helped))
        lines = self.line(own, accountable=person.pk), self.line(helped, helper=person.pk)
        return Load([*zip(self.titles, *lines, strict=True)], person)

    def line(self, numbers, **whose):
        cells = [cell(n, **whose, **each.asked) for n, each in zip(numbers, self.stretches, strict=True)]
        return [*cells, cell(sum(numbers), **whose, state="open")]

    def judge(self, group):
        """Sum the unit up; say who has more than twice what is usual there, and who has nothing."""
        group.median = middle(load.total for load in group.people)
        for load in group.people:
            load.overloaded = group.whole and load.total > TOO_MUCH * max(group.median, 1)
            load.free = group.whole and not load.total and not load.helping
        group.sums = self.summed([load.numbers for load in group.people], home=group.unit.pk)

    @cached_property
    def sums(self):
        """All that is seen together, each task once; None while one unit is looked at, whose own sums say it."""
        return None if self.unit else self.summed([[0] * len(self.stretches), *self.own.values()])

    def summed(self, lines, **whose):
        numbers = [sum(column) for column in zip(*lines, strict=True)]
        return Load([(when, own, None) for when, own in zip(self.titles, self.line(numbers, **whose), strict=True)])


def middle(numbers):
    """The median, an int where it is whole."""
    found = median(numbers)
    return int(found) if found == int(found) else found
