"""Saved views: filters and order of a list, kept under a name, shown above it, and looked after in one place."""

from .lists import SavedViews

__all__ = ["SavedViews"]
