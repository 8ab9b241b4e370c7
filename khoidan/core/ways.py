"""Rows that are found in one of several ways, asked for one way at a time so that each has an index of its own.

For an OR of a unit, of keys listed elsewhere and of a person PostgreSQL reads and sorts every row that any of them
finds; one at a time, an index hands it the few that a page shows.
"""

from django.db import connection
from django.db.models import BooleanField, Expression, Q
from django.db.models.sql.where import OR, WhereNode

from .prepared import Keys, sql_of


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


def with_ways(rows, condition):
    """`rows.filter(condition)`, whose alternatives `ways_of` gives apart when `condition` is an OR."""
    if condition.connector != OR or condition.negated or len(condition.children) < 2:
        return rows.filter(condition)
    return rows.filter(Ways(*(Q(way) if isinstance(way, tuple) else way for way in condition.children)))


def ways_of(rows):
    """[querysets] that together find what `rows` finds, one row perhaps several times; at least one."""
    conditions = enumerate(rows.query.where.children)
    known = [(place, told.lhs.ways) for place, told in conditions if isinstance(getattr(told, "lhs", None), Ways)]
    if len(known) != 1:
        return [rows]
    [(place, ways)] = known
    return [only(rows, place, way) for way in ways]


def only(rows, place, way):
    """`rows` with the condition `way` alone at `place`."""
    one = rows.all()
    one.query.where.children[place] = way
    return one


def union_of(ways):
    """(SQL, parameters) of what any of the querysets finds, each row once."""
    told = [sql_of(way) for way in ways]
    return " UNION ".join(f"({sql})" for sql, _own in told), [value for _sql, own in told for value in own]


def count_of(rows):
    """How many `rows` finds, each counted once; Django would build the statement three times over."""
    found, params = union_of(way.order_by().values("pk") for way in ways_of(rows))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({found}) found", params)  # noqa: S608 -- SQL that Django made
        return cursor.fetchone()[0]


class FirstKeys(Keys):
    """Keys of the first `top` of the ordered `rows`, of which each way gives no more."""

    def __init__(self, rows, top):
        self.ways, self.order, self.top = ways_of(rows), list(map(sorting, rows.query.order_by)), top

    def array(self):
        names = [name for name, _turn in self.order]
        found, params = union_of(way.values_list("pk", *names)[: self.top] for way in self.ways)
        turns = ", ".join(f"k{place} {turn}" for place, (_name, turn) in enumerate(self.order, 1))
        columns = ", ".join(f"k{place}" for place in range(len(names) + 1))
        first = f"SELECT k0 FROM ({found}) found({columns}) ORDER BY {turns} LIMIT {self.top}"  # noqa: S608 -- as above
        return f"ARRAY({first})", params


def sorting(order):
    """(field, SQL of the direction) of what `order_by` was told: a name, or F("name").asc() and the like."""
    if isinstance(order, str):
        return order.removeprefix("-"), "DESC" if order.startswith("-") else "ASC"
    nulls = " NULLS FIRST" if order.nulls_first else " NULLS LAST" if order.nulls_last else ""
    return order.expression.name, f"{'DESC' if order.descending else 'ASC'}{nulls}"
