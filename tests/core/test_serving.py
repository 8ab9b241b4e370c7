"""Where `serve` listens, and what it refuses."""

import errno
import socket

import pytest
from django.core.management import CommandError, call_command

from khoidan.core.serving import is_loopback, why_not_bound


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
