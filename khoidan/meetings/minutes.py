"""A meeting as it is read: its agenda with times, who came, what was concluded and what came of it."""

from collections import defaultdict
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property

from khoidan.organizations.models import Capability, scope_of
from khoidan.tasks.models import Task

from .models import Attendance, Conclusion

Status = Attendance.Status


class Roll:
    """Attendance in figures and by unit; `chair` (a person's id) leads, others follow in the order of the units."""

    def __init__(self, attendances, chair=None):
        self.rows = sorted(attendances, key=lambda row: (row.person_id != chair, self.place(row)[0]))
        self.total = len(self.rows)

    def having(self, *statuses):
        return [row for row in self.rows if row.status in statuses]

    @property
    def present(self):
        return self.having(Status.PRESENT)

    @property
    def represented(self):
        return self.having(Status.REPRESENTED)

    @property
    def absent(self):
        return self.having(Status.EXCUSED, Status.ABSENT)

    @property
    def unmarked(self):
        return self.having(Status.INVITED)

    @staticmethod
    def place(row):
        """(order, short name) of the unit somebody came from; the seatless come last."""
        seat = row.seat or {"order": 10**6, "unit": ""}
        return seat["order"], seat["unit"]

    def by_unit(self):
        """[(short name of the unit, Roll of its people)] in the order of the units; seatless people last."""
        groups = defaultdict(list)
        for row in self.rows:
            groups[self.place(row)].append(row)
        return [(unit, Roll(rows)) for (_order, unit), rows in sorted(groups.items())]


class Minutes:
    """Agenda and conclusions of `meeting`, with the tasks that `user` may see, in three queries.

    `units` are those of the bloc, {id: Unit}: read once by the page, they are named in many places.
    """

    def __init__(self, meeting, user, units):
        self.meeting, self.user, self.units = meeting, user, units
        self.items = list(meeting.agenda.all())
        self.conclusions = self.read_conclusions()
        self.lay_out()

    def lay_out(self):
        """Give each item its number, time, proposer and conclusions."""
        at = self.meeting.starts_at
        for number, item in enumerate(self.items, 1):
            item.number, item.starts_at, item.by = number, at, self.units.get(item.proposer_id)
            at += timedelta(minutes=item.minutes)
            item.concluded = [one for one in self.conclusions if one.item_id == item.pk]
            item.is_done = bool(item.discussion or item.concluded)
        self.unlinked = [one for one in self.conclusions if one.item_id is None]

    def read_conclusions(self):
        through = Conclusion.units.through.objects.filter(conclusion=OuterRef("pk")).values("unit")
        found = list(self.meeting.conclusions.annotate(unit_ids=ArraySubquery(through)))
        tasks = self.read_tasks([one.pk for one in found]) if found else {}
        enters = set(scope_of(self.user).units(Capability.ENTER_WORK))
        for one in found:
            stemming = tasks.get(one.pk, [])
            one.for_units = [unit for pk, unit in self.units.items() if pk in one.unit_ids]
            one.tasks = [task for task in stemming if task.seen]
            one.has_hidden = bool(stemming) and not one.tasks
            given = {task.unit_id for task in stemming}
            one.waiting = [unit for unit in one.for_units if unit.pk in enters and unit.pk not in given]
        return found

    def read_tasks(self, conclusions):
        """{id of conclusion: [Task]}; those not `seen` are there lest their work be given twice."""
        seen = Task.objects.permitting(self.user, "view").filter(pk=OuterRef("pk"))
        tasks = defaultdict(list)
        for task in Task.objects.stemming_from(Conclusion, conclusions).for_list().annotate(seen=Exists(seen)):
            tasks[task.origin_id].append(task)
        return tasks

    @property
    def bloc_name(self):
        return self.units[self.meeting.bloc_id].name

    @cached_property
    def total(self):
        """Minutes of all items."""
        return sum(item.minutes for item in self.items)

    @cached_property
    def planned(self):
        """Minutes from the beginning to the end of the meeting."""
        return round((self.meeting.ends_at - self.meeting.starts_at).total_seconds() / 60)

    @property
    def over(self):
        return max(self.total - self.planned, 0)

    def chosen(self, asked):
        """The item whose id is `asked`, else the one running now, else the first."""
        now = timezone.now()
        begun = [item for item in self.items if item.starts_at <= now] if self.meeting.state == "running" else []
        named = [item for item in self.items if str(item.pk) == asked]
        return next(iter([*named, *begun[-1:], *self.items]), None)

    def after(self, item):
        """The item that follows, None after the last."""
        return next(iter(self.items[item.number :]), None)
