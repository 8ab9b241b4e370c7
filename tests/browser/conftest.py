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
from django.db import connection

from khoidan.core.database import database_url
from khoidan.dashboards.loading import demo

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "suối-nguồn-bản-làng-47"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
# Runs in each page before anything of the page does.
WATCH = """document.addEventListener('securitypolicyviolation',
    e => console.error('CSP', e.violatedDirective, e.blockedURI, e.sourceFile));"""

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop and the ORM share this thread


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def na_hang(django_db_setup, django_db_blocker):
    """The Na Hang demo in this worker's database; its accounts share PASSWORD."""
    with django_db_blocker.unblock():
        demo.load(PASSWORD)
        yield


def own_database_url():
    """DATABASE_URL of this worker's test database, for the server's process."""
    parts = urlsplit(database_url())
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


@pytest.fixture(scope="session")
def site(na_hang):
    """Address of a gunicorn that serves the demo as `make run` would."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {"DATABASE_URL": own_database_url(), "HTTPS": "0", "DEBUG": "0"}
    with fasteners.InterProcessLock(ROOT / "var" / "collect.lock"):
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, cwd=ROOT, env=env, check=True)
    command = [sys.executable, "-m", "gunicorn", "khoidan.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    quiet = ["--no-control-socket", "--log-level", "error"]
    server = subprocess.Popen([*command, *quiet], cwd=ROOT, env=env)
    wait_for(f"http://127.0.0.1:{port}/healthz")
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=40)


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


@pytest.fixture(autouse=True)
def watched(context):
    """Fails the test on any console error, page error or CSP violation, but for the answers a test asks for."""
    complaints = []
    context.add_init_script(WATCH)

    def note(message):
        expected = "the server responded with a status of" in message.text
        if message.type == "error" and not expected:
            complaints.append(f"{message.page.url}: {message.text}")

    context.on("console", note)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield complaints
    assert complaints == []


@pytest.fixture
def step_in(page):
    """`step_in("username")`: sign in as one of the demo's accounts; gives the page."""

    def enter(username, *, on=page):
        on.context.clear_cookies()
        on.goto("/sign-in/")
        on.fill("#id_username", username)
        on.fill("#id_password", PASSWORD)
        on.click("main form button[type=submit] >> nth=0")
        on.wait_for_url(lambda url: "/sign-in/" not in url)
        return on

    return enter


def axe(page):
    """Violations of WCAG 2.0 to 2.2, A and AA, as short lines."""
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return [
        f"{v['id']}: {node['target'][0]} {node['failureSummary'].splitlines()[-1].strip()}"
        for v in found["violations"]
        for node in v["nodes"]
    ]


def overflow(page):
    """Pixels by which the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
