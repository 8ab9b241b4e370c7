"""Templates of the demo: work that comes back, for a position or a person."""

from datetime import time

from khoidan.staffing.models import Position
from khoidan.tasks.models import TaskTemplate

RULES = {"month": {"every": "month"}, "quarter": {"every": "quarter", "month": 3}}
SAME = ("every", "weekday", "month", "month_day", "lead_days", "work_days", "requirement", "private")


def load_routines(house, work):
    """{key of a task template: TaskTemplate}, for those whose tasks come of one."""
    tasks = {row["key"]: row for row in work["tasks"]}
    positions = {position.code: position for position in Position.objects.all()}
    made = [
        (row, written(house, row | told(tasks.get(row.get("task")), work["words"]), positions))
        for row in work["templates"]
    ]
    return {row["task"]: template for row, template in made if "task" in row}


def told(task, words):
    """What a task template of the demo says of the work."""
    if task is None:
        return {}
    title = task["title"]
    for ours, theirs in words.items():
        title = title.replace(ours, theirs)
    same = {name: task[name] for name in ("unit", "deliverable", "organizations", "place")}
    return same | RULES[task["repeat"][0]] | {"title": title, "month_day": task["day"]}


def written(house, row, positions):
    unit, today = house.units[row["unit"]], house.calendar.today
    template = TaskTemplate(
        unit=unit,
        title=row["title"],
        deliverable=row["deliverable"],
        person=house.persons.get(row.get("person")),
        position=positions.get(row.get("position")),
        checker=house.persons.get(row.get("checker")),
        start=house.calendar.day(-house.age),
        created_at=house.calendar.at(house.calendar.day(-house.age), time(15, 30)),
        **house.place(row["place"]),
        **{name: row[name] for name in SAME if name in row},
    )
    giver = house.staff.giver(unit, today, template.addressee(today))
    template.created_by = giver
    if template.is_ruled and not row.get("paused"):
        template.activated_by, template.since = giver, today
    template.save()
    template.organizations.set(house.units[key] for key in row["organizations"])
    note(house, template)
    return template


def note(house, template):
    by, at = template.created_by, template.created_at
    house.diary.note("created", at=at, by=by, target=template)
    if template.is_running:
        house.diary.note("activated", at=at, by=by, target=template)
