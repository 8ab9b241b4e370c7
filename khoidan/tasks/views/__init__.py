"""Screens of tasks."""

from .acts import (
    Acceptance,
    Asking,
    Beginning,
    Cancellation,
    Completion,
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
from .from_template import TaskOfTemplate
from .handover import HandOver
from .importing import ImportConfirmation, Importing, ImportPreview, ImportResult, ImportTemplate
from .mine import Mine
from .resource import NewTask, Tasks
from .spreading import FanningOut
from .templates import Activation, Suspension, Templates

__all__ = [
    "Acceptance",
    "Activation",
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
    "HandOver",
    "HandingBack",
    "ImportConfirmation",
    "ImportPreview",
    "ImportResult",
    "ImportTemplate",
    "Importing",
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
    "Suspension",
    "TaskOfTemplate",
    "Tasks",
    "WorkloadPage",
    "Templates",
]
