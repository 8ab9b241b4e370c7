"""Rows that are found in one of several ways, asked for one way at a time so that each has an index of its own.

For an OR of a unit, of keys listed elsewhere and of a person PostgreSQL reads and sorts every row that any of them
finds; one at a time, an index hands it the few that a page shows.
"""

from django.db import connection
from django.db.models.sql.where import OR, WhereNode

from .prepared import Keys, sql_of


class Ways(WhereNode):
    """An OR that `ways_of` may take apart."""


def with_ways(rows, condition):
    """`rows.filter(condition)`, whose alternatives `ways_of` gives apart when `condition` is an OR."""
    found = rows.filter(condition)
    *before, last = found.query.where.children or [None]
    alone = len(before) == len(rows.query.where.children)
    if alone and isinstance(last, WhereNode) and last.connector == OR and not last.negated:
        last.__class__ = Ways
    return found


def ways_of(rows):
    """[querysets] that together find what `rows` finds, one row perhaps several times; at least one."""
    places = [place for place, child in enumerate(rows.query.where.children) if isinstance(child, Ways)]
    if len(places) != 1:
        return [rows]
    [place] = places
    return [only(rows, place, number) for number in range(len(rows.query.where.children[place].children))]


def only(rows, place, number):
    """`rows` by one of the alternatives at `place`."""
    one = rows.all()
    children = one.query.where.children
    children[place] = children[place].children[number]
    return one


def count_of(rows):
    """How many `rows` finds, each counted once; Django would build the statement three times over."""
    told = [sql_of(way.order_by().values("pk")) for way in ways_of(rows)]
    found, params = " UNION ".join(sql for sql, _params in told), [value for _sql, own in told for value in own]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({found}) found", params)  # noqa: S608 -- SQL that Django made
        return cursor.fetchone()[0]


def keys_of(rows, top):
    """Keys among the first `top` of the ordered `rows`, or of those that one of their ways finds."""
    return Keys(way.values("pk")[:top] for way in ways_of(rows))
