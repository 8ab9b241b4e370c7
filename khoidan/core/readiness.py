"""Are the database and the secret such that khoidan can live with them? Every no is a sentence that says what to do."""

import re

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import NotSupportedError, OperationalError, connection, transaction
from django.db.utils import DatabaseError

OLDEST = 15
EXTENSIONS = ("pg_trgm", "btree_gist")
CAUSES = {  # what libpq or the server says: what to do about it
    "password authentication failed": "the user name or the password in DATABASE_URL is wrong",
    "no password supplied": "the server asks for a password, and DATABASE_URL holds none",
    "no pg_hba.conf entry": "the server's pg_hba.conf does not let this machine in",
    "too many clients|remaining connection slots": "the server has no connection left: raise max_connections",
    "could not translate host name": "the host in DATABASE_URL is unknown: check its spelling",
    "Connection refused|No such file": "nothing answers there: start PostgreSQL or correct DATABASE_URL",
    "timeout expired": "the server does not answer: check host, port and network",
    'role ".*" does not exist': "the user in DATABASE_URL does not exist: CREATE ROLE … LOGIN makes it",
    'database ".*" does not exist': "the database does not exist: CREATE DATABASE … OWNER … makes it",
}
SECRET_LENGTH, SECRET_LETTERS = 50, 5  # what Django's own check --deploy asks for
DRAWING = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
UNMIGRATED = {"42P01", "42703"}  # PostgreSQL's codes for a table and a column that are not there


def require_secret():
    """Raise ImproperlyConfigured where sessions would be signed by a key that can be guessed."""
    key = settings.SECRET_KEY
    if not settings.DEBUG and (len(key) < SECRET_LENGTH or len(set(key)) < SECRET_LETTERS):
        raise ImproperlyConfigured(
            f"SECRET_KEY is too weak: {SECRET_LENGTH} random characters or more are needed; {DRAWING} draws one."
        )


def require_database():
    """Raise ImproperlyConfigured unless the server answers, is new enough and has our extensions."""
    try:
        connection.ensure_connection()
    except NotSupportedError as error:
        raise ImproperlyConfigured(f"PostgreSQL is too old; {OLDEST} or newer is needed: {error}") from error
    except OperationalError as error:
        raise ImproperlyConfigured(f"No database: {explain(str(error))}.") from error
    major = connection.pg_version // 10000
    if major < OLDEST:
        raise ImproperlyConfigured(f"PostgreSQL {major} is too old; {OLDEST} or newer is needed.")
    for extension in EXTENSIONS:
        _require_extension(extension)


def excuse(error):
    """A sentence on a refusal of the database that its keeper can mend; None for one that we have to."""
    code = getattr(error.__cause__, "pgcode", None)
    if isinstance(error, OperationalError) and not code:
        return f"No database: {explain(str(error))}."
    if code in UNMIGRATED:
        first = str(error).splitlines()[0]
        return f"The tables of khoidan are not there, or not those of this version ({first}): run manage.py migrate."
    return None


def explain(message):
    """The cause in plain words, or the server's own where none better is known."""
    return next((advice for words, advice in CAUSES.items() if re.search(words, message)), message.strip())


def _require_extension(name):
    """Tried and undone: whether a role may create one depends on more than a catalogue says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT installed_version FROM pg_available_extensions WHERE name = %s", [name])
        row = cursor.fetchone()
    if row is None:
        raise ImproperlyConfigured(f"The server lacks the extension {name}: install postgresql-contrib there.")
    if row[0]:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE EXTENSION {name}")
            transaction.set_rollback(True)
    except DatabaseError as error:
        orders = " ".join(f"CREATE EXTENSION {each};" for each in EXTENSIONS)
        raise ImproperlyConfigured(
            f"{connection.settings_dict['USER']} may not create extensions in this database: "
            f"make it the owner, or let an administrator run there: {orders}"
        ) from error
