"""Files on the disk: there for good once acknowledged, and none without a record."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.http import HttpResponse

from khoidan.core import durable
from khoidan.files.middleware import no_orphans
from khoidan.files.models import Attachment
from khoidan.files.storage import DurableStorage
from tests.files.makers import picture, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def orders(monkeypatch, root):
    """What the system was asked to make durable, in this order: (order, path below the folder above the root)."""
    noted, fsync, replace = [], os.fsync, os.replace

    def noted_fsync(descriptor):
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        noted.append(("fsync", path.relative_to(root.parent).as_posix()))
        fsync(descriptor)

    def noted_replace(source, target):
        noted.append(("rename", Path(target).relative_to(root.parent).as_posix()))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    return noted


def test_the_content_is_forced_to_the_disk_before_the_name_and_the_folders_after(orders, root):
    name = DurableStorage().save(durable.new_name(), ContentFile(b"x"))
    content, *rest = orders
    assert content[0] == "fsync"
    assert content[1].startswith(f"files/{durable.INCOMING}/")
    first, second, _last = name.split("/")
    folders = [f"files/{first}/{second}", f"files/{first}", "files", "."]
    assert rest == [("rename", f"files/{name}"), *(("fsync", folder) for folder in folders)]
    assert list((root / durable.INCOMING).iterdir()) == []


def test_the_usual_storage_forces_nothing(orders, root):
    """The negative control of the test above."""
    FileSystemStorage(location=root).save("a", ContentFile(b"x"))
    assert [order for order, _path in orders if order == "fsync"] == []


def test_only_the_server_reads_the_folder(root):
    name = DurableStorage().save(durable.new_name(), ContentFile(b"x"))
    ways = [root / name, *(folder for folder in (root / name).parents if root in (folder, *folder.parents))]
    assert [path.stat().st_mode & 0o077 for path in ways] == [0] * 4
    with pytest.raises(ValueError, match="no address"):
        DurableStorage().url(name)


def test_a_write_that_fails_leaves_nothing(root):
    def chunks():
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        durable.write(root, durable.new_name(), chunks())
    assert [path for path in root.rglob("*") if path.is_file()] == []


def request_that(fails, task, worker):
    """A view that hangs a file on `task` in a transaction, behind the middleware."""

    def view(request):
        try:
            with transaction.atomic():
                Attachment.objects.attach([sent("a.png", picture())], to=task, by=worker)
                if fails:
                    raise RuntimeError
        except RuntimeError:
            return HttpResponse(status=500)
        return HttpResponse()

    return view


@pytest.mark.parametrize(("fails", "left"), [(True, 0), (False, 1)])
def test_no_file_outlives_its_rolled_back_row(root, task, worker, fails, left):
    no_orphans(request_that(fails, task, worker))(None)
    assert (len(durable.names(root)), Attachment.objects.count()) == (left, left)


def test_without_the_middleware_the_file_stays(root, task, worker):
    """The negative control."""
    request_that(True, task, worker)(None)
    assert (len(durable.names(root)), Attachment.objects.count()) == (1, 0)


def age(path):
    os.utime(path, (0, 0))
    return path


def told(capsys):
    """The exit of check_files and what it printed."""
    try:
        call_command("check_files")
    except CommandError:
        return 1, capsys.readouterr().out.splitlines()
    return 0, capsys.readouterr().out.splitlines()


def test_check_files_finds_what_is_wrong(root, attach, capsys):
    lost, changed, good = attach("1.png"), attach("2.png"), attach("3.png")
    good.void(by=good.created_by)  # stays on the disk
    assert told(capsys) == (0, ["==> 3 files, 0 troubles"])

    (root / lost.file.name).unlink()
    (root / changed.file.name).write_bytes(b"another content")
    orphan, young = (DurableStorage().save(durable.new_name(), ContentFile(b"x")) for _ in range(2))
    age(root / orphan)
    half = age(durable_part(root, "half"))
    fresh_half = durable_part(root, "coming in")
    (root / "README").write_text("not ours")

    code, lines = told(capsys)
    assert code == 1
    assert lines == [
        "swept: half, left half written",
        f"changed: {changed.file.name}",
        f"missing: {lost.file.name}",
        f"without a record: {orphan}",
        "==> 3 files, 3 troubles",
    ]
    assert [path.exists() for path in (half, fresh_half, root / young, root / "README")] == [False, True, True, True]


def durable_part(root, name):
    path = root / durable.INCOMING / name
    path.write_bytes(b"x")
    return path
