"""Accounts, persons and appointments of the demo."""

from datetime import time

from django.contrib.auth.hashers import make_password

from khoidan.accounts.models import User
from khoidan.organizations.models import Kind
from khoidan.staffing.models import Appointment, Person, Position


def load_accounts(story, password):
    """{username: User}; those offered for sign-in first, and in that order. One password, hashed once."""
    roles = {row["account"]: row["role"] for row in story["sign_ins"]}
    rows = [row | {"username": row["account"]} for row in story["persons"] if row["account"]] + story["accounts"]
    order = [*roles, *(row["username"] for row in rows if row["username"] not in roles)]
    hashed = make_password(password)
    users = User.objects.bulk_create(
        User(
            username=row["username"],
            name=row["name"],
            password=hashed,
            is_active=row.get("active", True),
            is_superuser=row.get("superuser", False),
            is_staff=row.get("superuser", False),
            is_demo=True,
            demo_role=roles.get(row["username"], ""),
        )
        for row in sorted(rows, key=lambda row: order.index(row["username"]))
    )
    return {user.username: user for user in users}


def load_persons(story, users, *, home, at, by, diary):
    """{key: Person}, their files kept by `home`."""
    persons = {
        row["key"]: Person(
            name=row["name"], user=users.get(row["account"]), unit=home, is_demo=True, created_at=at, created_by=by
        )
        for row in story["persons"]
    }
    Person.objects.bulk_create(persons.values())
    for person in persons.values():
        diary.note("created", at=at, by=by, target=person)
    return persons


class Appointing:
    """Makes the appointments of the story; an acting one after the seat it stands in for."""

    def __init__(self, story, units, persons, *, calendar, by, diary):
        self.rows, self.units, self.persons = story["appointments"], units, persons
        self.calendar, self.by, self.diary = calendar, by, diary
        self.positions = {position.code: position for position in Position.objects.all()}
        self.made = {}

    def load(self):
        for acting in (False, True):
            seats = {row["key"]: self.seat(row) for row in self.rows if bool(row["acting_for"]) == acting}
            Appointment.objects.bulk_create(seats.values())
            self.made |= seats
        for seat in self.made.values():
            self.diary.note("created", at=seat.created_at, by=self.by, target=seat)
            if seat.acting_for:
                self.diary.note(
                    "covered", at=seat.created_at, by=self.by, target=seat.acting_for, person=seat.person_id
                )

    def seat(self, row):
        start = self.calendar.day(row["start_days"])
        entered = self.calendar.at(min(start, self.calendar.day(-2)), time(7, 30))
        return Appointment(
            person=self.persons[row["person"]],
            unit=self.units[row["unit"]],
            position=self.positions[row["position"]],
            kind=row["kind"],
            start=start,
            end=self.calendar.day(row["end_days"]),
            acting_for=self.made.get(row["acting_for"]),
            decision=row["decision"],
            created_at=entered,
            created_by=self.by,
        )


HEADS = {"bloc_head", "organization_head", "office_head", "unit_head"}
NO_WORK = {"observer", "personnel_officer"}
SHARES = {"officer": 5, "clerk": 3, "unit_deputy": 3}  # of the work of a unit; heads take one


class Staff:
    """Who sat where on which day."""

    def __init__(self, dice):
        self.dice = dice
        self.seats = list(
            Appointment.objects.select_related("person__user", "position__role", "unit", "acting_for").order_by("pk")
        )

    def held(self, day, unit=None):
        """Seats in force on `day`, acting ones too."""
        return [seat for seat in self.seats if seat.is_held(day) and unit in (None, seat.unit)]

    def everyone(self, day):
        """Those in post in the bloc, without branches and observers."""
        return {
            seat.person
            for seat in self.held(day)
            if seat.unit.kind != Kind.BRANCH and seat.position.role.code != "observer"
        }

    def worker(self, unit, first, last):
        """Somebody of `unit`, present on `first` and in post until after `last`; officers more often than heads."""
        held = self.held(first, unit)
        away = {seat.acting_for_id for seat in held}
        seats = [
            seat
            for seat in held
            if seat.acting_for_id is None
            and seat.pk not in away
            and seat.position.role.code not in NO_WORK
            and (seat.end is None or seat.end > last)
        ]
        return self.dice.choices(seats, [SHARES.get(seat.position.role.code, 1) for seat in seats])[0].person

    def head(self, unit, day):
        """Who directs `unit` on `day`: the acting head while there is one."""
        heads = [seat for seat in self.held(day, unit) if seat.position.role.code in HEADS]
        return max(heads, key=lambda seat: seat.acting_for_id is not None).person

    def giver(self, unit, day, person):
        """Who tells `person` to work for `unit`: its head, or the bloc head where that is the same person."""
        head = self.head(unit, day)
        if head == person:
            head = next(seat.person for seat in self.held(day) if seat.position.role.code == "bloc_head")
        return head.user
