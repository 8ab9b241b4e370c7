"""SQL put where a parameter was: what a statement is about is found by the statement itself."""

import re

from django.db import DEFAULT_DB_ALIAS

PLACE = re.compile("(?<!%)%s")  # of a parameter


class Splice:
    """A parameter that is SQL itself, with parameters of its own."""

    def __init__(self, sql, params):
        self.told = (sql, params)


class Keys(Splice):
    """A queryset of one value, standing for the list of what it finds."""

    def __init__(self, rows):
        self.rows = rows

    @property
    def told(self):
        """(SQL, parameters) of that list as an array."""
        sql, params = sql_of(self.rows)
        return f"ARRAY({sql})", params


class Key(Keys):
    """A queryset of one value and one row at most, standing for what it finds."""

    @property
    def told(self):
        sql, params = sql_of(self.rows)
        return f"({sql})", params


def spliced(sql, params):
    """(SQL, parameters) where each Splice among the parameters has become what it says."""
    if not any(isinstance(value, Splice) for value in params):
        return sql, params
    texts, found = PLACE.split(sql), []
    if len(texts) != len(params) + 1:
        raise ValueError("A literal percent stands before a parameter.")
    for number, value in enumerate(params):
        text, own = value.told if isinstance(value, Splice) else ("%s", [value])
        texts[number] += text
        found.extend(own)
    return "".join(texts), found


def sql_of(rows):
    """(SQL, parameters) of a queryset, of one that can find nothing too."""
    return rows.query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql()
