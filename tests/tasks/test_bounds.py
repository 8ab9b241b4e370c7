"""What acts on a task must not lead to, each found by trying: own dates moved, own work accepted, checks passed by."""

import pytest
from django.urls import reverse

from khoidan.core.errors import Refused
from khoidan.organizations.models import Capability, Event
from khoidan.staffing.models import Reach, Role, RoleGrant
from khoidan.tasks.models import Task
from tests.factories import appoint, day, fresh, make_member, make_person, make_task

WHY = {"reason": "Vì thế"}


@pytest.fixture
def deputy(house):
    return make_member(house["women"], "unit_deputy", "Hoàng Thị Sen")


def verbs(task):
    return list(Event.objects.about(task).order_by("pk").values_list("verb", flat=True))


# state, verb, what it is given: an act that must not begin there, though another one leads from there to the same state
SIDE_DOORS = [
    ("given", "accept", {}),
    ("doing", "accept", {}),
    ("checking", "begin", {}),
    ("done", "begin", {}),
    ("cancelled", "hand_back", WHY),
    ("checking", "hand_back", WHY),
    ("checking", "complete", {"result": "Xong"}),
    ("done", "send_back", WHY),
]


@pytest.mark.parametrize(("state", "verb", "typed"), SIDE_DOORS)
@pytest.mark.parametrize("checked", [True, False])
def test_no_act_uses_the_way_of_another(house, head, officer, state, verb, typed, checked):
    checker = head.person if checked else None
    task = make_task(house["women"], accountable=officer.person, checker=checker, state=state)
    with pytest.raises(Refused, match="đang ở trạng thái"):
        getattr(task, verb)(by=head if verb == "accept" else officer, **typed)
    task.refresh_from_db()
    assert (task.state, verbs(task)) == (state, [])


def test_a_checker_marks_nothing_done_that_nobody_handed_in(house, site, officer):
    checker = make_member(house["youth"], "officer")
    task = make_task(house["women"], accountable=officer.person, checker=checker.person, given=True)
    page = site(checker).post(reverse("tasks:task_acceptance", args=[task.pk]))
    assert page.context["form"].errors == {
        "__all__": ["Việc này đang ở trạng thái «đã giao» nên không làm bước này được."]
    }
    task.refresh_from_db()
    assert task.state == "given"


BINDING = ["decide", "reschedule", "cancel", "reassign", "change", "detach", "void"]


def permitted(user, task, actions):
    return [action for action in actions if task.permits(user, action)]


def test_what_somebody_else_gave_one_neither_alters_passes_on_nor_stops(house, head, officer):
    boss = make_member(house["bloc"], "bloc_head")
    task = make_task(house["women"], accountable=head.person, checker=officer.person, given=True, given_by=boss)
    assert permitted(head, task, BINDING) == []
    assert permitted(boss, task, BINDING) == BINDING
    Task.objects.filter(pk=task.pk).update(given_by=head)
    assert permitted(head, task, BINDING) == BINDING  # one's own word one may change
    assert not task.permits(head, "accept")  # but nobody checks own work


def test_handing_back_is_no_way_to_set_oneself_another_date(house, head, deputy):
    task = make_task(house["women"], accountable=deputy.person)
    task.give(by=head)
    task.hand_back(by=deputy, reason="Chưa rõ")
    assert permitted(deputy, task, ["change", "give", "void"]) == []
    assert "Việc do người khác giao thì người chủ trì (Hoàng Thị Sen) không tự làm bước này." in task.refusal("give")
    assert permitted(head, task, ["change", "give", "void"]) == ["change", "give", "void"]


CHANGES = ["change", "detach", "fan_out", "attach"]


def test_what_was_given_is_changed_by_who_directs_it_even_when_it_came_back(house, site, head, officer):
    """What binds somebody is not rewritten by a colleague, not even by who wrote it; who has a part may add files."""
    author, other = (make_member(house["women"], "officer") for _each in range(2))
    task = make_task(house["women"], accountable=officer.person, created_by=author)
    assert permitted(author, task, CHANGES) == permitted(other, task, CHANGES) == CHANGES
    task.give(by=head)
    task.hand_back(by=officer, reason="Chưa rõ")
    found = {name: permitted(user, task, CHANGES) for name, user in {"author": author, "other": other}.items()}
    assert found == {"author": [], "other": []}
    assert (permitted(officer, task, CHANGES), permitted(head, task, CHANGES)) == (["attach"], CHANGES)
    page = site(other).post(f"{task.get_absolute_url()}edit/", filled(house, version=task.version))
    assert page.status_code == 403
    assert "Nông Thị Thuyên" in page.content.decode()


def test_a_draft_never_given_binds_nobody(house, head):
    task = make_task(house["women"], accountable=head.person)
    assert permitted(head, task, ["change", "give", "void"]) == ["change", "give", "void"]
    assert "không tự làm bước này" not in task.refusal("give")


def test_being_private_opens_a_task_to_nobody(house, head, officer):
    """Whoever wrote or gave it reads it while they read its unit's work, as they would if it were not private."""
    author = make_member(house["women"], "officer", end=day(1))
    appoint(author.person, house["youth"], "officer")
    author = fresh(author)
    task = make_task(house["women"], accountable=officer.person, given=True, private=True, created_by=author)
    assert permitted(author, task, ["view"]) == ["view"]
    author.person.appointments.filter(unit=house["women"]).update(end=day())
    author = fresh(author)
    assert permitted(author, task, ["view"]) == []
    Task.objects.update(private=False)
    assert permitted(author, task, ["view"]) == []


