"""Rights in words: which appointment gives what, and how it reaches there."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _now

from khoidan.organizations.models import Capability

from .models import Appointment, Reach

NEAREST = list(Reach)


@dataclass
class Ground:
    """What one appointment gives on one unit, by its nearest reach."""

    seat: Appointment
    reach: str
    capabilities: list = field(default_factory=list)

    def how(self):
        return {
            Reach.OWN: _now("chính đơn vị"),
            Reach.BELOW: _now("cấp trên là %(unit)s") % {"unit": self.seat.unit},
            Reach.BLOC: _now("cả khối"),
            Reach.ISSUING: _now("mọi nơi ban hành văn bản của khối"),
        }[self.reach]

    def what(self):
        return ", ".join(str(capability.label) for capability in Capability if capability in self.capabilities)


def grounds(rights):
    """Rights on one unit as Grounds; what an appointment gives by two reaches is told by the nearer."""
    found, told = {}, set()
    for right in sorted(rights, key=lambda right: NEAREST.index(right.reach)):
        if (right.appointment.pk, right.capability) in told:
            continue
        told.add((right.appointment.pk, right.capability))
        key = (right.appointment.pk, right.reach)
        found.setdefault(key, Ground(right.appointment, right.reach)).capabilities.append(right.capability)
    return list(found.values())


def by_person(rights):
    """{person: Grounds} of rights on one unit, in the order of `rights`."""
    found = defaultdict(list)
    for right in rights:
        found[right.appointment.person].append(right)
    return {person: grounds(own) for person, own in found.items()}


def by_capability(rights):
    """[(label, people)] of rights on one unit: who can do each thing."""
    found = defaultdict(dict)
    for right in rights:
        found[right.capability][right.appointment.person] = None
    return [(capability.label, list(found[capability])) for capability in Capability if capability in found]


def by_unit(rights):
    """[(unit ids, Grounds)]: units on which the very same things follow from the very same appointments."""
    found, alike = defaultdict(list), defaultdict(list)
    for right in rights:
        found[right.unit_id].append(right)
    told = {}
    for unit, own in found.items():
        there = grounds(own)
        key = tuple((each.seat.pk, each.reach, tuple(sorted(each.capabilities))) for each in there)
        alike[key].append(unit)
        told[key] = there
    return [(units, told[key]) for key, units in alike.items()]
