"""Meetings of the demo: called, held, concluded, closed; their conclusions become tasks."""

from datetime import time, timedelta

from khoidan.meetings.models import AgendaItem, Attendance, Conclusion, Meeting
from khoidan.organizations.models import Kind
from khoidan.tasks.models import Task


class MeetingWriter:
    """Writes one meeting after the other; `tasks` collects the tasks that their conclusions became."""

    def __init__(self, house, kinds, tasks):
        self.house, self.kinds, self.tasks = house, kinds, tasks
        self.calendar, self.diary = house.calendar, house.diary

    def write(self, row):
        meeting = self.call(row)
        items = self.agenda(meeting, row["agenda"])
        self.attendance(meeting, row)
        if self.is_over(meeting):
            self.conclude(meeting, row, items)
        if meeting.closed_at:
            self.note("closed", meeting.closed_at, meeting, by=meeting.chair)

    def call(self, row):
        day = self.calendar.monday + timedelta(days=row["days"])
        starts = self.calendar.at(day, time.fromisoformat(row["time"]))
        called = self.calendar.workday(min(day, self.calendar.today) - timedelta(days=self.calendar.dice.randint(3, 6)))
        secretary = self.house.persons[row["secretary"]]
        meeting = Meeting.objects.create(
            title=row["title"],
            unit=self.house.units[row["unit"]],
            kind=self.kinds[row["kind"]],
            starts_at=starts,
            ends_at=starts + timedelta(minutes=row["length"]),
            audience=row["audience"],
            chair=self.house.persons[row["chair"]],
            secretary=secretary,
            closed_at=self.calendar.moment(self.calendar.next_workday(day)) if row["days"] < 0 else None,
            created_at=self.calendar.moment(called),
            created_by=secretary.user,
            **self.house.place(row["place"]),
        )
        meeting.organizations.set(self.house.units[key] for key in row["organizations"])
        self.note("created", meeting.created_at, meeting, by=secretary)
        return meeting

    def is_over(self, meeting):
        return meeting.ends_at <= self.calendar.now

    def agenda(self, meeting, rows):
        over = self.is_over(meeting)
        return AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting,
                order=number,
                title=row["title"],
                minutes=row["minutes"],
                proposer=self.house.units[row["unit"]],
                discussion=row.get("discussion", "") if over else "",
            )
            for number, row in enumerate(rows, 1)
        )

    def attendance(self, meeting, row):
        absent = {self.house.persons[each["person"]]: each for each in row["attendance"]["absent"]}
        usual = Attendance.Status.PRESENT if self.is_over(meeting) else Attendance.Status.INVITED
        invited = self.invited(row["attendance"]["invited"], self.calendar.local_day(meeting.starts_at))
        Attendance.objects.bulk_create(
            Attendance(
                meeting=meeting,
                person=person,
                status=absent[person]["status"] if person in absent else usual,
                note=absent[person]["reason"] if person in absent else "",
            )
            for person in sorted(invited | {meeting.chair, meeting.secretary}, key=lambda person: person.pk)
        )
        if self.is_over(meeting):
            self.note("attendance", meeting.ends_at, meeting, by=meeting.secretary)

    def invited(self, rule, day):
        """Persons that `rule` names, among those in post on `day`."""
        found = {self.house.persons[key] for key in rule.get("persons", [])}
        if rule.get("everyone"):
            found |= self.house.staff.everyone(day)
        units = {self.house.units[key] for key in rule.get("units", [])}
        for seat in self.house.staff.held(day):
            if seat.position.code in rule.get("positions", []) or seat.unit in units:
                found.add(seat.person)
        return found

    def conclude(self, meeting, row, items):
        written = min(meeting.ends_at + timedelta(minutes=20), self.calendar.now)
        for number, told in enumerate(row["conclusions"], 1):
            conclusion = Conclusion.objects.create(
                meeting=meeting, number=number, item=items[told["item"]], text=told["text"]
            )
            conclusion.units.set(self.house.units[key] for key in told["units"])
            self.note("concluded", written, meeting, by=meeting.secretary, number=number)
            if told["becomes_task"]:
                self.note("tasked", written, meeting, by=meeting.secretary, number=number)
                for key in told["units"]:
                    self.task(meeting, row, conclusion, told, key, written)

    def task(self, meeting, row, conclusion, told, key, drafted):
        """What `conclusion` asks of the unit `key`; given on the next working day, so perhaps a draft still."""
        unit, day = self.house.units[key], self.calendar.local_day(meeting.starts_at)
        task = Task(
            unit=unit,
            title=told["title"],
            deliverable=told["deliverable"],
            description=told["text"],
            due=self.calendar.workday(day + timedelta(days=told["due_days"])),
            origin=conclusion,
            created_at=drafted,
            created_by=meeting.secretary.user,
            **self.house.place(told["place"]),
        )
        given = self.calendar.next_workday(day)
        if given <= self.calendar.today:
            self.tasks.give(task, given, after=drafted)
            self.tasks.finish(task, still_open=key in told.get("open", []))
        self.tasks.add(task, [key] if unit.kind == Kind.ORGANIZATION else row["organizations"])

    def note(self, verb, at, meeting, *, by, **details):
        self.diary.note(verb, at=at, by=by.user, target=meeting, **details)
