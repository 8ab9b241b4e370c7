"""Which PostgreSQL the house stands on: `DATABASE_URL`, or the embedded server."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from khoidan.core import postgres

FORM = "postgres://user:password@host:5432/database"


def database_url():
    """The address for Django and libpq alike; starts the embedded server when it is the one and is down."""
    if os.environ.get("KHOIDAN_NO_DATABASE"):
        return "postgres://nobody@127.0.0.1:1/none"
    return postgres.url() if is_embedded() else checked(os.environ["DATABASE_URL"])


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
