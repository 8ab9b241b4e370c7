"""What tests ask again and again about a refusal."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction


def complaints(record):
    """{field: [sentences]} that full_clean has about a record; empty when it is good."""
    try:
        record.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@contextmanager
def refused_by_database(name):
    """The database itself refuses, naming a constraint or saying a sentence; the transaction goes on."""
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        yield


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount
