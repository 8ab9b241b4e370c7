"""Screens of tasks."""

from .acts import (
    Acceptance,
    Asking,
    Beginning,
    Cancellation,
    Completion,
    FanningOut,
    Giving,
    Granting,
    HandingBack,
    Marking,
    Noting,
    Reassigning,
    Refusing,
    Reopening,
    Rescheduling,
    SendingBack,
)
from .mine import Mine
from .resource import NewTask, Tasks

__all__ = [
    "Acceptance",
    "Asking",
    "Beginning",
    "Cancellation",
    "Completion",
    "FanningOut",
    "Giving",
    "Granting",
    "HandingBack",
    "Marking",
    "Mine",
    "NewTask",
    "Noting",
    "Reassigning",
    "Refusing",
    "Reopening",
    "Rescheduling",
    "SendingBack",
    "Tasks",
]
