"""What the rows of a sheet may name, for one account: read once, however many rows there are."""

from django.utils import timezone
from django.utils.translation import gettext as _

from khoidan.organizations.models import Area, Capability, Kind, Unit, scope_of
from khoidan.staffing.models import Appointment, Person
from khoidan.tasks.offers import by_tree, people_seated, words_of

from .names import Names, People


class Book:
    """Names of units, organizations, people and areas, as the form of a task offers them to `user`."""

    def __init__(self, user):
        self.scope = scope_of(user)
        self.blocs = self.scope.any_bloc()
        units = Unit.objects.filter(bloc__in=self.blocs).select_related("bloc")
        units = sorted((unit for unit in units if unit.is_current()), key=by_tree)
        allowed = set(self.scope.units(Capability.ENTER_WORK))
        self.units = named(
            [unit for unit in units if unit.pk in allowed],
            _("Không có đơn vị «%(text)s» trong những đơn vị bạn được nhập việc."),
        )
        organizations = [unit for unit in units if unit.kind == Kind.ORGANIZATION]
        self.organizations = named(organizations, _("Không có tổ chức «%(text)s» trong khối."))
        self.people = self.read_people(user)
        self.areas = read_areas()
        self.places = Appointment.objects.held().filter(bloc__in=self.blocs, person__voided_at=None).places()

    def read_people(self, user):
        seated = [(person, [person.name, words_of(person)]) for person in people_seated(self.blocs)]
        known = {person.pk for person, _names in seated}
        idle = [person for person in Person.objects.permitting(user, "view") if person.pk not in known]
        return People(seated, _("Không có cán bộ nào tên «%(text)s» trong khối."), idle)

    def only_unit(self):
        """The unit meant where no other could be; None where there is a choice."""
        return self.units.records[0] if len(self.units.records) == 1 else None

    def directs(self):
        return bool(self.scope.units(Capability.DIRECT_WORK))


def named(units, unknown):
    return Names([(unit, [unit.short_name, unit.name, unit.code]) for unit in units], unknown)


def read_areas():
    today = timezone.localdate()
    areas = Area.objects.offered(today).labelled(today).select_related("parent")
    known = [(area, [area.label, f"{area.label}, {area.parent}" if area.parent else ""]) for area in areas]
    return Names(known, _("Không có địa bàn «%(text)s»."))
