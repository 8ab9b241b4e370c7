"""Two uploads at once share the room of their unit; two of the same form are one."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from khoidan.core.errors import Refused
from khoidan.files.models import Attachment, FileQuota
from tests.checks import beside, elsewhere
from tests.factories import load_matrix, make_bloc, make_member, make_task
from tests.files.makers import office, sent

pytestmark = pytest.mark.django_db(transaction=True)
MOST = office("docx", word__media__a=random.Random(1).randbytes(600 * 1024))  # of a room of one megabyte


@pytest.fixture
def both(transactional_db, settings, tmp_path):
    """A task, and two people who may add files to it."""
    settings.FILES_ROOT = tmp_path / "files"
    load_matrix()
    unit = make_bloc()["women"]
    people = [make_member(unit, "organization_head", name) for name in ("Nông Thị Hinh", "Lý Thị Lai")]
    task = make_task(unit, accountable=people[0].person, given=True)
    FileQuota.objects.create(unit=unit, megabytes=1)
    return task, people


def add(task, user, token=None):
    """Hang a file on the task that takes more than half of the room; how many were kept, or what was said."""
    try:
        with transaction.atomic():
            return len(Attachment.objects.attach([sent("a.docx", MOST)], to=task, by=user, token=token))
    except Refused as refusal:
        return str(refusal)


def room(task):
    return Attachment.objects.bytes_of(task.unit_id)


def test_the_second_of_two_at_once_is_told_that_there_is_no_room(both):
    task, (first, second) = both
    told = beside(lambda: add(task, first), lambda: None, lambda: add(task, second))
    assert told.startswith("women đã dùng 600,8")
    assert room(task) == len(MOST)


def test_the_same_form_twice_at_once_is_one(both):
    task, (first, _second) = both
    assert beside(lambda: add(task, first, task.token), lambda: None, lambda: add(task, first, task.token)) == 0
    assert room(task) == len(MOST)


def test_other_work_of_the_unit_does_not_wait(both):
    """A task is made while a file is coming in: the room is held, references to the unit are not."""
    task, (first, _second) = both
    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        add(task, first)
        made = pool.submit(elsewhere, lambda: make_task(task.unit).pk)
        assert made.result(timeout=20)
