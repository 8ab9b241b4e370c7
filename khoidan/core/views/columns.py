"""Columns of lists, on the page and in a spreadsheet."""

from dataclasses import dataclass
from datetime import date

from khoidan.core.words import day


@dataclass(frozen=True)
class Column:
    """A column; `sort` lists the model fields it orders by, none if it cannot be sorted.

    `value`, an attribute or a function of the row, is what a spreadsheet holds: the attribute `name` unless told.
    """

    name: str
    label: str
    sort: tuple = ()
    css: str = ""
    value: object = None
    exports: bool = True  # a drawing of other columns does not

    def of(self, row):
        """The value of the row in this column, in words where it is a choice."""
        if callable(self.value):
            return self.value(row)
        name = self.value or self.name
        words = getattr(row, f"get_{name}_display", None)
        return words() if words else getattr(row, name)

    def text(self, row):
        """The value in words, a day as people write it."""
        value = self.of(row)
        return day(value) if isinstance(value, date) else "" if value is None else str(value)


def state_of(row):
    """The word of the row's badge."""
    return row.badge["word"]
