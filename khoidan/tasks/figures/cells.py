"""Numbers that lead to their rows."""

from dataclasses import dataclass

from khoidan.core.links import rows_of


@dataclass(frozen=True)
class Cell:
    """A number of tasks and the list of exactly those; `url` is empty for none."""

    value: int
    url: str = ""


def cell(value, **filters):
    """Cell of `value`, whose rows are what `filters` leave of the list of tasks."""
    return Cell(value, rows_of("tasks:task_list", **filters) if value else "")


def share(part, whole):
    """Whole percent that `part` is of `whole`, never rounded up to all or down to none; None of nothing."""
    if not whole:
        return None
    rounded = round(100 * part / whole)
    return min(max(rounded, 1), 99) if 0 < part < whole else rounded
