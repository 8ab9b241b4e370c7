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
from .evaluation import EvaluationExport, EvaluationPage, PersonEvaluation
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
    "EvaluationExport",
    "EvaluationPage",
    "FanningOut",
    "Giving",
    "Granting",
    "HandingBack",
    "Marking",
    "Mine",
    "NewTask",
    "Noting",
    "OnBoard",
    "PersonEvaluation",
    "Reassigning",
    "Refusing",
    "Reopening",
    "Rescheduling",
    "SendingBack",
    "Tasks",
    "WorkloadPage",
]
