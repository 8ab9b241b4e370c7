"""The embedded PostgreSQL as one of several users: whoever started it ends it, unless others stay."""

import fcntl

from django.core.exceptions import ImproperlyConfigured

from khoidan.core import postgres
from khoidan.core.local import VAR

USERS = VAR / "postgres.users"  # each process that uses the server holds a shared lock on it
MISSING = (
    "There is no database: DATABASE_URL is not set, and var/postgres is not there. "
    "Run this with the environment of the server; `make run` makes a database here."
)


class Use:
    """What this process has to do with the embedded server."""

    def __init__(self):
        self.lock, self.started = None, False

    def begin(self, *, make):
        """Start the server when it is down; `make` says whether there may be a new database."""
        if not make and not postgres.DATA.exists():
            raise ImproperlyConfigured(MISSING)
        VAR.mkdir(exist_ok=True)
        self.lock = self.lock or USERS.open("w")
        fcntl.flock(self.lock, fcntl.LOCK_SH)
        if not postgres.running():
            self.started = postgres.start() or self.started

    def close(self):
        """Stop the server if this process started it and nobody else uses it."""
        if self.lock is None:
            return
        with self.lock:
            if self.started and self.alone():
                postgres.stop()
        self.__init__()

    def alone(self):
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


use = Use()
