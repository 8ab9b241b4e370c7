"""The embedded PostgreSQL of a house that has no other: who may make it, and when it stops."""

import socket
import tempfile
from pathlib import Path

import pytest

from tests.core.test_archive import House

WAITING = ["shell", "-c", "print('here', flush=True); input()"]


@pytest.fixture(scope="module")
def alone():
    """A house without DATABASE_URL and without a cluster, where the system user of PostgreSQL gets to, too."""
    with tempfile.TemporaryDirectory(prefix="khoidan-") as folder:
        house = House(Path(folder))
        yield house
        house("stop")


@pytest.fixture(scope="module")
def settled(alone):
    """The same with tables in its own cluster."""
    done = alone("migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    return alone


def cluster(house):
    return house.folder / "var" / "postgres"


def runs(house):
    return (cluster(house) / "postmaster.pid").exists()


@pytest.mark.parametrize("words", [["backup", "x.tar"], ["rebuild_grants"], ["check"], ["createsuperuser"]])
def test_only_what_fills_a_database_makes_one(alone, words):
    refused = alone(*words)
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: There is no database: DATABASE_URL is not set")
    assert refused.stderr.count("\n") == 1
    assert not cluster(alone).exists()


def test_a_command_stops_the_server_that_it_started(settled):
    assert cluster(settled).exists()
    assert not runs(settled)


def test_a_refused_start_leaves_nothing_running(settled):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = settled("serve", KHOIDAN_PORT=str(taken.getsockname()[1]))
    assert "is taken by another program" in refused.stderr
    assert not runs(settled)


def test_the_server_stays_for_who_still_uses_it(settled):
    first = settled.start(*WAITING)
    assert first.stdout.readline()
    second = settled("check")
    assert second.returncode == 0, second.stderr
    assert runs(settled)
    third = settled.start(*WAITING)
    assert third.stdout.readline()
    first.communicate("\n")
    assert runs(settled)
    third.communicate("\n")
    settled("stop")


def test_a_backup_says_that_it_is_the_embedded_one(settled, tmp_path):
    told = settled("backup", str(tmp_path / "house.tar"))
    assert told.stdout.startswith("==> Database khoidan, embedded in var/postgres: 0 accounts\n"), told.stderr
    assert not runs(settled)


def test_a_cluster_that_cannot_start_is_thrown_away_by_name(settled):
    (cluster(settled) / "PG_VERSION").write_text("9\n")
    refused = settled("reset", "--force")
    assert "another version of PostgreSQL" in refused.stdout
    assert "make reset CONFIRM=khoidan" in refused.stderr
    assert cluster(settled).exists()
    assert settled("reset", "--confirm=khoidan").returncode == 0
    assert not cluster(settled).exists()
