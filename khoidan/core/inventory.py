"""Which database a command works on, and whose accounts it holds: told before anything is kept or lost."""

from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.db import connection

from khoidan.core.database import is_embedded


class Accounts(NamedTuple):
    total: int
    demo: int

    def __str__(self):
        if not self.demo:
            return f"{self.total} accounts"
        return f"{self.total} accounts, {'all' if self.demo == self.total else self.demo} of the demo"


def name():
    return connection.settings_dict["NAME"]


def place():
    """Name and whereabouts of the database; never the password."""
    if is_embedded():
        return f"{name()}, embedded in var/postgres"
    parameters = connection.get_connection_params()
    port = f", port {parameters['port']}" if parameters.get("port") else ""
    return f"{name()} on {parameters.get('host') or 'this machine'}{port}"


def accounts():
    """None where the tables of khoidan are not there."""
    users = get_user_model()
    if users._meta.db_table not in connection.introspection.table_names():
        return None
    return Accounts(users.objects.count(), users.objects.filter(is_demo=True).count())


def require_accounts():
    """The accounts, or a sentence on a database that was never used."""
    found = accounts()
    if found is None:
        raise CommandError(
            f"The database {place()} holds no tables of khoidan. Run this with the environment of the server."
        )
    return found
