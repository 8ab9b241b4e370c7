"""Which PostgreSQL the house stands on: `DATABASE_URL`, or the embedded server."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from khoidan.core import postgres
from khoidan.core.embedded import use

FORM = "postgres://user:password@host:5432/database"
FILLING = {"serve", "migrate", "restore"}  # commands that may begin with a new embedded database
APART = {"reset", "stop"}  # commands that see to the embedded server themselves


def prepare_for(command):
    """Say to the settings what `command` may do with the embedded server: anything, use it, or only name it."""
    mode = "apart" if command in APART else "fill" if command in FILLING else "use"
    os.environ.setdefault("KHOIDAN_EMBEDDED", mode)


def database_url():
    """The address for Django and libpq alike; starts the embedded server when it is the one, is down and is wanted."""
    if os.environ.get("KHOIDAN_NO_DATABASE"):
        return "postgres://nobody@127.0.0.1:1/none"
    if not is_embedded():
        return checked(os.environ["DATABASE_URL"])
    mode = os.environ.get("KHOIDAN_EMBEDDED", "fill")
    if mode != "apart":
        use.begin(make=mode == "fill")
    return postgres.url()


def is_embedded():
    return not os.environ.get("DATABASE_URL")


def checked(url):
    """The same URL, or a sentence on what is wrong with it; the password is never repeated."""
    try:
        parts = urlsplit(url)
        readable = parts.scheme in ("postgres", "postgresql") and parts.port != 0 and len(parts.path) > 1
    except ValueError:
        readable = False
    if not readable:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read. Write it as {FORM}")
    return url
