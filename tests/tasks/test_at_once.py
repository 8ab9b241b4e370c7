"""One task acted on by two people at once: done once, told once, and the second is told who was first."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.urls import reverse

from khoidan.organizations.models import Event
from khoidan.tasks.models import Progress, Task
from khoidan.tasks.models.rights import Rights
from tests.checks import beside, elsewhere, send
from tests.factories import day, load_matrix, make_bloc, make_member, make_task, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heads(transactional_db):
    load_matrix()
    unit = make_bloc()["women"]
    return [make_member(unit, "organization_head", name) for name in ("Nông Thị Hinh", "Lý Thị Lai")]


def acts(task):
    return list(Event.objects.about(task).values_list("verb", "actor_name"))


def both(task, heads, verb, name, data):
    """The first head does it, and the second asks for the same before that is written; the answer's status."""
    held = []

    def hold():
        return held.append(Task.objects.select_for_update().get(pk=task.pk))

    def then():
        return getattr(held[0], verb)(by=heads[0], **data)

    url = reverse(f"tasks:task_{name}", args=[task.pk])
    return beside(hold, then, lambda: send(heads[1], url, data))[0]


def test_a_task_given_twice_at_once_is_given_once(heads):
    task = make_task(heads[0].person.unit, accountable=heads[0].person)
    assert both(task, heads, "give", "giving", {}) == 302
    task.refresh_from_db()
    assert (task.state, task.given_by, acts(task)) == ("given", heads[0], [("given", "Nông Thị Hinh")])


def test_a_task_completed_twice_at_once_keeps_the_first_result(heads):
    task = make_task(heads[0].person.unit, accountable=heads[0].person, given=True)
    assert both(task, heads, "complete", "completion", {"result": "Xong"}) == 200
    task.refresh_from_db()
    assert (task.state, task.result, acts(task)) == ("done", "Xong", [("completed", "Nông Thị Hinh")])


WHY = {"reason": "Vì thế"}
LATER = {"due": day(20)}
FORMS = {  # verb: (name of its URL, what it is given)
    "complete": ("completion", {"result": "Xong"}),
    "cancel": ("cancellation", WHY),
    "accept": ("acceptance", {}),
    "send_back": ("return", WHY),
    "grant": ("extension_grant", LATER),
    "refuse": ("extension_refusal", WHY),
    "reschedule": ("rescheduling", {"due": day(30)} | WHY),
    "hand_back": ("handback", WHY),
    "begin": ("beginning", {}),
}
NOW = "Việc này đã chuyển sang «{}» (Nông Thị Hinh, lúc "
ANSWERED = "Không có đề nghị gia hạn nào đang chờ; có thể người khác vừa trả lời."
# state before, what the first does, what the second asks for meanwhile, what the second is told
CONFLICTS = [
    ("given", "complete", "cancel", NOW.format("hoàn thành")),
    ("given", "cancel", "complete", NOW.format("đã dừng")),
    ("given", "cancel", "cancel", NOW.format("đã dừng")),
    ("checking", "accept", "send_back", NOW.format("hoàn thành")),
    ("checking", "send_back", "accept", NOW.format("đang làm")),
    ("checking", "accept", "accept", NOW.format("hoàn thành")),
    ("checking", "cancel", "accept", NOW.format("đã dừng")),
    ("asking", "grant", "refuse", ANSWERED),
    ("asking", "refuse", "grant", ANSWERED),
    ("asking", "reschedule", "grant", ANSWERED),
    ("asking", "complete", "grant", ANSWERED),
]


@pytest.fixture
def worker(heads):
    return make_member(heads[0].person.unit, "officer", "Chẩu Thị Xoa")


def in_state(state, heads, worker):
    known = "given" if state == "asking" else state
    task = make_task(heads[0].person.unit, accountable=worker.person, state=known, given_by=heads[0])
    if state == "asking":
        task.ask(by=worker, due=day(20), reason="Chờ số liệu")
    return task


def meanwhile(task, act, user, name, data):
    """`act(task)` by who holds the task, while `user` posts to `name`: (status, errors of the form)."""
    held = []

    def hold():
        held.append(Task.objects.locked().get(pk=task.pk))

    sent = {key: written(value) if key == "due" else value for key, value in data.items()}
    url = reverse(f"tasks:task_{name}", args=[task.pk])
    status, form = beside(hold, lambda: act(held[0]), lambda: send(user, url, sent))
    return status, [text for texts in form.errors.values() for text in texts] if form else []


@pytest.mark.parametrize(("state", "first", "second", "told"), CONFLICTS)
def test_of_two_acts_at_once_one_happens_and_the_other_is_told(heads, worker, state, first, second, told):
    task = in_state(state, heads, worker)
    before = len(acts(task))
    name, data = FORMS[second]

    def win(held):
        getattr(held, first)(by=heads[0], **FORMS[first][1])

    status, errors = meanwhile(task, win, heads[1], name, data)
    assert (status, len(errors), errors[0][: len(told)]) == (200, 1, told)
    assert len(acts(task)) == before + 1


