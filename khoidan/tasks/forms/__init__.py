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
from .handover import HandoverForm, LeaverForm
from .task import TaskForm
from .template import TemplateForm

__all__ = [
    "AcceptanceForm",
    "CompletionForm",
    "ExtensionForm",
    "FanOutForm",
    "GrantForm",
    "HandoverForm",
    "LeaverForm",
    "MarkForm",
    "ProgressForm",
    "ReassignmentForm",
    "ReschedulingForm",
    "TaskForm",
    "TemplateForm",
]
