"""One task to many units: a part for each with its own person, and a whole that is done when they are."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from khoidan.core.errors import Refused
from khoidan.organizations.models import Event, Unit
from khoidan.tasks.models import Task
from tests.checks import refused_by_database
from tests.factories import appoint, day, fresh, make_member, make_person, make_task, make_unit, written
from tests.reading import text_of


@pytest.fixture
def head(house):
    return make_member(house["bloc"], "bloc_head", "Hoàng Đình Khuê")


@pytest.fixture
def chairs(house):
    """{key: person} at the head of two organizations; the youth union has nobody else."""
    people = {key: make_person(house[key], f"Chủ tịch {key}") for key in ("women", "youth")}
    for key, person in people.items():
        appoint(person, house[key], "chu-tich" if key == "women" else "bi-thu")
    return people


@pytest.fixture
def whole(house, head):
    return make_task(house["office"], "Tổng kết năm", accountable=head.person)


def parts(task):
    """{unit: (state, person)} of the live parts."""
    rows = task.children.live().select_related("unit", "accountable")
    return {part.unit.name: (part.state, part.accountable and part.accountable.name) for part in rows}


def spread(task, head, house, people):
    task.fan_out(by=head, chosen=[(house[key], person) for key, person in people.items()])
    task.refresh_from_db()
    return {part.unit.name: part for part in task.children.select_related("unit", "accountable")}


def test_each_unit_gets_a_task_that_counts_for_it_and_is_given(house, head, chairs, whole):
    made = spread(whole, head, house, chairs)
    assert parts(whole) == {"women": ("given", "Chủ tịch women"), "youth": ("given", "Chủ tịch youth")}
    assert whole.state == "given"
    assert list(made["women"].organizations.all()) == [house["women"]]
    assert (made["women"].deliverable, made["women"].due, made["women"].address) == (
        whole.deliverable,
        whole.due,
        whole.address,
    )
    spread(whole, head, house, chairs)
    assert len(parts(whole)) == 2


def test_a_part_that_is_not_clear_waits_and_the_gate_remembers_it(house, head, chairs, whole):
    spread(whole, head, house, chairs | {"youth": None})
    assert parts(whole) == {"women": ("given", "Chủ tịch women"), "youth": ("draft", None)}
    assert whole.children.get(unit=house["youth"]).unclear_at is not None


def test_an_unclear_whole_hands_nothing_down_but_drafts_may_wait_for_who_gives(house, head, chairs, whole):
    officer = make_member(house["women"], "officer")
    draft = make_task(house["women"], accountable=officer.person)
    draft.fan_out(by=officer, chosen=[(house["women_branch"], None)])
    assert (draft.state, parts(draft)) == ("draft", {"women_branch": ("draft", None)})


def test_the_whole_begins_ends_and_opens_again_with_its_parts(house, head, chairs, whole):
    made = spread(whole, head, house, chairs)
    for key, states in {"women": ("doing", "doing"), "youth": ("doing", "done")}.items():
        made[key].begin(by=chairs[key].user)
        whole.refresh_from_db()
        assert whole.state == states[0]
        made[key].complete(by=chairs[key].user, result="Xong")
        whole.refresh_from_db()
        assert whole.state == states[1]
    made["youth"].refresh_from_db()
    made["youth"].reopen(by=head, reason="Thiếu")
    whole.refresh_from_db()
    assert (whole.state, whole.completed_on) == ("doing", None)
    assert list(Event.objects.about(whole).order_by("pk").values_list("verb", flat=True)) == [
        "given",
        "started",
        "completed",
        "reopened",
    ]


def test_the_whole_came_when_the_last_part_was_handed_in_however_long_a_check_took(house, head, chairs, whole):
    whole.give(by=head)
    made = spread(whole, head, house, chairs)
    second = make_member(house["office"], "officer", "Hứa Thị Nga")
    for key, after in (("women", 1), ("youth", 3)):
        with time_machine.travel(timezone.now() + timedelta(after), tick=False):
            made[key].change_checker(by=head, person=second.person, reason="Cần xem lại")
            made[key].complete(by=fresh(chairs[key].user), result="Đủ")
    with time_machine.travel(timezone.now() + timedelta(9), tick=False):
        for part in made.values():
            part.accept(by=fresh(second))
    whole.refresh_from_db()
    assert (whole.state, whole.completed_on, whole.was_late) == ("done", day(3), False)


def test_nobody_accepts_a_whole_of_which_they_did_a_part(house, head, chairs, whole):
    doer = make_member(house["office"], "officer", "Hứa Thị Nga")
    whole.give(by=head)
    whole.change_checker(by=head, person=chairs["women"], reason="Người ngoài văn phòng")
    made = spread(whole, head, house, chairs | {"youth": doer.person})
    for part in made.values():
        part.complete(by=fresh(part.accountable.user), result="Đủ")
        if part.state == "checking":  # by who has the other part
            part.accept(by=head)
    whole.refresh_from_db()
    with pytest.raises(Refused, match="Người đã làm một phần"):
        whole.accept(by=fresh(chairs["women"].user))
    whole.accept(by=make_member(house["bloc"], "unit_deputy", "Hoàng Thị Duyến"))
    assert whole.state == "done"


def test_a_part_of_what_is_private_is_not_made_public(house, site, head, chairs, whole):
    whole.give(by=head)
    made = spread(whole, head, house, chairs)
    whole.private = True
    whole.save(update_fields=["private"])
    whole.changed(by=head)
    part = made["women"]
    url = reverse("tasks:task_edit", args=[part.pk])
    form = site(head).get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    answer = site(head).post(url, typed | {"private": ""})
    assert answer.context["form"].errors == {"private": ["Việc chung là việc riêng nên phần này cũng là việc riêng."]}
    part.refresh_from_db()
    assert part.private


def test_a_part_that_was_voided_comes_back_private_under_what_is_private(house, head, chairs, whole):
    made = spread(whole, head, house, chairs | {"youth": None})
    made["youth"].void(by=head)
    whole.private = True
    whole.save(update_fields=["private"])
    whole.changed(by=head)
    part = Task.objects.get(pk=made["youth"].pk)
    part.restore(by=head)
    part.refresh_from_db()
    assert (part.voided_at, part.private) == (None, True)


def test_voiding_ones_part_does_not_make_one_a_second_person(house, head, chairs, whole):
    whole.give(by=head)
    deputy = make_member(house["bloc"], "unit_deputy", "Hoàng Thị Duyến")
    whole.change_checker(by=head, person=chairs["women"], reason="Người ngoài văn phòng")
    made = spread(whole, head, house, chairs)
    made["women"].complete(by=fresh(chairs["women"].user), result="Đủ")
    made["youth"].complete(by=deputy, result="Báo hộ")
    made["youth"].accept(by=head)  # the check of it is with who has the other part
    made["women"].refresh_from_db()
    made["women"].void(by=head)
    whole.refresh_from_db()
    assert whole.state == "checking"
    for user in (fresh(chairs["women"].user), deputy):  # did a part, handed one in
        with pytest.raises(Refused, match="Người đã làm một phần"):
            whole.accept(by=user)
        assert not whole.permits(user, "accept")
    whole.accept(by=make_member(house["bloc"], "unit_deputy", "Lý Thị Lai"))


def test_a_part_given_up_late_is_no_way_to_have_been_in_time(house, head, chairs, whole):
    whole.give(by=head)
    made = spread(whole, head, house, chairs)
    made["women"].complete(by=head, result="Xong")
    with time_machine.travel(timezone.now() + timedelta(9), tick=False):
        made["youth"].cancel(by=head, reason="Không làm kịp")
    whole.refresh_from_db()
    assert (whole.state, whole.completed_on, whole.was_late) == ("done", day(9), True)


def test_voiding_a_part_that_held_the_whole_can_be_undone(house, head, chairs, whole):
    whole.give(by=head)
    made = spread(whole, head, house, chairs)
    made["women"].complete(by=head, result="Xong")
    made["youth"].void(by=head)
    whole.refresh_from_db()
    assert (whole.state, whole.completed_on) == ("done", day())
    Task.objects.get(pk=made["youth"].pk).restore(by=head)
    whole.refresh_from_db()
    assert (whole.state, whole.completed_on) == ("doing", None)


def test_what_was_done_by_itself_stays_done_whatever_becomes_of_its_parts(house, head, chairs, whole):
    whole.give(by=head)
    made = spread(whole, head, house, {"youth": None})
    made["youth"].void(by=head)
    whole.refresh_from_db()
    whole.complete(by=head, result="Xong")
    with pytest.raises(Refused, match="Việc chung của việc này đã hoàn thành"):
        Task.objects.get(pk=made["youth"].pk).restore(by=head)
    whole.refresh_from_db()
    assert (whole.state, whole.completed_on) == ("done", day())


def test_voiding_the_last_part_of_what_is_done_leaves_it_done(house, head, chairs, whole):
    whole.give(by=head)
    made = spread(whole, head, house, {"women": chairs["women"]})
    made["women"].complete(by=head, result="Xong")
    made["women"].refresh_from_db()
    made["women"].void(by=head)
    whole.refresh_from_db()
    assert (whole.state, whole.completed_on) == ("done", day())


def test_who_moves_the_whole_hears_which_parts_are_due_after_it(house, head, chairs, whole, site):
    whole.give(by=head)
    spread(whole, head, house, chairs)
    typed = {"due": written(day(3)), "reason": "Họp sớm"}
    answer = site(head).post(reverse("tasks:task_rescheduling", args=[whole.pk]), typed, follow=True)
    due = written(day(7))
    assert [str(message) for message in answer.context["messages"]] == [
        "Đã đổi hạn «Tổng kết năm».",
        f"Lưu ý: việc con có hạn sau hạn này: women ({due}), youth ({due}).",
    ]


def test_a_stopped_part_is_not_waited_for(house, head, chairs, whole):
    made = spread(whole, head, house, chairs)
    made["women"].complete(by=head, result="Xong")
    made["youth"].cancel(by=head, reason="Đoàn làm riêng")
    whole.refresh_from_db()
    assert whole.state == "done"


def test_the_whole_is_neither_finished_nor_stopped_nor_handed_back_over_its_parts(house, head, chairs, whole):
    made = spread(whole, head, house, chairs)
    for act in (
        lambda: whole.complete(by=head, result="Xong"),
        lambda: whole.cancel(by=head, reason="x"),
        lambda: whole.hand_back(by=head, reason="x"),
        lambda: made["women"].fan_out(by=head, chosen=[]),
    ):
        with pytest.raises(Refused):
            act()
    with refused_by_database("is not done before its children"):
        Task.objects.filter(pk=whole.pk).update(state="done", completed_at=whole.given_at, completed_on=day())
    with refused_by_database("task_one_child_a_unit"):
        Task.objects.create(parent=whole, unit=house["women"], title="Hai lần")


@pytest.mark.parametrize("act", ["cancel", "void"])
def test_a_part_that_nobody_was_given_holds_the_whole_against_nobody(house, act):
    """Who does the work could otherwise keep it from being stopped, by a draft where its giver has no say."""
    giver = make_member(house["women"], "organization_head")
    does = make_member(house["women"], "unit_deputy")
    appoint(does.person, house["committee"], "officer")
    task = make_task(house["women"], accountable=does.person)
    task.give(by=giver)
    task.fan_out(by=fresh(does), chosen=[(house["committee"], does.person)])
    part = task.children.get()
    assert (part.state, part.permits(giver, "void"), task.permits(giver, act)) == ("draft", False, True)
    getattr(task, act)(by=giver, reason="Thôi")
    part.refresh_from_db()
    told = Event.objects.about(part).order_by("pk").values_list("verb", "actor", "reason")
    assert list(told) == [("created", does.pk, ""), ("voided", giver.pk, "Việc chung đã dừng.")]
    assert (part.voided_at is None, task.open_children().count()) == (False, 0)


def page_of(suffix, task):
    return reverse(f"tasks:task_{suffix}", args=[task.pk])


def page(task):
    return page_of("fan_out", task)


def test_the_page_proposes_the_heads_and_offers_only_units_one_may_enter(house, head, chairs, whole, site):
    form = site(head).get(page(whole)).context["form"]
    assert [unit.name for unit, _box, _person in form.rows] == ["committee", "women", "youth"]
    assert {unit.name: person.value() for unit, _box, person in form.rows} == {
        "committee": None,
        "women": chairs["women"].pk,
        "youth": chairs["youth"].pk,
    }
    chair = make_member(house["women"], "organization_head")
    own = make_task(house["women"], accountable=chair.person)
    form = site(chair).get(page(own)).context["form"]
    assert [unit.name for unit, _box, _person in form.rows] == ["women_branch"]


def test_what_is_sent_is_done_once_and_told(house, head, chairs, whole, site):
    client = site(head)
    sent = {f"unit_{house[key].pk}": "on" for key in chairs}
    sent |= {f"person_{house['women'].pk}": chairs["women"].pk, f"person_{house['youth'].pk}": ""}
    for _click in range(2):
        answer = client.post(page(whole), sent, follow=True)
        told = [str(message) for message in answer.context["messages"]]
        assert told == [
            "«Tổng kết năm»: đã giao 1 đơn vị, còn là nháp 1.",
            "Còn là nháp: youth (Rõ người: một người chủ trì).",
        ]
    assert parts(whole) == {"women": ("given", "Chủ tịch women"), "youth": ("draft", None)}
    assert [task.unit.name for task in answer.context["children"]] == ["women", "youth"]
    empty = client.post(page(whole), {}).context["form"]
    assert empty.non_field_errors() == ["Hãy chọn ít nhất một đơn vị."]
    assert empty.anchor == f"id_unit_{house['committee'].pk}"


def test_units_and_people_that_were_not_offered_are_not_taken(house, head, chairs, whole, site):
    stranger = make_person(house["women"], "Người đã nghỉ")
    sent = {f"unit_{house['women_branch'].pk}": "on", f"unit_{house['women'].pk}": "on"}
    form = site(head).post(page(whole), sent | {f"person_{house['women'].pk}": stranger.pk}).context["form"]
    assert list(form.errors) == [f"person_{house['women'].pk}"]
    assert parts(whole) == {}


def test_a_hundred_units_at_a_time_and_not_one_more(house, head, whole):
    units = [make_unit(f"Tổ {number}", "branch", house["women"]) for number in range(101)]
    with pytest.raises(Refused, match="Bạn chọn 101 đơn vị; mỗi lần giao nhiều nhất 100 đơn vị."):
        whole.fan_out(by=head, chosen=[(unit, None) for unit in units])
    assert (whole.state, parts(whole)) == ("draft", {})
    whole.fan_out(by=head, chosen=[(unit, None) for unit in units[:100]])
    assert len(parts(whole)) == 100


def ways(answer):
    """Where the checklist of a page leads."""
    return [url for _label, clear, url in answer.context["checklist"] if url and not clear]


def test_an_unclear_draft_is_mended_from_the_page_that_would_spread_it(house, head, chairs, site):
    draft = make_task(house["office"], "Tổng kết", accountable=head.person, due=None, address="")
    client, url = site(head), page_of("edit", draft)
    answer = client.get(page(draft))
    assert ways(answer) == [f"{url}?back=fan-out#id_address", f"{url}?back=fan-out#id_due"]
    assert 'name="unit_' not in text_of(answer)
    refused = client.post(page(draft), {f"unit_{house['women'].pk}": "on"})
    assert "Chưa giao được, còn thiếu" in refused.context["form"].non_field_errors()[0]
    assert (len(ways(refused)), 'name="unit_' in text_of(refused)) == (2, True)
    form = client.get(f"{url}?back=fan-out")
    assert form.context["cancel_url"] == page(draft)
    sent = {name: form.context["form"][name].value() or "" for name in ("title", "deliverable", "unit", "accountable")}
    sent |= {"address": "Hội trường", "due": written(day(9)), "version": form.context["form"]["version"].value()}
    answer = client.post(f"{url}?back=fan-out", sent, follow=True)
    assert answer.redirect_chain == [(page(draft), 302)]
    assert (answer.context["checklist"], 'name="unit_' in text_of(answer)) == ([], True)


def test_who_may_not_give_spreads_drafts_that_are_not_clear(house, site):
    officer = make_member(house["women"], "officer")
    appoint(officer.person, house["youth"], "officer")
    draft = make_task(house["women"], due=None)
    answer = site(fresh(officer)).get(page(draft))
    assert ([unit.name for unit, _box, _person in answer.context["form"].rows], ways(answer)) == (["youth"], [])


def test_without_a_unit_to_choose_there_is_no_button_and_the_page_says_why(house, head, chairs, whole, site):
    officer = make_member(house["women"], "officer")
    spread(whole, head, house, chairs)
    own, child = make_task(house["women"]), whole.children.get(unit=house["women"])
    alone = "Ngoài women, bạn không được nhập việc ở đơn vị nào có thể nhận việc này."
    told = {
        (officer, own): alone,
        (head, child): "Chỉ chia được việc chưa xong và không phải là việc con.",
        (head, whole): "",
    }
    for (user, task), sentence in told.items():
        client = site(fresh(user))
        answer = client.get(page(task))
        assert answer.context["why_none"] == sentence
        assert (page(task) in text_of(client.get(task.get_absolute_url()))) == (sentence == "")
        assert ("data-save" in text_of(answer)) == (sentence == "")
    for unit in (house["committee"], *Unit.objects.filter(kind="branch", parent=whole.unit_id)):
        whole.hand_down(unit, None, by=head)
    assert site(head).get(page(whole)).context["why_none"] == "Mọi đơn vị bạn được nhập việc đều đã có việc này."