def test_who_is_no_longer_accountable_when_the_result_arrives_is_told(heads, worker):
    task, other = in_state("given", heads, worker), make_member(heads[0].person.unit, "officer", "Lý Thị Lai")

    def pass_on(held):
        held.reassign(by=heads[0], person=other.person, reason="Đổi việc")

    assert meanwhile(task, pass_on, worker, "completion", {"result": "Xong"}) == (403, [])
    task.refresh_from_db()
    assert (task.state, task.accountable, task.result) == ("given", other.person, "")


def test_a_result_that_arrives_first_keeps_its_person(heads, worker):
    task, other = in_state("given", heads, worker), make_member(heads[0].person.unit, "officer", "Lý Thị Lai")

    def finish(held):
        held.complete(by=worker, result="Xong")

    data = {"person": other.person.pk} | WHY
    told = "Chỉ chuyển người chủ trì của việc đã giao và chưa xong; việc nháp thì bấm Sửa."
    assert meanwhile(task, finish, heads[1], "reassignment", data) == (200, [told])
    task.refresh_from_db()
    assert (task.accountable, task.result, task.reassignments.count()) == (worker.person, "Xong", 0)


def test_one_note_sent_twice_at_once_is_one_note(heads, worker):
    task = in_state("given", heads, worker)
    data = {"text": "Đã gửi giấy mời", "percent": 30, "token": "6e9e7c0e-6f0c-4f0e-8a52-6a2f0f2f6d11"}

    def note(held):
        held.note(by=worker, **data)

    assert meanwhile(task, note, worker, "progress", data) == (302, [])
    assert [verb for verb, _who in acts(task)] == ["noted", "started"]
    assert Progress.objects.count() == 1


@pytest.fixture
def parts(heads, worker):
    """A given task and its two parts, each given."""
    parent = in_state("given", heads, worker)
    units = (parent.unit, parent.unit.children.get())
    return parent, [make_task(unit, accountable=worker.person, given=True, parent=parent) for unit in units]


def finish(part, by):
    with transaction.atomic():
        Task.objects.locked().get(pk=part.pk).complete(by=by, result="Xong")


def test_two_last_parts_completed_at_once_complete_the_parent_once(heads, worker, parts):
    parent, (one, two) = parts

    def first():
        Task.objects.locked().get(pk=one.pk).complete(by=worker, result="Xong")

    beside(first, lambda: None, lambda: finish(two, heads[0]))
    parent.refresh_from_db()
    assert (parent.state, acts(parent)) == ("done", [("completed", ""), ("started", "")])


def test_without_the_lock_on_the_parent_it_would_never_be_completed(heads, worker, parts, monkeypatch):
    """Negative control: each part sees the other unfinished, and nobody completes the parent."""
    parent, (one, two) = parts
    parent.begin(by=worker)
    monkeypatch.setattr(Task, "held_parent", lambda task: task.parent)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Task.objects.get(pk=one.pk).complete(by=worker, result="Xong")
        pool.submit(elsewhere, lambda: finish(two, heads[0])).result(timeout=20)
    parent.refresh_from_db()
    assert (parent.state, Task.objects.done().count()) == ("doing", 2)


def test_a_task_fanned_out_twice_at_once_has_one_part_in_a_unit(heads, worker):
    """The second finds the part of the first there, and makes none; both read how the parts stand."""
    boss, below = make_member(heads[0].person.bloc, "bloc_head"), heads[0].person.unit.children.get()
    parent = in_state("given", heads, worker)
    data = {f"unit_{below.pk}": "on", f"person_{below.pk}": worker.person.pk}

    def split(held):
        held.fan_out(by=heads[0], chosen=[(below, worker.person)])

    assert meanwhile(parent, split, boss, "fan_out", data) == (302, [])
    assert list(parent.children.values_list("created_by", flat=True)) == [heads[0].pk]


def test_a_part_that_somebody_else_is_at_work_on_is_left_to_them(heads, worker):
    """Who voids a draft part holds it and then waits for the whole, which is being given: neither waits for ever."""
    whole = make_task(heads[0].person.unit, accountable=worker.person)
    part = make_task(whole.unit, "Một phần", accountable=worker.person, parent=whole)
    held = []

    def void():
        with transaction.atomic():
            Task.objects.locked().get(pk=part.pk).void(by=heads[1])

    beside(
        lambda: held.append(Task.objects.locked().get(pk=whole.pk)),
        lambda: held[0].give(by=heads[0]),
        void,
    )
    part.refresh_from_db()
    assert (part.state, part.voided_at is None, acts(part)) == ("draft", False, [("voided", "Lý Thị Lai")])


def test_without_the_lock_both_acts_would_happen(heads, worker, monkeypatch):
    """Negative control: the second reads the task as it was, and both are written down as done."""
    task = in_state("checking", heads, worker)
    url = reverse("tasks:task_return", args=[task.pk])
    monkeypatch.setattr(Rights, "locked", lambda rows: rows)
    with ThreadPoolExecutor(1) as pool:
        seen = Task.objects.get(pk=task.pk)
        assert pool.submit(elsewhere, lambda: send(heads[1], url, WHY)).result(timeout=20)[0] == 302
        seen.accept(by=heads[0])
    assert [verb for verb, _who in acts(task)] == ["accepted", "sent_back"]
