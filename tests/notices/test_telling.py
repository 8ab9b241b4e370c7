"""Who is told what, and what they may read of it."""

import pytest
from django.db import transaction

from khoidan.notices.models import Choice, Group, Notice, remind, tell, tell_of_many
from khoidan.tasks.models import Task
from tests.checks import beside
from tests.factories import appoint, day, fresh, make_member, make_person, make_task, make_user


@pytest.fixture
def head(house):
    return make_member(house["women"], "organization_head", "Nông Thị Hinh")


@pytest.fixture
def officer(house):
    return make_member(house["women"], "officer", "Lý Thị Lai")


def rung(user):
    """What the bell of `user` says, as (text, is read)."""
    notices = Notice.objects.permitting(user, "view").ringing().newest().with_records(user)
    return [(notice.text(), notice.read_at is not None) for notice in notices]


def test_everybody_told_hears_it_once_but_who_did_it(house, head, officer):
    locked = make_member(house["women"], "officer")
    locked.is_active = False
    locked.save()
    nobody = make_person(house["women"], user=False)
    task = make_task(house["women"], "Báo cáo quý")
    tell("given", task, to=[officer.person, officer, head, nobody, None, locked], by=head)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.target, notice.unit) == (officer, "tasks.given", task, task.unit)
    assert rung(officer) == [("Nông Thị Hinh giao cho bạn: Báo cáo quý", False)]


def test_a_newer_notice_takes_the_place_of_the_unread_one(house, head, officer):
    task, other = make_task(house["women"], "Báo cáo"), make_task(house["women"], "Kế hoạch")
    tell("given", task, to=[officer], by=head)
    tell("given", other, to=[officer], by=head)
    tell("given", task, to=[officer], by=make_user(name="Hà Văn Tú"))
    assert rung(officer) == [
        ("Hà Văn Tú giao cho bạn: Báo cáo", False),
        ("Nông Thị Hinh giao cho bạn: Kế hoạch", False),
    ]
    Notice.objects.all().read()
    tell("given", task, to=[officer], by=head)
    assert [read for _text, read in rung(officer)] == [False, True, True]


def test_what_is_no_longer_theirs_to_see_is_not_told(house, head, officer):
    task = make_task(house["women"], "Việc kín")
    seen = make_task(house["youth"], "Việc của mình", accountable=officer.person, given=True)
    for each in (task, seen):
        tell("sent_back", each, to=[officer], by=head, reason="Lý do kín")
    task.void(by=head)
    assert rung(officer) == [
        ("Nông Thị Hinh trả lại để làm tiếp: Việc của mình", False),
        ("Một bản ghi bạn không còn được xem", False),
    ]
    officer.person.appointments.update(end=day())
    assert {text for text, _read in rung(fresh(officer))} == {"Một bản ghi bạn không còn được xem"}


def test_a_notice_of_many_tells_of_what_is_left_to_see(house, head, officer):
    first, *rest = [make_task(house["women"], name) for name in ("Một", "Hai", "Ba")]
    tell_of_many("handed_over", [first, *rest], to=[officer], by=head, leaver="Mai")
    first.void(by=head)
    notice = Notice.objects.all().with_records(officer)[0]
    assert (notice.record, notice.text()) == (rest[0], "Nông Thị Hinh bàn giao cho bạn 2 việc của Mai")
    assert notice.address() == f"/tasks/?notice={notice.pk}"
    for task in rest:
        task.void(by=head)
    assert rung(officer) == [("Một bản ghi bạn không còn được xem", False)]


def test_a_second_notice_of_many_keeps_what_the_unread_one_told(house, head, officer):
    tasks = [make_task(house["women"]) for _ in range(3)]
    tell_of_many("handed_over", tasks[:2], to=[officer], by=head, leaver="Mai")
    tell_of_many("handed_over", [tasks[0], tasks[2]], to=[officer], by=head, leaver="Mai")
    assert Notice.objects.get().targets == [task.pk for task in tasks]
    Notice.objects.all().read()
    tell_of_many("handed_over", tasks[:2], to=[officer], by=head, leaver="Mai")
    assert Notice.objects.unread().get().targets == [task.pk for task in tasks[:2]]


def test_a_kind_or_detail_that_is_not_known_breaks_no_page(house, officer):
    task = make_task(house["women"])
    for kind in ("tasks.forgotten", "tasks.due"):
        Notice.objects.create(recipient=officer, target=task, unit=task.unit, kind=kind)
    assert sorted(text for text, _read in rung(officer)) == [
        "Một bản ghi bạn không còn được xem",
        "Sắp đến hạn : Lập kế hoạch",
    ]


