"""A wish for another date is answered, or falls away with the step that it was for."""

import pytest
from django.core.exceptions import ValidationError

from khoidan.core.errors import Refused
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.factories import day, make_member, make_task


@pytest.fixture
def does(house):
    return make_member(house["women"], "officer", "Chẩu Thị Xoa")


@pytest.fixture
def task(house, head, does):
    task = make_task(house["women"], accountable=does.person, due=day(5))
    task.give(by=head)
    task.ask(by=does, due=day(9), reason="Chờ số liệu")
    return task


def answers(task):
    """[(granted, due after)] of all wishes, the oldest first."""
    return list(task.extensions.order_by("pk").values_list("granted", "due_after"))


@pytest.mark.parametrize(
    "step",
    [
        lambda task, head, does: task.complete(by=does, result="Xong"),
        lambda task, head, does: task.hand_back(by=does, reason="Không rõ"),
        lambda task, head, does: task.cancel(by=head, reason="Thôi"),
        lambda task, head, does: task.reassign(by=head, person=head.person, reason="Đi học"),
    ],
    ids=["complete", "hand_back", "cancel", "reassign"],
)
def test_a_wish_does_not_outlive_the_step_it_was_for(task, head, does, step):
    step(task, head, does)
    assert answers(task) == [(False, None)]
    assert not Task.objects.asking().exists()


def test_an_extension_is_later_than_the_date_it_extends(task, head):
    for due in (day(5), day(4)):
        with pytest.raises(ValidationError, match="phải sau hạn đang có"):
            task.grant(by=head, due=due)
    task.grant(by=head, due=day(7))
    assert (task.due, answers(task)) == (day(7), [(True, day(7))])


def test_an_earlier_date_is_no_yes_to_a_wish(task, head):
    task.reschedule(by=head, due=day(3), reason="Huyện cần sớm")
    assert (task.due, answers(task)) == (day(3), [(False, None), (True, day(3))])


def test_a_whole_is_not_voided_over_its_parts(house, head):
    bloc_head = make_member(house["bloc"], "bloc_head")
    whole = make_task(house["office"], accountable=bloc_head.person)
    whole.fan_out(by=bloc_head, chosen=[(house["women"], head.person)])
    with pytest.raises(Refused, match="còn việc con đang làm"):
        whole.void(by=bloc_head)
    part = whole.children.get()
    part.cancel(by=bloc_head, reason="Thôi")
    whole.refresh_from_db()
    whole.void(by=bloc_head)
    assert Task.objects.live().filter(pk=whole.pk).exists() is False


SECOND_CLICKS = {
    "grant": ("extension_grant", {"due": f"{day(9):%d/%m/%Y}", "answer": "Được"}, "extension_granted"),
    "refuse": ("extension_refusal", {"reason": "Không kịp"}, "extension_refused"),
    "send_back": ("return", {"reason": "Thiếu phụ lục"}, "sent_back"),
    "reopen": ("reopening", {"reason": "Sai số liệu"}, "reopened"),
    "reopen what was stopped": ("reopening", {"reason": "Cần làm"}, "reopened"),
}
BEFORE = {
    "send_back": lambda task, head, does: task.complete(by=does, result="Xong"),
    "reopen": lambda task, head, does: task.complete(by=does, result="Xong"),
    "reopen what was stopped": lambda task, head, does: task.cancel(by=head, reason="Thôi"),
}


@pytest.mark.parametrize(("verb", "click"), SECOND_CLICKS.items(), ids=list(SECOND_CLICKS))
def test_a_second_click_is_answered_like_the_first(house, site, task, head, does, verb, click):
    noun, typed, act = click
    if verb == "send_back":
        task.checker = make_member(house["women"], "unit_deputy").person
        task.save()
    BEFORE.get(verb, lambda *_who: None)(task, head, does)
    first, second = (site(head).post(f"/tasks/{task.pk}/{noun.replace('_', '-')}/", typed) for _click in range(2))
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert list(Event.objects.about(task).values_list("verb", flat=True)).count(act) == 1


def test_another_answer_is_no_second_click(house, task, head):
    task.grant(by=head, due=day(7))
    other = make_member(house["women"], "unit_deputy")
    for by, due in ((head, day(8)), (other, day(7))):
        with pytest.raises(Refused, match="Không có đề nghị gia hạn nào"):
            task.grant(by=by, due=due)
    with pytest.raises(Refused):
        task.refuse(by=head, reason="Không kịp")
