"""Back-up, restore, reset and serving: the commands that people type, in a copy of the program beside this one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from psycopg2 import sql

from khoidan.core.database import database_url
from tests.files.makers import picture

ROOT = Path(__file__).resolve().parents[2]
OURS = {"DATABASE_URL", "KHOIDAN_EMBEDDED"}  # of the tests, not of the house
PATIENCE = 120  # seconds, on a busy machine
PICTURE = picture()
ATTACH = f"""
from django.core.files.base import ContentFile
from khoidan.files.models import Attachment
from khoidan.tasks.models import Task
for name in ("Sơ đồ.png", "Ảnh.png"):
    Attachment.objects.attach([ContentFile(bytes.fromhex("{PICTURE.hex()}"), name)], to=Task.objects.first(), by=None)
"""
EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


@pytest.fixture(scope="module")
def scratch():
    """Address of an empty database on the server of the tests."""
    name = "_".join([os.environ.get("KHOIDAN_TEST_DB", "khoidan"), "house", os.environ.get("PYTEST_XDIST_WORKER", "0")])
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    administrator = psycopg2.connect(database_url())
    administrator.autocommit = True
    with administrator.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield urlsplit(database_url())._replace(path=f"/{name}").geturl()
        cursor.execute(drop)
    administrator.close()


class House:
    """A copy of the program; called with words, it is `manage.py` with these."""

    def __init__(self, folder, **environment):
        self.folder, self.environment = folder, environment
        for part in ("khoidan", "templates", "fixtures"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        for part in ("static", "node_modules"):
            (folder / part).symlink_to(ROOT / part)
        shutil.copy(ROOT / "manage.py", folder)

    def __call__(self, *words, **more):
        process = self.start(*words, **more)
        try:
            said, complained = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.terminate()
            raise
        return subprocess.CompletedProcess(process.args, process.returncode, said, complained)

    def start(self, *words, **more):
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        command = [sys.executable, "manage.py", *words]
        return subprocess.Popen(command, cwd=self.folder, env=inherited | self.environment | more, text=True, **pipes)


@pytest.fixture(scope="module")
def program(scratch, tmp_path_factory):
    """A copy of the program with a var/ of its own, the demo and two files in it."""
    manage = House(tmp_path_factory.mktemp("house"), DATABASE_URL=scratch)
    for words in (["migrate", "--verbosity=0"], ["load_demo"], ["shell", "--no-imports", "-c", ATTACH]):
        done = manage(*words)
        assert done.returncode == 0, done.stderr
    return manage


@pytest.fixture(scope="module")
def archive(program, tmp_path_factory):
    """A back-up of all that is in it."""
    file = tmp_path_factory.mktemp("archive") / "house.tar"
    done = program("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def sums(url):
    """{table: checksum of its rows}."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = {}
        for [table] in cursor.fetchall():
            query = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
            cursor.execute(sql.SQL(query).format(sql.Identifier(table)))
            found[table] = cursor.fetchone()
    connection.close()
    return found


def files(program):
    """{path: content} of the files that people added."""
    root = program.folder / "var" / "files"
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def order(url, *statements):
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def triggers(url):
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2")
        return cursor.fetchall()


def test_what_was_thrown_away_comes_back(program, scratch, archive):
    before, guards, kept = sums(scratch), triggers(scratch), files(program)
    assert (len(kept), list(kept.values()).count(PICTURE)) == (4, 2)  # and those of the demo
    assert before["staffing_person"][0] > 0
    assert guards
    assert archive.stat().st_mode & 0o077 == 0
    assert program("reset", "--force").returncode == 0
    assert (sums(scratch), files(program)) == ({}, {})
    restored = program("restore", str(archive))

    assert restored.returncode == 0, restored.stderr
    assert sums(scratch) == before
    assert triggers(scratch) == guards
    assert files(program) == kept
    assert program("check_files").stdout == "==> 4 files, 0 troubles\n"


def test_a_restore_over_data_keeps_that_first(program, scratch, archive, tmp_path):
    assert program("shell", "--no-imports", "-c", ATTACH).returncode == 0
    assert len(files(program)) == 6
    program("restore", str(archive))
    assert len(files(program)) == 4
    [kept] = (program.folder / "var").glob("before-restore-*.tar")
    kept.rename(tmp_path / "kept.tar")
    assert program("restore", str(tmp_path / "kept.tar")).returncode == 0
    assert len(files(program)) == 6
    assert program("check_files").returncode == 0


