"""Forms of meetings and of their parts."""

from .meeting import InvitationForm, MeetingForm
from .parts import AgendaItemForm, ConclusionForm, DiscussionForm
from .roll import RollForm

__all__ = ["AgendaItemForm", "ConclusionForm", "DiscussionForm", "InvitationForm", "MeetingForm", "RollForm"]
