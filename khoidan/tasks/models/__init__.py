from .clarity import Unclear
from .task import Task

__all__ = ["Task", "Unclear"]
