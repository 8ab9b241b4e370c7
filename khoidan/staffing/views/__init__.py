"""Screens of people, their appointments, quotas, units, and of what rights follow."""

from .appointments import Acting, Appointments, Ending
from .people import People
from .quotas import Quotas
from .rights import MyRights, UnitRights
from .units import Units

__all__ = [
    "Acting",
    "Appointments",
    "Ending",
    "MyRights",
    "People",
    "Quotas",
    "UnitRights",
    "Units",
]
