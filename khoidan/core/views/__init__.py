"""Views of records. Everything is found through what the person may reach."""

from .actions import ActionView, Restoration, Voiding
from .lists import Column, ListView
from .quick import QuickViews
from .records import CreateView, DetailView, HistoryView, ReadView, UpdateView
from .resource import EDIT, Action, Resource, Tab, voiding
from .scoped import Framed, Holding, Scoped
from .voided import VoidedView

__all__ = [
    "EDIT",
    "Action",
    "ActionView",
    "Column",
    "CreateView",
    "DetailView",
    "Framed",
    "HistoryView",
    "Holding",
    "ListView",
    "QuickViews",
    "ReadView",
    "Resource",
    "Restoration",
    "Scoped",
    "Tab",
    "UpdateView",
    "VoidedView",
    "Voiding",
    "voiding",
]
