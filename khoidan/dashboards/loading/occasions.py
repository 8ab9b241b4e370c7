"""From a template of fixtures/demo_tasks.json to its tasks: when, where, for whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from .structure import in_sentence

ROMAN = ("I", "II", "III", "IV")
PLANNING_MONTH = 10  # from October on, plans are those of the next year


@dataclass
class Occasion:
    """One task of a template: keys of unit, organizations and place; the title without placeholders."""

    unit: str
    organizations: list
    title: str
    place: str
    due: date


class Occasions:
    """The tasks that templates make, given the communes and the six organizations."""

    def __init__(self, calendar, communes, units, areas):
        self.calendar, self.communes, self.units, self.areas = calendar, communes, units, areas
        self.organizations = [key for key, unit in units.items() if unit.kind == "organization"]

    def of(self, template):
        repeat = template["repeat"]
        owners = self.organizations if "organization" in repeat else [template["unit"]]
        for owner in owners:
            counting = [owner] if "organization" in repeat else template["organizations"]
            for due, place in self.times(template):
                title = template["title"].format(**self.words(due, place, owner))
                yield Occasion(owner, counting, title, place, due)

    def times(self, template):
        """(due day, place) of each task of one owner."""
        repeat, place = set(template["repeat"]) - {"organization"}, template["place"]
        if repeat == {"commune"}:
            chosen = self.calendar.dice.sample(self.communes, template["communes"])
            return [(self.some_day(template), commune) for commune in chosen]
        if repeat & {"month", "quarter"}:
            return [(day, place) for day in self.monthly(template) if "month" in repeat or day.month % 3 == 0]
        return [(self.some_day(template), place)]

    def some_day(self, template):
        return self.calendar.workday(self.calendar.day(self.calendar.dice.randint(*template["due_days"])))

    def monthly(self, template):
        first, last = (self.calendar.day(offset) for offset in template["due_days"])
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [self.calendar.workday(day) for day in days if day.day == template["day"]]

    def words(self, due, place, owner):
        area = self.areas.get(place)
        return {
            "xa": in_sentence(area) if area else "",
            "thang": f"{due.month}/{due.year}",
            "quy": f"{ROMAN[(due.month - 1) // 3]}/{due.year}",
            "nam": due.year + (due.month >= PLANNING_MONTH),
            "to_chuc": self.units[owner].short_name,
        }
