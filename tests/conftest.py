"""What every test stands on: plain HTTP, plain static files, a database of its own, queries that can be counted."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

from tests import factories

# The tests speak to the site without TLS, whatever HTTPS says; `check --deploy` tests the rest.
PLAIN_HTTP = {
    "SECURE_SSL_REDIRECT": False,
    "SECURE_HSTS_SECONDS": 0,
    "SESSION_COOKIE_NAME": "session",
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_NAME": "csrf",
    "CSRF_COOKIE_SECURE": False,
    "LANGUAGE_COOKIE_SECURE": False,
}
SECRET_KEY = "the key of the tests, long enough for a site that is served to the browser"
NOT_A_QUERY = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")

# A handful of examples, the same in every run; `make soak` asks for more, and for new ones.
SOAK = os.environ.get("HYPOTHESIS_EXAMPLES")
hypothesis.settings.register_profile(
    "khoidan",
    max_examples=int(SOAK or 200),
    derandomize=not SOAK,
    deadline=None,
    print_blob=True,
    phases=[phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain],
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("khoidan")


def pytest_configure():
    os.environ["SECRET_KEY"] = settings.SECRET_KEY = SECRET_KEY
    for name, value in PLAIN_HTTP.items():
        setattr(settings, name, value)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.FILES_ROOT = Path(tempfile.mkdtemp(prefix="khoidan-files-"))
    if name := os.environ.get("KHOIDAN_TEST_DB"):
        connection.settings_dict["TEST"]["NAME"] = name


def pytest_unconfigure():
    shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Without a test so marked no database is made, and a fixture of a module would write where people work."""
    for item in items:
        if "django_db_blocker" in item.fixturenames:
            item.add_marker(pytest.mark.django_db)


# Written by migrations, and the same for every test.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def forget_rows(case):
    """What a test that commits has written is deleted, past triggers and keys; sequences go on.

    Django's own way truncates every table and then tells every app of it: ten times as long.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - KEPT
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables))
        written = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in written:
            cursor.execute(f"DELETE FROM {name}")


TransactionTestCase._fixture_teardown = forget_rows


class Queries(list):
    """SQL statements in the order they were sent; prints as a numbered list when an assertion fails."""

    def __repr__(self):
        lines = (f"{number:3}. {' '.join(sql.split())[:300]}" for number, sql in enumerate(self, 1))
        return "\n".join([f"{len(self)} queries:", *lines])

    def __call__(self, execute, sql, params, many, context):
        if not str(sql).startswith(NOT_A_QUERY):
            self.append(str(sql))
        return execute(sql, params, many, context)


@pytest.fixture
def queries(db):
    """`with queries() as seen:` notes every real query; `queries(at_most=8)` fails beyond eight, and lists them."""

    @contextmanager
    def watch(at_most=None):
        seen = Queries()
        with connection.execute_wrapper(seen):
            yield seen
        assert at_most is None or len(seen) <= at_most, repr(seen)

    return watch


@pytest.fixture
def matrix(db):
    """Roles, rights and positions as the product ships them; {code: Position}."""
    return factories.load_matrix()


@pytest.fixture
def house(matrix):
    """The usual bloc: {key: Unit}, see factories.HOUSE."""
    return factories.make_bloc()


@pytest.fixture
def head(house):
    """Who heads the women's union."""
    return factories.make_member(house["women"], "organization_head", "Nông Thị Thuyên")


@pytest.fixture
def officer(house):
    """Who works there."""
    return factories.make_member(house["women"], "officer", "Chẩu Thị Xoa")


@pytest.fixture
def site(client):
    """`site(user)` is a browser signed in as that person."""

    def enter(user):
        client.force_login(user)
        return client

    return enter
