"""Databases of the benchmarks: made beside the one that is worked in, used again while what fills them is the same."""

import hashlib
import time
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

from khoidan.core import postgres

from . import people, tasks

EMPTY = "bench_empty"  # migrated once; the others are copies of it, so that ids of permissions are the same in each


@contextmanager
def entered(wrapper):
    """What Django calls the default database is that of `wrapper`."""
    before = connections["default"]
    connections["default"] = wrapper
    try:
        yield wrapper
    finally:
        connections["default"] = before


def connect(name):
    """A connection of its own to the database `name` of the same server, kept open."""
    usual = connections["default"]
    return type(usual)({**usual.settings_dict, "NAME": name, "CONN_MAX_AGE": None}, "default")


def stamp(*extra):
    """What a database was made by: the migrations, and the modules that fill it."""
    folders = [
        Path(config.path) / "migrations" for config in apps.get_app_configs() if config.name.startswith("khoidan")
    ]
    files = [file for folder in folders for file in sorted(folder.glob("0*.py"))]
    digest = hashlib.sha256(repr(extra).encode())
    for file in [*files, Path(people.__file__), Path(tasks.__file__)]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def ask(sql, *params):
    """Rows of one statement of the server, outside transactions."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def stamp_of(name):
    """The stamp that the database `name` carries; None when there is no such database."""
    told = ask("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", name)
    return told[0][0] if told else None


def drop(name):
    ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def write_stamp(name, mark):
    ask(f"COMMENT ON DATABASE \"{name}\" IS '{mark}'")


def make_empty(mark):
    drop(EMPTY)
    ask(f'CREATE DATABASE "{EMPTY}"')
    wrapper = connect(EMPTY)
    with entered(wrapper):
        call_command("migrate", verbosity=0)
    wrapper.close()
    write_stamp(EMPTY, mark)


def ensure(name, blocs, per_bloc, *, fresh=False, say=print):
    """A connection to the database `name`, filled with `blocs` times `per_bloc` tasks unless it is already."""
    mark = stamp(blocs, per_bloc)
    if fresh or stamp_of(name) != mark:
        started = time.monotonic()
        if stamp_of(EMPTY) != stamp():
            make_empty(stamp())
        drop(name)
        ask(f'CREATE DATABASE "{name}" TEMPLATE "{EMPTY}"')
        for setting, value in postgres.SETTINGS.items():  # whichever server this is
            ask(f'ALTER DATABASE "{name}" SET {setting} = {value}')
        wrapper = connect(name)
        with entered(wrapper):
            fill(blocs, per_bloc)
            ask("VACUUM (FREEZE, ANALYZE)")
        wrapper.close()
        write_stamp(name, mark)
        say(f"# {name} filled in {time.monotonic() - started:.0f} s")
    return connect(name)


def fill(blocs, per_bloc, *, apart=True):
    """Units, people, rights and tasks; `apart` makes the indexes of tasks after the rows."""
    people.fill(blocs)
    tasks.fill(blocs, per_bloc, apart=apart)
