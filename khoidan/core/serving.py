"""The web server of one machine: gunicorn behind a pid file, and what must be in place before it starts."""

import hashlib
import os
import signal
import socket
import sys
import time

import psutil
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from khoidan.core.local import VAR

PID = VAR / "gunicorn.pid"
COLLECTED = VAR / "static.stamp"
APPLICATION = "khoidan.wsgi:application"
GRACE = 35  # seconds; gunicorn itself gives a request 30


def command(host, port):
    """Of gunicorn. Sync workers: a threaded one never frees itself when hung."""
    options = {
        "--bind": f"{host}:{port}",
        "--workers": os.environ.get("WEB_CONCURRENCY", "2"),
        "--timeout": "30",
        "--pid": str(PID),
        "--log-level": "warning",
        "--forwarder-headers": "",  # no visitor says under which path the site lives
    }
    arguments = [word for pair in options.items() for word in pair]
    return [sys.executable, "-m", "gunicorn", APPLICATION, "--no-control-socket", *arguments]


def serve(host, port):
    """Becomes gunicorn, so does not return."""
    PID.unlink(missing_ok=True)
    os.execv(sys.executable, command(host, port))  # noqa: S606


def server_process():
    """The running gunicorn of this checkout, or None; a pid that now belongs to another program is not it."""
    try:
        process = psutil.Process(int(PID.read_text()))
        return process if "gunicorn" in " ".join(process.cmdline()) else None
    except (OSError, ValueError, psutil.Error):
        return None


def stop_server():
    """False when it was not running."""
    process = server_process()
    if process is None:
        return False
    process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.1)
    PID.unlink(missing_ok=True)
    return True


def why_not_bound(address, port):
    """None when the port can be had."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            return error
    return None


def collect_static():
    """True when something had changed since the last time."""
    state = _static_state()
    if COLLECTED.exists() and COLLECTED.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    COLLECTED.write_text(state)
    return True


def _static_state():
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = os.stat(storage.path(path))
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
