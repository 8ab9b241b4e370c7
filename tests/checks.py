"""What tests ask again and again: about a refusal, and about two people at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

WAITS_FOR_ME = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


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


def elsewhere(act):
    """What `act()` returns on a connection of its own: for a thread."""
    try:
        return act()
    finally:
        connections.close_all()


def send(user, url, data):
    """POST as `user`; (status, form in error or None)."""
    client = Client()
    client.force_login(user)
    answer = client.post(url, data)
    return answer.status_code, (answer.context or {}).get("form")


def beside(first, then, other):
    """Do `first`, start `other` on a second connection, do `then` once that waits for this one; what it returned."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            begun = pool.submit(elsewhere, other)
            until(lambda: sql(WAITS_FOR_ME)[0][0] > 0 or begun.done())
            assert not begun.done(), begun.result()
            then()
        return begun.result(timeout=20)


def until(happened):
    for _ in range(200):
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")
