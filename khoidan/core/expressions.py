from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func, UUIDField, Value


class AnyOf(Func):
    """`column = ANY(array)`: one bound array however many values, where IN sends a literal for each."""

    arg_joiner = " = ANY("
    template = "(%(expressions)s))"
    output_field = BooleanField()

    def __init__(self, column, values, **extra):
        super().__init__(column, Value(values) if isinstance(values, list) else values, **extra)


class ArrayOf(ArraySubquery):
    """ARRAY(subquery): read once before the outer query, whose indexes stay usable."""


class RequestKey(Func):
    """What pghistory writes beside every change of one request, the same for all of them; null outside requests."""

    template = "NULLIF(CURRENT_SETTING('pghistory.context_id', TRUE), '')::UUID"
    output_field = UUIDField()
