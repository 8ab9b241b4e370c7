"""Accounts, their sessions, and how their people like to see lists."""

from .saved import SavedView
from .user import Session, User, UserQuerySet, stale_grants

__all__ = ["SavedView", "Session", "User", "UserQuerySet", "stale_grants"]
