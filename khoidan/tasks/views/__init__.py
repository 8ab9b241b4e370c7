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
from .board import Board, OnBoard
from .figures import ClarityPage, WorkloadPage
from .mine import Mine
from .resource import NewTask, Tasks

__all__ = [
    "Acceptance",
    "Asking",
    "Beginning",
    "Board",
    "Cancellation",
    "ClarityPage",
    "Completion",
    "FanningOut",
    "Giving",
    "Granting",
    "HandingBack",
    "Marking",
    "Mine",
    "NewTask",
    "Noting",
    "OnBoard",
    "Reassigning",
    "Refusing",
    "Reopening",
    "Rescheduling",
    "SendingBack",
    "Tasks",
    "WorkloadPage",
]
