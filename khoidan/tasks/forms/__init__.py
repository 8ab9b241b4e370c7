"""Forms of tasks and of what is done to them."""

from .acts import (
    AcceptanceForm,
    CompletionForm,
    ExtensionForm,
    GrantForm,
    MarkForm,
    ProgressForm,
    ReassignmentForm,
    ReschedulingForm,
)
from .fan_out import FanOutForm
from .task import TaskForm

__all__ = [
    "AcceptanceForm",
    "CompletionForm",
    "ExtensionForm",
    "FanOutForm",
    "GrantForm",
    "MarkForm",
    "ProgressForm",
    "ReassignmentForm",
    "ReschedulingForm",
    "TaskForm",
]
