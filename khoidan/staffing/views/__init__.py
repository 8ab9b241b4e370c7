"""Screens of people, their appointments, quotas, units, and of what rights follow."""

from .appointments import Acting, AppointmentRestoration, Appointments, AppointmentVoiding, Ending
from .people import People, PersonRestoration, PersonVoiding
from .quotas import QuotaRestoration, Quotas, QuotaVoiding
from .rights import MyRights, UnitRights
from .units import Units

__all__ = [
    "Acting",
    "AppointmentRestoration",
    "AppointmentVoiding",
    "Appointments",
    "Ending",
    "MyRights",
    "People",
    "PersonRestoration",
    "PersonVoiding",
    "QuotaRestoration",
    "QuotaVoiding",
    "Quotas",
    "UnitRights",
    "Units",
]