def test_a_role_that_enters_work_without_reading_it_reads_nothing_private(house, officer):
    """The office may shape roles as it likes: rights on work without the right to read it do not see through."""
    role = Role.objects.get(code="observer")
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, reach=Reach.OWN, capability=capability)
        for capability in (Capability.ENTER_WORK, Capability.DIRECT_WORK)
    )
    odd = make_member(house["women"], "observer")
    tasks = [make_task(house["women"], accountable=officer.person, private=private) for private in (False, True)]
    acts = ["change", "give", "reassign"]
    assert [permitted(odd, task, acts) for task in tasks] == [acts, []]


@pytest.fixture
def family(house, head, officer):
    """A given task with a part in each of two organizations, given too."""
    parent = make_task(house["women"], "Việc chung", accountable=head.person, given=True)
    boss = make_member(house["bloc"], "bloc_head")
    parent.fan_out(by=boss, chosen=[(house[unit], officer.person) for unit in ("women", "youth")])
    return parent, list(parent.children.order_by("pk"))


def state(task):
    return Task.objects.get(pk=task.pk).state


def test_a_part_that_was_stopped_does_not_say_that_work_has_begun(family, head):
    parent, (one, two) = family
    one.cancel(by=head, **WHY)
    assert state(parent) == "given"
    two.begin(by=head)
    assert (state(parent), verbs(parent)) == ("doing", ["started"])


def test_a_parent_is_reopened_by_its_parts_alone(family, head, officer):
    parent, parts = family
    for part in parts:
        part.complete(by=officer)
    parent.refresh_from_db()
    with pytest.raises(Refused, match="mở lại việc con"):
        parent.reopen(by=head, **WHY)


def test_nothing_comes_to_life_below_what_was_stopped(family, site, head, officer):
    parent, (one, two) = family
    one.cancel(by=head, **WHY)
    two.void(by=head)
    parent.cancel(by=head, **WHY)
    told = "Việc chung của việc này đã dừng; cần mở lại việc chung trước."
    for part in (one, two):
        part.refresh_from_db()
    with pytest.raises(Refused, match=told):
        one.reopen(by=head, **WHY)
    boss = make_member(parent.bloc, "bloc_head")
    page = site(boss).post(f"{two.get_absolute_url()}restoration/", follow=True)
    assert [str(message) for message in page.context["messages"]] == [told]
    parent.reopen(by=head, **WHY)
    two.restore(by=head)
    assert (state(two), state(parent)) == ("given", "draft")


def test_a_part_is_not_restored_beside_the_one_made_in_its_place(family, site, officer):
    parent, (one, _two) = family
    boss = make_member(parent.bloc, "bloc_head")
    one.void(by=boss)
    parent.fan_out(by=boss, chosen=[(one.unit, officer.person)])
    page = site(boss).post(f"{one.get_absolute_url()}restoration/", follow=True)
    assert [str(message) for message in page.context["messages"]] == ["Đơn vị này đã có việc thuộc việc chung đó."]


def test_a_parent_given_after_its_parts_stands_where_they_stand(family, head, officer):
    parent, parts = family
    Task.objects.filter(pk=parent.pk).update(state="draft")
    for part in parts:
        part.complete(by=officer)
    parent.refresh_from_db()
    parent.give(by=head)
    assert (state(parent), verbs(parent)) == ("done", ["given", "completed"])


def test_who_helps_reads_a_private_task_and_who_helped_no_longer(house, officer):
    helper = make_member(house["youth"], "officer")
    task = make_task(house["women"], accountable=officer.person, given=True, private=True)
    task.helpers.add(helper.person)
    assert permitted(helper, task, ["view", "note", "complete"]) == ["view", "note"]
    task.helpers.clear()
    assert permitted(helper, task, ["view", "note"]) == []


# The gate's refusal stays known, however it was met.
def refused_once(task):
    """When the gate first refused the task; the acts on it say so once more at each try."""
    task.refresh_from_db()
    assert task.state == "draft"
    return task.unclear_at, verbs(task).count("stopped_at_gate")


def filled(house, **changes):
    typed = {
        "title": "Thăm gia đình",
        "unit": house["women"].pk,
        "deliverable": "",
        "address": "Thôn",
        "due": "31/12/2026",
    }
    return typed | changes


def test_the_first_refusal_by_the_gate_is_kept_through_giving_and_saving(house, site, head, officer):
    client = site(head)
    client.post("/tasks/new/", filled(house, accountable=officer.person.pk, _give="1"))
    task = Task.objects.get()
    first, tries = refused_once(task)
    assert (first is None, tries) == (False, 1)
    client.post(f"{task.get_absolute_url()}giving/")
    client.post(f"{task.get_absolute_url()}edit/", filled(house, version=task.version, _give="1"))
    assert refused_once(task) == (first, 3)
    changed = filled(house, version=task.version, accountable=officer.person.pk, deliverable="Báo cáo", _give="1")
    client.post(f"{task.get_absolute_url()}edit/", changed)
    task.refresh_from_db()
    assert (task.state, task.unclear_at) == ("given", first)
    task.hand_back(by=officer, **WHY)
    assert refused_once(task) == (first, 3)


def test_who_may_not_give_leaves_no_trace_at_the_gate(house, site, officer):
    site(officer).post("/tasks/new/", filled(house, _give="1"))
    assert refused_once(Task.objects.get()) == (None, 0)


@pytest.mark.parametrize("unseated", [True, False])
def test_the_gate_names_what_stopped_the_task(house, site, head, officer, unseated):
    person = make_person(house["women"]) if unseated else officer.person
    task = make_task(house["women"], accountable=person, address="")
    site(head).post(f"{task.get_absolute_url()}giving/")
    event = Event.objects.about(task).get()
    assert (event.actor, event.details) == (head, {"missing": ["place", *(["seat"] if unseated else [])]})
