"""Screens of tasks."""

from .acts import Completion, Giving, Reopening
from .mine import Mine
from .resource import NewTask, Tasks

__all__ = ["Completion", "Giving", "Mine", "NewTask", "Reopening", "Tasks"]
