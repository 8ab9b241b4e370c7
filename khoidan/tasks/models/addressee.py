"""Whom the tasks of a template are for: a named person, or who holds a position on the day."""

from django.utils.functional import cached_property

from khoidan.staffing.models import Appointment


class Addressed:
    """Mixin of TaskTemplate."""

    @cached_property
    def seats(self):
        """Appointments to the position in the unit, or of the named person in the bloc; of any day, acting ones too."""
        rows = Appointment.objects.live().filter(person__voided_at=None).select_related("person", "acting_for")
        if self.person_id:
            return list(rows.filter(person=self.person_id, bloc=self.unit.bloc_id).order_by("pk"))
        return (
            list(rows.filter(position=self.position_id, unit=self.unit_id).order_by("pk")) if self.position_id else []
        )

    def holders(self, day):
        """{people} who hold the position on `day`: who stands in for an absent one, not the absent one."""
        held = [seat for seat in self.seats if seat.is_held(day)]
        absent = {seat.acting_for_id for seat in held}
        return {seat.person for seat in held if seat.pk not in absent}

    def addressee(self, day):
        """The person whom a task made on `day` is for; None where nobody holds the position, or more than one do."""
        if self.person_id:
            return self.person
        found = self.holders(day)
        return found.pop() if len(found) == 1 else None

    def is_seated(self, day):
        """True when that person holds a seat in the bloc on `day`."""
        return any(seat.is_held(day) for seat in self.seats)

    @property
    def told_addressee(self):
        """Whom, as the office says it."""
        return str(self.person or self.position or "–")
