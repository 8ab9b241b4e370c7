"""Statements that every page sends, put into SQL once: Django takes longer to build one than PostgreSQL to answer."""

from datetime import date
from functools import cached_property

from django.db import connection
from django.db.models.expressions import RawSQL

# What a parameter looks like while the SQL is made: values that nothing else in the statement has.
STAND_INS = {
    int: lambda number: 7_340_033_000 + number,
    date: lambda number: date(1066, 10, number),
    list: lambda number: [7_340_034_000 + number],
    str: lambda number: f"\x00{number}",
}


class Prepared:
    """`Prepared(build, user=int, day=date)(user=3, day=today)` gives the rows of `build(user=…, day=…)` as tuples.

    `build` makes a queryset of values whose SQL is the same whatever the parameters are: lists go in by AnyOf.
    """

    def __init__(self, build, **types):
        self.build, self.types = build, types

    def __call__(self, **values):
        sql, wanted = self.statement
        with connection.cursor() as cursor:
            cursor.execute(sql, filled(wanted, values))
            return cursor.fetchall()

    def one(self, **values):
        """The value that the statement finds, for a condition of the statement that it stands in."""
        sql, wanted = self.statement
        return RawSQL(sql, filled(wanted, values))  # noqa: S611 -- SQL that Django made

    def array(self, **values):
        """The first column of the rows as an array for AnyOf, read by the statement that it stands in."""
        sql, wanted = self.statement
        return RawSQL(f"ARRAY({sql})", filled(wanted, values))  # noqa: S611 -- SQL that Django made

    @cached_property
    def statement(self):
        """SQL, and for each of its parameters (name, None) or (None, the constant it always is)."""
        known = {name: STAND_INS[kind](number) for number, (name, kind) in enumerate(self.types.items(), 1)}
        sql, params = self.build(**known).query.sql_with_params()
        return sql, [
            next(((name, None) for name, value in known.items() if same(value, one)), (None, one)) for one in params
        ]


def filled(wanted, values):
    return [values[name] if name else constant for name, constant in wanted]


def same(one, other):
    return type(one) is type(other) and one == other
