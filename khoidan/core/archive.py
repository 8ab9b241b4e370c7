"""The whole house in one file: a tar of the database, in pg_dump's custom format."""

import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from khoidan.core import postgres
from khoidan.core.local import VAR

DUMP = "database.dump"
ORDERS = "orders.sql"
WIPE = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
VARIABLES = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "sslmode": "SSLMODE"}
# What our programs write for servers of their own version, and what patched servers let newer programs see.
FOREIGN = re.compile(rb"SET transaction_timeout = 0;\n|ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);\n")


class ArchiveError(Exception):
    """A sentence on why there is no back-up, or why it cannot be restored."""


def write(target):
    """The file appears under its name only when it is whole and on the disk."""
    part = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / DUMP
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        with _private(part) as file, tarfile.open(fileobj=file, mode="w") as tar:
            tar.add(dump, DUMP)
    _sync(part)
    part.rename(target)
    _sync(target.parent)


@contextmanager
def unpacked(source):
    """A folder with the dump of the archive, which was readable to its end."""
    VAR.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VAR) as folder:
        _unpack(source, Path(folder))
        run("pg_restore", "--no-owner", "--no-privileges", f"--file={folder}/{ORDERS}", f"{folder}/{DUMP}")
        yield Path(folder)


def restore(folder):
    """Replace the database, in one transaction."""
    connection.close()
    with (folder / ORDERS).open("rb") as lines:
        run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", feed=_orders(lines))


def is_empty():
    """No table of anyone in the database."""
    return not connection.introspection.table_names()


def wipe():
    """Empty the database; its owner may, without the right to drop it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WIPE)
    except DatabaseError as error:
        raise ArchiveError(f"The database cannot be emptied; its owner can: {error}") from error


def run(program, *arguments, feed=None):
    """A client program of PostgreSQL on Django's database; the password goes by the environment."""
    parameters = connection.get_connection_params()
    given = {f"PG{name}": str(parameters[key]) for key, name in VARIABLES.items() if parameters.get(key)}
    environment = {**os.environ, **given, "PGDATABASE": connection.settings_dict["NAME"]}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603
            [postgres.programs() / program, *arguments],
            env=environment,
            stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        if feed:
            _pour(feed, process.stdin)
        if process.wait():
            said.seek(0)
            raise ArchiveError(f"{program} failed: {said.read().decode(errors='replace').strip()}")


def _pour(chunks, pipe):
    """A program that gave up closes its end; its exit code tells, not the broken pipe."""
    try:
        with pipe:
            pipe.writelines(chunks)
    except BrokenPipeError:
        pass


def _orders(lines):
    """The dump as SQL, without what only some servers know; rows of data pass untouched."""
    yield f"SET client_min_messages = warning; {WIPE}\n".encode()
    in_rows = False
    for line in lines:
        if in_rows or not FOREIGN.fullmatch(line):
            yield line
        in_rows = line != b"\\.\n" if in_rows else line.startswith(b"COPY ") and line.endswith(b"FROM stdin;\n")


def _unpack(source, folder):
    try:
        with tarfile.open(source, "r:") as tar:
            found = [tar.extractfile(member) for member in tar if member.isfile() and member.name == DUMP]
            for dump in found:
                with (folder / DUMP).open("wb") as copy:
                    shutil.copyfileobj(dump, copy)
    except (OSError, tarfile.TarError, EOFError) as error:
        raise ArchiveError(f"{source} is not a whole back-up: {error}.") from error
    if not found:
        raise ArchiveError(f"{source} is not a back-up of khoidan: it holds no {DUMP}.")


def _private(path):
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sync(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
