"""Files of a record: by its rules, within the room of its unit, with their history."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from khoidan.core.errors import Refused
from khoidan.files.models import Attachment, FileQuota
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.checks import refused_by_database
from tests.factories import fresh, make_member, make_person, make_task
from tests.files.makers import office, picture, sent

pytestmark = pytest.mark.django_db


def may(user, action, attachment):
    return Attachment.objects.permitting(user, action).filter(pk=attachment.pk).exists()


def acts(task):
    return [(e.verb, e.actor_name, e.details["file"]) for e in Event.objects.about(task).order_by("pk")]


def test_what_is_kept_of_a_file(attach, task, worker, root):
    kept = attach("Báo cáo\u202e quý.docx", office("docx"))
    kept.refresh_from_db()
    assert (kept.name, kept.kind, kept.size) == ("Báo cáo quý.docx", "docx", len(office("docx")))
    assert (kept.unit, kept.bloc_id, kept.created_by, kept.target) == (task.unit, task.bloc_id, worker, task)
    assert len(kept.sha256) == 64
    assert (root / kept.file.name).read_bytes() == office("docx")
    assert "quý" not in kept.file.name
    assert acts(task) == [("file_added", "Lý Thị Lai", "Báo cáo quý.docx")]


def test_a_file_is_seen_with_its_record(attach, house, worker, head, helper, task):
    file = attach()
    seen = {
        "worker": worker,
        "head": head,
        "helper": helper,
        "observer": make_member(house["bloc"], "observer"),
        "colleague": make_member(house["office"], "officer"),
        "youth": make_member(house["youth"], "organization_head"),
    }
    assert {who for who, user in seen.items() if may(user, "view", file)} == {"worker", "head", "helper", "observer"}
    task.void(by=head)
    assert [may(user, "view", file) for user in seen.values()] == [False] * 6


def test_an_ended_seat_reads_no_file(attach, worker):
    file = attach()
    worker.person.appointments.update(end=timezone.localdate())
    assert not may(fresh(worker), "view", file)


def test_who_removes(attach, house, worker, head, helper):
    file, of_helper = attach(), attach(by=helper)
    officer = make_member(house["women"], "officer")
    people = {"worker": worker, "head": head, "helper": helper, "officer": officer}
    assert {who for who, user in people.items() if may(user, "void", file)} == {"worker", "head"}
    assert {who for who, user in people.items() if may(user, "void", of_helper)} == {"helper", "head"}


def test_a_finished_task_keeps_its_files(attach, task, worker, head):
    file = attach()
    task.complete(by=worker, result="Xong")
    assert [may(user, "void", file) for user in (worker, head)] == [False, False]
    assert "hoàn thành" in file.refusal("void")


def test_removed_and_brought_back(attach, task, worker, root):
    file = attach()
    file.void(by=worker)
    file.void(by=worker)
    assert (may(worker, "view", file), may(worker, "restore", file)) == (False, True)
    assert (root / file.file.name).exists()
    file.restore(by=worker)
    assert may(worker, "view", file)
    assert [verb for verb, *_rest in acts(task)] == ["file_added", "file_removed", "file_restored"]
    assert "Gỡ tệp: Ảnh.png" in [entry.what for entry in task.history()]


def test_no_row_is_deleted(attach):
    with refused_by_database("Cannot delete"):
        attach().delete()


def test_files_that_are_not_taken_store_nothing(task, worker, root):
    with pytest.raises(ValidationError, match="bao-cao.exe"):
        Attachment.objects.attach([sent("a.png", picture()), sent("bao-cao.exe", b"MZ")], to=task, by=worker)
    assert (Attachment.objects.count(), list(root.rglob("*"))) == (0, [])


def test_the_room_of_a_unit(attach, house, task, worker):
    used = attach().size
    FileQuota.objects.create(unit=task.unit, megabytes=1)
    noisy = office("docx", word__media__a=b"", **{"word__media__b": bytes(range(256)) * 4})
    attach("b.docx", noisy)
    Attachment.objects.filter(name="Ảnh.png").update(size=2**20 - len(noisy) - used + 1)
    with pytest.raises(Refused) as refusal:
        attach("c.png")
    assert str(refusal.value).startswith("women đã dùng 1.023,9\xa0KB trong 1,0\xa0MB dành cho tệp")
    assert Attachment.objects.count() == 2
    attach("c.png", to=make_task(house["office"]))  # another unit has its own room


def test_the_same_form_sent_twice_keeps_each_file_once(task, worker, head):
    token = Task.objects.get(pk=task.pk).token

    def send(by, *names):
        return Attachment.objects.attach([sent(name, picture()) for name in names], to=task, by=by, token=token)

    assert [file.name for file in send(worker, "a.png", "b.png", "a.png")] == ["a.png", "b.png"]
    assert [file.name for file in send(worker, "a.png", "c.png")] == ["c.png"]
    assert [file.name for file in send(head, "a.png")] == ["a.png"]


def test_files_of_a_private_task(house, head, root):
    worker = make_member(house["office"], "officer")
    task = make_task(house["women"], accountable=worker.person, given=True, private=True)
    file = Attachment.objects.attach([sent("a.png", picture())], to=task, by=worker)[0]
    officer = make_member(house["women"], "officer")
    outsider = make_person(house["women"]).user
    assert [may(user, "view", file) for user in (worker, head, officer, outsider)] == [True, True, False, False]
