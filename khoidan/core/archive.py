"""The whole house in one file: a tar of the database, in pg_dump's custom format, and of the files."""

import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from khoidan.core import packing, postgres
from khoidan.core.durable import sync
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
    """The file appears under its name only when it is whole and on the disk; how many files of people are in it.

    These come after the database: none that it names is ever taken away.
    """
    part = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / DUMP
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        with _private(part) as file, tarfile.open(fileobj=file, mode="w") as tar:
            tar.add(dump, DUMP)
            count = packing.pack(tar)
    sync(part)
    part.rename(target)
    sync(target.parent)
    return count


@contextmanager
def unpacked(source):
    """A folder with the dump and the files of the archive, which was readable to its end."""
    VAR.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VAR) as folder:
        _unpack(source, Path(folder))
        run("pg_restore", "--no-owner", "--no-privileges", f"--file={folder}/{ORDERS}", f"{folder}/{DUMP}")
        yield Path(folder)


def restore(folder, *, replacing):
    """Replace the database, in one transaction, and the files: at no moment is there a record without its file.

    Files that the archive does not hold go when `replacing`: what was there is backed up.
    """
    packing.put_back(folder)
    connection.close()
    with (folder / ORDERS).open("rb") as lines:
        run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", feed=_orders(lines))
    if replacing:
        packing.drop_others(folder)


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
            for member in filter(tarfile.TarInfo.isfile, tar):
                _copy(tar.extractfile(member), _place_of(member, folder))
    except (OSError, tarfile.TarError, EOFError) as error:
        raise ArchiveError(f"{source} is not a whole back-up: {error}.") from error
    if not (folder / DUMP).exists():
        raise ArchiveError(f"{source} is not a back-up of khoidan: it holds no {DUMP}.")
    differing = packing.differing(folder)
    if differing or differing is None:
        lost = ", ".join(differing or [packing.SUMS])
        raise ArchiveError(f"{source} is not a whole back-up: damaged or lost: {lost}.")


def _place_of(member, folder):
    return folder / DUMP if member.name == DUMP else packing.place_of(member, folder)


def _copy(member, place):
    """Into `place`, unless it is none of ours."""
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as copy:
            shutil.copyfileobj(member, copy)


def _private(path):
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
