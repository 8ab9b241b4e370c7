"""Figures made of the querysets of the apps below; each knows the list that shows its rows."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from khoidan.core.links import rows_of
from khoidan.core.periods import month, week
from khoidan.meetings.models import Meeting
from khoidan.organizations.models import Capability, Unit, scope_of
from khoidan.tasks.figures.cells import share
from khoidan.tasks.models import Task
from khoidan.tasks.models.figures import CLEAR_AT_ONCE
from khoidan.tasks.models.lateness import late

SUMMED = ("late", "due", "done", "before", "given", "clear", "given_before", "clear_before")


@dataclass(frozen=True)
class Figure:
    """A number with its period, and the list of exactly the rows it counts; a share leads to what it is made of."""

    label: str
    value: int
    note: str
    url: str
    tone: str = ""
    measure: str = ""


class Dashboard:
    """What `user` may see today, of one unit or of all."""

    def __init__(self, user, unit=None):
        self.user, self.unit = user, unit
        self.today = timezone.localdate()
        self.week, self.month = week(self.today), month(self.today)
        self.before = self.month.before

    @property
    def tasks(self):
        tasks = Task.objects.permitting(self.user, "view")
        return tasks.filter(unit=self.unit) if self.unit else tasks

    def units(self):
        """Units to switch between: those whose work this person may read, without the branches."""
        units = Unit.objects.granting(self.user, Capability.VIEW_WORK)
        return list(units.exclude(kind="branch").in_tree_order())

    def figures(self):
        """Three numbers, the sums of what `counts` says of each unit, and how clear the tasks given this month were."""
        found = {name: sum(row[name] for row in self.counts) for name in SUMMED}
        compared = self.compared(found["before"])
        spelt = f"{self.week.start:%d/%m}–{self.week.last:%d/%m}"
        this_week = {"state": "open", "due_from": self.week.start, "due_to": self.week.last}
        this_month = {"state": "done", "done_from": self.month.start, "done_to": self.month.last}
        return [
            self.figure(_("Quá hạn"), found["late"], _("tính đến hôm nay"), {"state": "late"}),
            self.figure(_("Đến hạn tuần này"), found["due"], spelt, this_week),
            self.figure(_("Hoàn thành trong tháng"), found["done"], compared, this_month),
            *self.clarity(found),
        ]

    def clarity(self, found):
        """[share of the tasks given this month that were clear on the first try]; nothing of none."""
        if not found["given"]:
            return []
        before = share(found["clear_before"], found["given_before"])
        note = self.compared("–" if before is None else f"{before}\N{NO-BREAK SPACE}%")
        url = reverse("tasks:clarity") + (f"#unit-{self.unit.pk}" if self.unit else "")
        value = share(found["clear"], found["given"])
        return [Figure(_("Rõ việc ngay lần đầu"), value, note, url, measure="\N{NO-BREAK SPACE}%")]

    def compared(self, before):
        """This month, and what the figure was the month before."""
        spell = {"month": f"{self.month.start:%m/%Y}", "before": before, "last": f"{self.before.start:%m/%Y}"}
        return _("tháng %(month)s; tháng %(last)s: %(before)s") % spell

    def figure(self, label, value, note, filters):
        url = rows_of("tasks:task_list", unit=self.unit and self.unit.pk, **filters)
        return Figure(label, value, note, url, "late" if value and filters["state"] == "late" else "")

    @cached_property
    def counts(self):
        """[{unit, its names, and how many tasks are open, late, due this week, done or given this month or before}]."""
        given, done = Q(state__in=Task.OPEN), Q(state=Task.State.DONE)
        now, past = self.month.at("given_at"), self.before.at("given_at")
        recent = Q(completed_on__gte=self.before.start) | now | past
        counted = self.tasks.filter(given | recent)  # of years of work, these alone
        return (
            counted.order_by("unit__order", "unit__sort_key")
            .values("unit", "unit__short_name", "unit__order", "unit__sort_key")
            .annotate(
                open=Count("pk", filter=given),
                late=Count("pk", filter=late(self.today)),
                due=Count("pk", filter=given & self.week.within("due")),
                done=Count("pk", filter=done & self.month.within("completed_on")),
                before=Count("pk", filter=done & self.before.within("completed_on")),
                given=Count("pk", filter=now),
                clear=Count("pk", filter=now & CLEAR_AT_ONCE),
                given_before=Count("pk", filter=past),
                clear_before=Count("pk", filter=past & CLEAR_AT_ONCE),
            )
        )

    def by_unit(self):
        """[{name, total, and for late, open and done this month a number and the URL of its rows}]."""
        return [self.unit_row(row) for row in self.counts if row["open"] or row["done"]]

    def unit_row(self, row):
        unit = row["unit"]
        return {
            "name": row["unit__short_name"],
            "url": rows_of("tasks:task_list", unit=unit),
            "late": row["late"],
            "due": row["open"] - row["late"],
            "open": row["open"],
            "done": row["done"],
            "total": row["open"] + row["done"],
            "late_url": rows_of("tasks:task_list", unit=unit, state="late"),
            "open_url": rows_of("tasks:task_list", unit=unit, state="open"),
            "done_url": rows_of(
                "tasks:task_list", unit=unit, state="done", done_from=self.month.start, done_to=self.month.last
            ),
        }

    def mine(self):
        """My open tasks up to the end of this week: {late, today, week}, each a list."""
        tasks = Task.objects.of(self.user).at_work().filter(due__lt=self.week.end)
        rows = list(tasks.for_list().order_by("due", "pk")[:60])
        return {
            "late": [task for task in rows if task.is_late],
            "today": [task for task in rows if task.due == self.today],
            "week": [task for task in rows if task.due > self.today],
        }

    def to_check(self):
        """Tasks handed in that name this person to check them."""
        return list(Task.objects.to_check(self.user).for_list().order_by("due", "pk")[:6])

    def to_give(self):
        """Drafts that wait for this person to give them."""
        if not scope_of(self.user).units(Capability.DIRECT_WORK):
            return []
        return list(Task.objects.to_give(self.user).for_list().order_by("due", "pk")[:6])

    def meetings(self):
        """Meetings of this week, by day: [(day, [meetings])]."""
        start, end = self.week.moments()
        found = Meeting.objects.permitting(self.user, "view").between(start, end).for_list().order_by("starts_at", "pk")
        days = {}
        for meeting in found:
            days.setdefault(timezone.localdate(meeting.starts_at), []).append(meeting)
        return list(days.items())

    def meetings_url(self):
        return rows_of("meetings:meeting_list", day_from=self.week.start, day_to=self.week.last)
