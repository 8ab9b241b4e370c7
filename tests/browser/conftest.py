"""A real server (gunicorn), the demo, and Chromium; every page is watched for CSP violations and console errors."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import fasteners
import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from khoidan.accounts.models import User
from khoidan.core.database import database_url
from khoidan.dashboards.loading import demo

from .hands import PASSWORD, sign_in

ROOT = Path(__file__).resolve().parent.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
# Runs in each page before anything of the page does.
WATCH = """document.addEventListener('securitypolicyviolation',
    e => console.error('CSP', e.violatedDirective, e.blockedURI, e.sourceFile));"""
# A process of its own: the tests' own settings leave names without hashes.
COLLECT = "import khoidan.wsgi; from khoidan.core.serving import collect_static; collect_static()"
LONGEST = "test_every_page.py"
PATIENCE = 15_000  # milliseconds that a busy machine may take for what is otherwise at once

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop and the ORM share this thread
expect.set_options(timeout=PATIENCE)


def is_browser_test(item):
    return Path(__file__).parent in item.path.parents


@pytest.hookimpl(trylast=True)  # after pytest-django has put them in an order of its own
def pytest_collection_modifyitems(items):
    """Browser tests come last: what their server writes stays, and no other test of the worker may meet it.

    The longest come first of them: begun at the end, they would leave the other worker idle.
    """
    for item in filter(is_browser_test, items):
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db)  # makes the test database, and lets tests read it
    items.sort(key=lambda item: (is_browser_test(item), item.path.name != LONGEST))


OTHERS = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture(scope="session")
def na_hang(django_db_setup, django_db_blocker):
    """The Na Hang demo in this worker's database; its accounts share PASSWORD."""
    assert connection.settings_dict["NAME"].startswith("test_"), "never into a database that is not a test's own"
    with django_db_blocker.unblock():
        if not User.objects.demo().exists():  # --reuse-db
            demo.load(PASSWORD)


def own_database_url():
    """DATABASE_URL of this worker's test database, for the server's process."""
    parts = urlsplit(database_url())
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


@pytest.fixture(scope="session")
def site(na_hang, django_db_blocker):
    """Address of a gunicorn that serves the demo as `make run` would."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {"DATABASE_URL": own_database_url(), "FILES_ROOT": str(settings.FILES_ROOT)}
    env = os.environ | ours | {"HTTPS": "0", "DEBUG": "0"}
    with fasteners.InterProcessLock(ROOT / "var" / "collect.lock"):
        subprocess.run([sys.executable, "-c", COLLECT], cwd=ROOT, env=env, check=True)
    command = [sys.executable, "-m", "gunicorn", "khoidan.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    quiet = ["--no-control-socket", "--log-level", "error"]
    server = subprocess.Popen([*command, *quiet], cwd=ROOT, env=env)
    wait_for(f"http://127.0.0.1:{port}/healthz")
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=40)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(OTHERS)
        while cursor.fetchone()[0]:  # PostgreSQL notices a moment later that the server is gone
            time.sleep(0.1)
            cursor.execute(OTHERS)
        # Django keeps one connection for code beside a running event loop (Playwright's) and another for code
        # without one: whichever this is, nobody else would close it before the database is dropped.
        connection.close()


def wait_for(url, seconds=30):
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def base_url(site):
    return site


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "no Chromium: install it, or run pytest with -m 'not browser'"
    return {"executable_path": path, "args": FLAGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args(base_url):
    return {"base_url": base_url, "viewport": {"width": 1280, "height": 900}, "locale": "vi-VN"}


@pytest.fixture
def complaints():
    """What the browser complained about in the pages of this test; each test ends with none."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def new_page(new_context, complaints):
    """`new_page()`: a page in a browser of its own, watched; keywords go to the context."""

    def note(message):
        expected = "the server responded with a status of" in message.text  # an answer that the test asked for
        if message.type == "error" and not expected:
            complaints.append(f"{message.page.url}: {message.text}")

    def make(**kwargs):
        context = new_context(**kwargs)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        context.on("console", note)
        context.on("weberror", lambda error: complaints.append(f"{error.page.url}: {error.error}"))
        return context.new_page()

    return make


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def enter(new_page):
    """`enter("username")`: the home page of that account of the demo, in a browser of its own."""

    def enter(username, **kwargs):
        page = new_page(**kwargs)
        sign_in(page, username)
        return page

    return enter
