"""Who sits where, from when to when, and what that seat may do."""

from .appointment import Appointment
from .person import Person
from .position import Position, Reach, Role, RoleGrant
from .quota import StaffQuota

__all__ = ["Appointment", "Person", "Position", "Reach", "Role", "RoleGrant", "StaffQuota"]