@pytest.mark.parametrize(
    ("bell", "mail", "rings"), [(True, True, [True]), (True, False, [True]), (False, True, [False]), (False, False, [])]
)
def test_choices_are_respected(house, head, officer, bell, mail, rings):
    chosen = {name: [Group.GIVEN] if wanted else [Group.LATE] for name, wanted in (("bell", bell), ("mail", mail))}
    Choice.objects.create(account=officer, **chosen)
    tell("given", make_task(house["women"]), to=[officer], by=head)
    assert [notice.rings for notice in Notice.objects.all()] == rings
    assert len(rung(officer)) == bell


@pytest.mark.parametrize("chosen", [["bell", "mail"], ["mail", "bell"]])
def test_a_newer_notice_comes_the_way_chosen_by_then(house, head, officer, chosen):
    """And of two people told at once each in their own way."""
    other, task = make_member(house["women"], "officer"), make_task(house["women"])
    for way in chosen:
        Choice.objects.all().delete()
        ways = {"bell": [], "mail": []} | {way: [Group.GIVEN]}
        Choice.objects.create(account=officer, **ways)
        Choice.objects.create(account=other, bell=ways["mail"], mail=ways["bell"])
        tell("given", task, to=[officer, other], by=head)
        rings = dict(Notice.objects.values_list("recipient", "rings"))
        assert rings == {officer.pk: way == "bell", other.pk: way == "mail"}
    assert Notice.objects.count() == 2


def test_who_never_chose_hears_of_everything_and_has_mail_of_what_to_act_on(officer):
    usual = Choice.objects.of(officer)
    assert (usual.pk, usual.hour, usual.weekdays_only) == (None, 7, True)
    assert (usual.bell, set(Group) - set(usual.mail)) == (list(Group), {Group.OTHER})


def test_one_is_reminded_once_of_each_due_day(house, officer):
    task = make_task(house["women"], "Báo cáo", accountable=officer.person, given=True, due=day(1))

    def due(when):
        remind("due", [(task, officer.pk, when)])
        return rung(officer)

    said = [(f"Sắp đến hạn {when:%d/%m/%Y}: Báo cáo", False) for when in (day(1), day(2))]
    assert due(day(1)) == due(day(1)) == said[:1]
    assert due(day(2)) == [said[1], (said[0][0], True)]  # of the day before nobody need think any more
    Notice.objects.all().read()
    assert [read for _text, read in due(day(1))] == [True, True]


def test_only_the_reminder_of_the_same_for_another_day_is_over(house, head, officer):
    """And of what was rung before, nothing is counted."""
    task, other = make_task(house["women"]), make_task(house["women"])
    first = [(task, officer.pk, day(1)), (other, head.pk, day(1))]
    assert (remind("due", first), remind("due", first), remind("due", [])) == (2, 0, 0)
    remind("late", [(task, officer.pk, day(1))])
    assert remind("due", [(task, officer.pk, day(2)), (other, officer.pk, day(2)), (other, head.pk, day(1))]) == 2
    assert list(Notice.objects.exclude(read_at=None).values_list("recipient", "kind", "target_id", "day")) == [
        (officer.pk, "tasks.due", task.pk, day(1))
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_the_same_at_once_leave_one_notice(house, head, officer):
    task = make_task(house["women"])

    def other():
        with transaction.atomic():
            tell("given", Task.objects.get(pk=task.pk), to=[officer], by=head)

    beside(lambda: tell("given", task, to=[officer], by=head), lambda: None, other)
    assert Notice.objects.count() == 1


def test_telling_costs_the_same_for_one_and_for_many(house, head, queries):
    task, people = make_task(house["women"]), [make_member(house["women"], "officer") for _ in range(12)]
    with queries() as one:
        tell("given", task, to=people[:1], by=head)
    with queries() as many:
        tell("submitted", task, to=people, by=head)
    assert len(one) == len(many) == 4


def test_an_acting_head_hears_as_anybody_does(house, head, officer):
    """Notices are of accounts: who stands in is named by the verb, not found here."""
    stand_in = make_member(house["bloc"], "officer")
    appoint(stand_in.person, house["women"], "organization_head", acting_for=head.person.appointments.get())
    tell("submitted", make_task(house["women"]), to=[head, stand_in], by=officer)
    assert len(rung(head)) == len(rung(fresh(stand_in))) == 1
