"""The whole house in one file: a tar of the database (pg_dump's custom format) and the uploaded files."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from khoidan.core import postgres
from khoidan.core.local import VAR

DUMP = "database.dump"
MEDIA = VAR / "media"
OPTIONS = {
    "dbname": "PGDATABASE",
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
}


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
            if MEDIA.exists():
                tar.add(MEDIA, "media")
    _sync(part)
    part.rename(target)
    _sync(target.parent)


def restore(source):
    """Replace the database and the files by those of the archive; what is unreadable touches nothing."""
    VAR.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VAR) as folder:
        unpacked = Path(folder)
        _unpack(source, unpacked)
        wipe()
        run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
            f"--dbname={connection.settings_dict['NAME']}", unpacked / DUMP)  # fmt: skip
        if (unpacked / "media").exists():
            shutil.rmtree(MEDIA, ignore_errors=True)
            (unpacked / "media").rename(MEDIA)


def is_empty():
    """No table of anyone in the database."""
    return not connection.introspection.table_names()


def wipe():
    """Empty the database; its owner may, without the right to drop it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    except DatabaseError as error:
        raise ArchiveError(f"The database cannot be emptied; its owner can: {error}") from error


def run(program, *arguments):
    """A client program of PostgreSQL on Django's database; the password goes by the environment."""
    parameters = connection.get_connection_params()
    given = {name: str(parameters[key]) for key, name in OPTIONS.items() if parameters.get(key)}
    if "sslmode" in parameters:
        given["PGSSLMODE"] = parameters["sslmode"]
    command = [_program(program), *arguments]
    result = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode:
        raise ArchiveError(f"{program} failed: {result.stderr.strip()}")


def _program(name):
    """The package's own, unless the server is newer: pg_dump reads servers up to its own version."""
    own = postgres.programs() / name
    connection.ensure_connection()
    version = subprocess.run([own, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    if int(version.split()[-1].split(".")[0]) >= connection.pg_version // 10000:
        return own
    found = shutil.which(name)
    if not found:
        raise ArchiveError(
            f"The server is newer than our {name}: install PostgreSQL's client of its version."
        )
    return found


def _unpack(source, folder):
    try:
        with tarfile.open(source) as tar:
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(folder, [member for member in tar if _belongs(member)])  # noqa: S202
    except (OSError, tarfile.TarError, EOFError) as error:
        raise ArchiveError(f"{source} is not a whole back-up: {error}") from error
    if not (folder / DUMP).exists():
        raise ArchiveError(f"{source} is not a back-up of khoidan: it holds no {DUMP}")
    run("pg_restore", f"--file={os.devnull}", folder / DUMP)  # reads it to the end


def _belongs(member):
    parts = Path(member.name).parts
    return (member.isfile() or member.isdir()) and ".." not in parts and parts[0] in (DUMP, "media")


def _private(path):
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sync(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
