"""Configuration on which rights rest: kept here, where rights are rebuilt."""

from . import accounts, locks, logs, matrix, structure

__all__ = ["accounts", "locks", "logs", "matrix", "structure"]
