"""Where `serve` listens, and what it refuses."""

import errno
import http.client
import socket
import subprocess
import time

import pytest
from django.core.management import CommandError, call_command

from khoidan.core import serving
from khoidan.core.loopback import is_loopback
from khoidan.core.serving import why_not_bound


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("khoidan.example", False),
    ],
)
def test_loopback(address, loopback):
    assert is_loopback(address) is loopback


def test_a_taken_port_is_seen():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert why_not_bound("127.0.0.1", port).errno == errno.EADDRINUSE
    assert why_not_bound("127.0.0.1", port) is None


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", ""])
def test_a_port_is_a_number(monkeypatch, port):
    monkeypatch.setenv("KHOIDAN_PORT", port)
    with pytest.raises(CommandError, match="is not a port"):
        call_command("serve")


@pytest.fixture
def echo(monkeypatch, tmp_path):
    """The address of a server started as `serve` starts it, which answers with what it was told."""
    monkeypatch.setattr(serving, "APPLICATION", "wsgiref.simple_server:demo_app")
    monkeypatch.setattr(serving, "PID", tmp_path / "pid")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(serving.command("127.0.0.1", port), cwd=tmp_path)
    yield "127.0.0.1", port
    server.terminate()
    assert server.wait(20) == 0


def asked(address, headers):
    """What the server answers, once it listens."""
    for _time in range(100):
        connection = http.client.HTTPConnection(*address, timeout=10)
        try:
            connection.request("GET", "/tasks/", headers=headers)
            return connection.getresponse().read().decode()
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("the server does not listen")


def test_no_visitor_says_where_the_site_lives(echo):
    told = asked(echo, {"SCRIPT_NAME": "/tasks", "PATH_INFO": "/admin/"})
    assert "SCRIPT_NAME = ''" in told
    assert "PATH_INFO = '/tasks/'" in told
