"""Screens of meetings."""

from .acts import Closure, Reopening
from .agenda import Discussion, EditItem, ItemMove, ItemRemoval, NewItem
from .attendance import AttendanceRemoval, Invitation, RollCall
from .conclusions import ConclusionRemoval, EditConclusion, NewConclusion
from .resource import Meetings
from .tasks import TaskOfConclusion

__all__ = [
    "AttendanceRemoval",
    "Closure",
    "ConclusionRemoval",
    "Discussion",
    "EditConclusion",
    "EditItem",
    "Invitation",
    "ItemMove",
    "ItemRemoval",
    "Meetings",
    "NewConclusion",
    "NewItem",
    "Reopening",
    "RollCall",
    "TaskOfConclusion",
]