def test_a_changed_file_in_the_archive_touches_nothing(program, scratch, archive, tmp_path):
    damaged, before = tmp_path / "damaged.tar", (sums(scratch), files(program))
    damaged.write_bytes(archive.read_bytes().replace(PICTURE, PICTURE[::-1], 1))
    refused = program("restore", str(damaged))
    assert refused.returncode == 1
    assert "not a whole back-up: damaged or lost: " in refused.stderr
    assert (sums(scratch), files(program)) == before


@pytest.mark.parametrize("share", [0, 0.3, 0.9])
def test_a_cut_file_touches_nothing(program, scratch, archive, tmp_path, share):
    whole, cut = archive.read_bytes(), tmp_path / "cut.tar"
    cut.write_bytes(whole[: int(len(whole) * share)])
    before = sums(scratch)

    refused = program("restore", str(cut))

    assert refused.returncode == 1
    assert "not a whole back-up" in refused.stderr or "not a back-up" in refused.stderr
    assert sums(scratch) == before


def test_a_backup_overwrites_nothing(program, tmp_path):
    taken = tmp_path / "house.tar"
    taken.write_text("mine")
    assert program("backup", str(taken)).returncode == 1
    assert taken.read_text() == "mine"


def test_the_demo_is_not_served_beyond_this_machine(program):
    refused = program("serve", KHOIDAN_ADDRESS="0.0.0.0", KHOIDAN_PORT="58123")
    assert refused.returncode == 1
    assert "it is not served on 0.0.0.0" in refused.stderr


def test_a_weak_secret_is_not_served(program):
    refused = program("serve", SECRET_KEY="short")
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: SECRET_KEY is too weak: 50 random characters or more are needed")
    code = ["-c", "import khoidan.wsgi"]
    given = os.environ | program.environment | {"SECRET_KEY": "a" * 60}
    web = subprocess.run([sys.executable, *code], cwd=program.folder, env=given, capture_output=True, text=True)
    assert "SECRET_KEY is too weak" in web.stderr


def test_a_backup_names_the_database_and_its_accounts(program, scratch, tmp_path):
    told = program("backup", str(tmp_path / "house.tar")).stdout
    name = urlsplit(scratch).path.strip("/")
    assert re.match(rf"==> Database {name} on \S.*: \d+ accounts, all of the demo\n", told)


def test_real_accounts_are_thrown_away_by_name_only(program, scratch, archive):
    name = urlsplit(scratch).path.strip("/")
    given = {"DJANGO_SUPERUSER_PASSWORD": "a long and real pass phrase"}
    made = program("createsuperuser", "--noinput", "--username=real", "--name=Real", **given)
    assert made.returncode == 0, made.stderr
    before = sums(scratch)
    for words in (["--force"], ["--force", "--confirm=khoidan"]):
        refused = program("reset", *words)
        assert refused.returncode == 1
        assert f"==> Database {name} on " in refused.stdout
        assert f"make reset CONFIRM={name}" in refused.stderr
        assert sums(scratch) == before
    assert program("reset", f"--confirm={name}").returncode == 0
    assert sums(scratch) == {}


def test_tables_of_somebody_else_are_no_demo(program, scratch):
    order(scratch, EMPTY, "CREATE TABLE parish (name text)")
    refused = program("reset", "--force")
    assert "tables that are not khoidan's" in refused.stdout
    assert refused.returncode == 1
    assert set(sums(scratch)) == {"parish"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["rebuild_grants"], "The tables of khoidan are not there"),
        (["load_preset", "commune-2025", "--place=x"], "The tables of khoidan are not there"),
        (["appoint", "x", "x", "x", "x"], "The tables of khoidan are not there"),
        (["backup", "x.tar"], "holds no tables of khoidan"),
    ],
)
def test_a_database_without_tables_is_told_in_one_line(program, scratch, words, sentence):
    order(scratch, EMPTY)
    refused = program(*words)
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_server_that_does_not_answer_is_told_in_one_line(program):
    refused = program("rebuild_grants", DATABASE_URL="postgres://khoidan:hidden@127.0.0.1:1/khoidan")
    assert refused.returncode == 1
    assert refused.stderr == "error: No database: nothing answers there: start PostgreSQL or correct DATABASE_URL.\n"


def test_a_reset_keeps_the_static_files(program, scratch):
    order(scratch, EMPTY)
    stamp = program.folder / "var" / "static.stamp"
    stamp.write_text("as before")
    assert program("reset", "--force").returncode == 0
    assert stamp.read_text() == "as before"
