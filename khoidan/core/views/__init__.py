"""Views of records. Everything is found through what the person may reach."""

from .actions import ActionView, Restoration, Voiding
from .bulk import Bulk, BulkView
from .columns import Column, state_of
from .exports import ExportView
from .lists import ListView
from .quick import QuickViews
from .records import CreateView, DetailView, HistoryView, ReadView, UpdateView
from .resource import EDIT, Action, Resource, Tab, voiding
from .scoped import Framed, Holding, Scoped
from .voided import VoidedView

__all__ = [
    "EDIT",
    "Action",
    "ActionView",
    "Bulk",
    "BulkView",
    "Column",
    "CreateView",
    "DetailView",
    "ExportView",
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
    "state_of",
    "voiding",
]
