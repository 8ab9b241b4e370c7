"""Rows that are found in one of several ways, asked for one way at a time so that each has an index of its own.

For an OR of a unit, of keys listed elsewhere and of a person PostgreSQL reads and sorts every row that any of them
finds; one at a time, an index hands it the few that a page shows.
"""

from functools import cached_property

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, Expression, Q
from django.db.models.sql.where import OR, WhereNode

from .splices import Keys, Splice, spliced, sql_of


class Ways(Expression):
    """A condition that is met in one of several ways, each a condition: in SQL their OR."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, *ways):
        super().__init__()
        self.ways = list(ways)

    def get_source_expressions(self):
        return self.ways

    def set_source_expressions(self, ways):
        self.ways = ways

    def as_sql(self, compiler, connection):
        return WhereNode(self.ways, OR).as_sql(compiler, connection)


class Slot(Expression):
    """Keeps the place of a condition in a statement: a parameter to be replaced by a Splice."""

    conditional = True
    output_field = BooleanField()

    def as_sql(self, compiler, connection):
        return "%s", [self]


def with_ways(rows, condition):
    """`rows.filter(condition)`, whose alternatives `Found` tells apart when `condition` is an OR."""
    if condition.connector != OR or condition.negated or len(condition.children) < 2:
        return rows.filter(condition)
    return rows.filter(Ways(*(Q(way) if isinstance(way, tuple) else way for way in condition.children)))


class Found:
    """What `rows` finds, each of its ways asked for apart; what they share is put into SQL once."""

    def __init__(self, rows):
        self.rows, self.told = rows, [None]
        conditions = enumerate(rows.query.where.children)
        known = [(place, said.lhs.ways) for place, said in conditions if isinstance(getattr(said, "lhs", None), Ways)]
        if len(known) == 1:
            [(place, self.told)] = known
            self.rows = rows.all()
            self.rows.query.where.children[place] = Slot()

    @cached_property
    def ways(self):
        """[Splice], of at least one; all rows are found by one way that needs none."""
        return [way and put_into_sql(way, self.rows) for way in self.told]

    def union(self, rows):
        """(SQL, parameters) of `rows`, made of self.rows, by every way; what several find is one row."""
        sql, params = sql_of(rows)
        told = [spliced(sql, [way if isinstance(one, Slot) else one for one in params]) for way in self.ways]
        return " UNION ".join(f"({sql})" for sql, _own in told), [value for _sql, own in told for value in own]

    def count(self):
        """How many there are, each counted once."""
        found, params = self.union(self.rows.order_by().values("pk"))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({found}) found", params)  # noqa: S608 -- SQL that Django made
            return cursor.fetchone()[0]

    def keys(self, bottom, top):
        """Keys from place `bottom` until before `top` in the order of the rows; each way gives the first `top`."""
        return KeysOfPage(self, bottom, top)


def put_into_sql(condition, rows):
    """A Splice of a condition of the query of `rows`."""
    try:
        return Splice(*rows.query.get_compiler(DEFAULT_DB_ALIAS).compile(condition))
    except EmptyResultSet:
        return Splice("FALSE", [])
    except FullResultSet:
        return Splice("TRUE", [])


class KeysOfPage(Keys):
    def __init__(self, found, bottom, top):
        self.found, self.bottom, self.top = found, bottom, top

    @property
    def told(self):
        order = list(map(sorting, self.found.rows.query.order_by))
        found, params = self.found.union(
            self.found.rows.values_list("pk", *(name for name, _turn in order))[: self.top]
        )
        turns = ", ".join(f"k{place} {turn}" for place, (_name, turn) in enumerate(order, 1))
        columns = ", ".join(f"k{place}" for place in range(len(order) + 1))
        place = f"LIMIT {self.top - self.bottom} OFFSET {self.bottom}"
        keys = f"SELECT k0 FROM ({found}) found({columns}) ORDER BY {turns} {place}"  # noqa: S608 -- as above
        return f"ARRAY({keys})", params


def sorting(order):
    """(field, SQL of the direction) of what `order_by` was told: a name, or F("name").asc() and the like."""
    if isinstance(order, str):
        return order.removeprefix("-"), "DESC" if order.startswith("-") else "ASC"
    nulls = " NULLS FIRST" if order.nulls_first else " NULLS LAST" if order.nulls_last else ""
    return order.expression.name, f"{'DESC' if order.descending else 'ASC'}{nulls}"
