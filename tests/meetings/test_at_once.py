"""Two secretaries at once, on two connections: one waits for the other, and neither loses anything."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from khoidan.meetings.models import AgendaItem, Conclusion, Meeting
from khoidan.meetings.models.meeting import MeetingQuerySet
from khoidan.tasks.models import Task
from tests.checks import beside, elsewhere, refused_by_database, send
from tests.factories import load_matrix, make_bloc, make_meeting, make_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db):
    """A unit with a meeting, and who writes its minutes."""
    load_matrix()
    unit = make_bloc()["women"]
    return make_meeting(unit), make_member(unit, "officer")


def post(user, name, args, data):
    return send(user, reverse(f"meetings:{name}", args=args), data)


def meanwhile(work, user, name, args, data):
    """Do `work` while the POST waits for the meeting that this transaction holds; what the POST answered."""

    def hold():
        return Meeting.objects.locked().get(pk=args[0])

    return beside(hold, work, lambda: post(user, name, args, data))


def conclude(meeting, text):
    return Conclusion.objects.create(meeting=meeting, number=Conclusion.next_number(meeting), text=text)


def test_two_conclusions_written_at_once_take_two_numbers(office):
    meeting, user = office
    status, _form = meanwhile(lambda: conclude(meeting, "Một"), user, "conclusion_new", [meeting.pk], {"text": "Hai"})
    assert status == 302
    assert list(meeting.conclusions.values_list("number", "text")) == [(1, "Một"), (2, "Hai")]


def test_without_the_lock_both_would_take_one_number(office):
    """Negative control: who does not hold the meeting meets the other's number in the database."""
    meeting, user = office
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        number = Conclusion.next_number(meeting)
        assert (
            pool.submit(elsewhere, lambda: post(user, "conclusion_new", [meeting.pk], {"text": "Hai"})).result()[0]
            == 302
        )
        with refused_by_database("conclusion_number_once"):
            Conclusion.objects.create(meeting=meeting, number=number, text="Một")


def test_who_waited_for_another_edit_is_told_of_it(office):
    meeting, user = office
    changed = {"title": "Tên mới", "version": meeting.version}

    def write():
        return Meeting.objects.filter(pk=meeting.pk).update(title="Tên của người trước")

    status, form = meanwhile(write, user, "meeting_edit", [meeting.pk], changed)
    assert (status, [c["theirs"] for c in form.conflicts if c["name"] == "title"]) == (200, ["Tên của người trước"])
    meeting.refresh_from_db()
    assert meeting.title == "Tên của người trước"


def test_who_waited_to_save_a_discussion_is_told_of_the_other(office):
    meeting, user = office
    item = AgendaItem.objects.create(meeting=meeting, title="Báo cáo")
    client = Client()
    client.force_login(user)
    version = client.get(meeting.get_absolute_url()).context["discussion"].initial["version"]

    def write():
        return AgendaItem.objects.filter(pk=item.pk).update(discussion="Bản trước")

    data = {"discussion": "Bản sau", "version": version}
    status, form = meanwhile(write, user, "item_discussion", [meeting.pk, item.pk], data)
    assert (status, form.conflicts[0]["mine"], form.conflicts[0]["theirs"]) == (200, "Bản sau", "Bản trước")


def test_items_moved_at_once_keep_their_order_whole(office):
    meeting, user = office
    items = [AgendaItem.objects.create(meeting=meeting, title=title, order=n) for n, title in enumerate("ABC", 1)]

    def move():
        return items[0].move(by=user, down=True)

    status, _form = meanwhile(move, user, "item_move", [meeting.pk, items[2].pk], {"to": "up"})
    assert status == 302
    assert list(meeting.agenda.values_list("title", "order")) == [("B", 1), ("C", 2), ("A", 3)]


def test_a_meeting_closed_meanwhile_takes_nothing_more(office):
    meeting, user = office

    def close():
        return Meeting.objects.get(pk=meeting.pk).close(by=user)

    status, _form = meanwhile(close, user, "conclusion_new", [meeting.pk], {"text": "Muộn rồi"})
    assert (status, meeting.conclusions.count()) == (403, 0)


@pytest.fixture
def conclusion(office):
    meeting, _user = office
    one = conclude(meeting, "Chuẩn bị đại hội")
    one.units.add(meeting.unit)
    return one


def task_of(conclusion, **fields):
    return {"title": "Chuẩn bị", "unit": conclusion.meeting.unit_id} | fields


def test_no_task_comes_of_a_conclusion_removed_meanwhile(office, conclusion):
    meeting, user = office

    def remove():
        return conclusion.remove(by=user)

    data, place = task_of(conclusion), [meeting.pk, conclusion.pk]
    status, _form = meanwhile(remove, user, "conclusion_task", place, data)
    assert (status, Task.objects.count()) == (404, 0)


def test_one_unit_is_given_a_conclusion_once(office, conclusion):
    meeting, user = office

    def give():
        return Task.objects.create(title="Của người trước", unit=meeting.unit, origin=conclusion)

    data, place = task_of(conclusion), [meeting.pk, conclusion.pk]
    status, form = meanwhile(give, user, "conclusion_task", place, data)
    assert (status, form.errors) == (200, {"unit": ["women đã có nhiệm vụ từ kết luận này."]})
    assert list(Task.objects.values_list("title", flat=True)) == ["Của người trước"]


def test_without_the_lock_a_task_would_come_of_nothing(office, conclusion, monkeypatch):
    """Negative control: the meeting is read, and the conclusion goes before the task is written."""
    meeting, user = office
    monkeypatch.setattr(MeetingQuerySet, "locked", lambda rows: rows)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        place = [meeting.pk, conclusion.pk]
        conclusion.remove(by=user)
        made = pool.submit(elsewhere, lambda: post(user, "conclusion_task", place, task_of(conclusion)))
        assert made.result(timeout=20)[0] == 302
    assert Task.objects.get().origin is None
