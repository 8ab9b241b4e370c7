"""Statements that every page sends, put into SQL once: Django takes longer to build one than PostgreSQL to answer."""

from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query

from .splices import spliced

# What a parameter looks like while the SQL is made: values that nothing else in the statement has.
STAND_INS = {
    int: lambda number: 7_340_033_000 + number,
    date: lambda number: date(1066, 10, number),
    list: lambda number: [7_340_034_000 + number],
    str: lambda number: f"\x00{number}",
}


class Prepared:
    """`Prepared(build, user=int, day=date)(user=3, day=today)` gives the rows of `build(user=…, day=…)` as tuples.

    `build` makes a queryset of values whose SQL is the same whatever the parameters are: lists go in by AnyOf. A list
    may be given as Keys and a number as Key, which are then read by the same statement. `build` neither looks at the
    clock nor at who asks: what it says is kept as long as the process lives.
    """

    def __init__(self, build, **types):
        self.build, self.types = build, types

    def __call__(self, **values):
        with connection.cursor() as cursor:
            cursor.execute(*self.told(values))
            return cursor.fetchall()

    def told(self, values):
        """(SQL, parameters) with those values."""
        return spliced(self.statement.sql, self.statement.filled(values))

    def one(self, **values):
        """The value that the statement finds, for a condition of the statement that it stands in."""
        return RawSQL(self.statement.sql, self.statement.filled(values))  # noqa: S611 -- SQL that Django made

    def array(self, **values):
        """The first column of the rows as an array for AnyOf, read by the statement that it stands in."""
        return RawSQL(f"ARRAY({self.statement.sql})", self.statement.filled(values))  # noqa: S611 -- as above

    @cached_property
    def statement(self):
        known = {name: STAND_INS[kind](number) for number, (name, kind) in enumerate(self.types.items(), 1)}
        rows = self.build(**known)  # of this call alone, for compiling changes it
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        wanted = [
            next(((name, None) for name, value in known.items() if same(value, one)), (None, one)) for one in params
        ]
        if missed := known.keys() - {name for name, _constant in wanted}:
            raise TypeError(f"Not bound as they are, and so the same for everybody: {', '.join(sorted(missed))}.")
        return Statement(rows, compiler, sql, wanted)


class Statement(NamedTuple):
    """A queryset put into SQL; `wanted` has for each parameter (name, None) or (None, the constant it always is)."""

    rows: QuerySet
    compiler: SQLCompiler
    sql: str
    wanted: list

    def filled(self, values):
        return [values[name] if name else constant for name, constant in self.wanted]


def same(one, other):
    return type(one) is type(other) and one == other


class PreparedRows(Prepared):
    """`PreparedRows(build, keys=list)(keys=…)` is the queryset `build(keys=…)`: instances, with what it joins."""

    def __call__(self, **values):
        rows = self.statement.rows.all()
        rows.query = Ready(self.statement.compiler, *self.told(values))
        return rows


class Ready(Query):
    """A query whose SQL is known: its rows are read, and nothing is added to it."""

    def __init__(self, compiler, sql, params):
        self.__dict__.update(compiler.query.__dict__)
        self.known, self.sql = compiler, (sql, params)

    def clone(self):
        raise TypeError("The statement of these rows is fixed; narrow what gives their keys.")

    def get_compiler(self, using=None, connection=None, elide_empty=True):
        return ReadyCompiler(self, connection or connections[using])


class ReadyCompiler(SQLCompiler):
    def __init__(self, query, connection):
        self.__dict__.update(query.known.__dict__, query=query, connection=connection)

    def as_sql(self, *args, **kwargs):
        return self.query.sql
