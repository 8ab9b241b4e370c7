"""Tasks and what belongs to them."""

from .clarity import Unclear
from .deadline import Extension
from .people import Reassignment
from .progress import Progress
from .sheet import Sheet
from .states import AT_WORK, LOOKS, MOVES, OPEN, State, Urgency
from .task import Task
from .template import TaskTemplate

__all__ = [
    "AT_WORK",
    "LOOKS",
    "MOVES",
    "OPEN",
    "Extension",
    "Progress",
    "Reassignment",
    "Sheet",
    "State",
    "Task",
    "TaskTemplate",
    "Unclear",
    "Urgency",
]
