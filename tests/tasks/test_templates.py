"""Templates of tasks and what the night makes of them: whom for, in whose name, once."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from khoidan.core.errors import Refused
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task, TaskTemplate
from tests.checks import beside, complaints, refused_by_database, sql
from tests.factories import (
    appoint,
    day,
    fresh,
    load_matrix,
    make_bloc,
    make_member,
    make_person,
    make_template,
)

pytestmark = pytest.mark.django_db
NOVEMBER = "2026-11-05 02:00Z"
DUE = datetime.date(2026, 11, 20)


@pytest.fixture
def chair(house):
    return make_member(house["women"], "organization_head", "Nông Thị Thuyên")


@pytest.fixture
def vice(house):
    """A position that one person holds."""
    return make_member(house["women"], "pho-chu-tich-thuong-truc", "Hoàng Thị Duyến")


def night(until=None):
    """What the command prints."""
    out = StringIO()
    call_command("make_recurring", *(["--until", until] if until else []), stdout=out)
    return out.getvalue().strip()


def made():
    """[(state, title, due, name of the accountable person, name of the giver)] of all tasks, in order of due days."""
    rows = Task.objects.order_by("due", "pk").select_related("accountable", "given_by")
    return [(t.state, t.title, f"{t.due:%d/%m}", str(t.accountable or ""), str(t.given_by or "")) for t in rows]


@time_machine.travel(NOVEMBER)
def test_a_task_is_given_so_many_days_before_it_is_due_and_only_once(house, chair, vice):
    women = house["women"]
    make_template(
        women, organizations=[women], position="pho-chu-tich-thuong-truc", runs_for=chair, work_days=3, private=True
    )
    assert night() == "0 tasks made: 0 given, 0 wait as drafts"
    with time_machine.travel("2026-11-10 02:00Z"):
        assert night() == "1 tasks made: 1 given, 0 wait as drafts"
        assert night() == "0 tasks made: 0 given, 0 wait as drafts"
        assert made() == [("given", "Báo cáo tháng 11", "20/11", "Hoàng Thị Duyến", "Nông Thị Thuyên")]
        task = Task.objects.get()
        assert (task.occurrence, task.start, task.private) == (DUE, datetime.date(2026, 11, 18), True)
        assert (task.deliverable, task.address, task.created_by) == ("Báo cáo", "Hội trường khối", chair)
        assert list(task.organizations.all()) == [women]
        told = Event.objects.about(task).order_by("pk").values_list("verb", "actor_name", "reason")
        assert list(told) == [
            ("created", "Nông Thị Thuyên", "Theo việc mẫu «Báo cáo tháng {tháng}»."),
            ("given", "Nông Thị Thuyên", ""),
        ]


@time_machine.travel(NOVEMBER)
def test_missed_nights_are_caught_up_and_nobody_is_told_to_have_finished_yesterday(house, chair, vice):
    make_template(house["women"], person=vice.person, runs_for=chair)
    with time_machine.travel("2027-01-12 02:00Z"):
        chair, vice = fresh(chair), fresh(vice)
        assert night() == "3 tasks made: 1 given, 2 wait as drafts"
        drafts = [("draft", f"Báo cáo tháng {n}", due, vice.name, "") for n, due in ((11, "20/11"), (12, "18/12"))]
        assert made() == [*drafts, ("given", "Báo cáo tháng 1", "20/01", vice.name, chair.name)]


@time_machine.travel(NOVEMBER)
def test_days_before_it_ran_and_days_ahead(house, chair, vice):
    make_template(house["women"], person=vice.person, runs_for=chair, month_day=4)
    assert night("2027-01-10") == "2 tasks made: 2 given, 0 wait as drafts"
    assert [row[2] for row in made()] == ["04/12", "04/01"]
    with pytest.raises(CommandError, match="31/12 is no day"):
        night("31/12")
    with pytest.raises(CommandError, match="2026-02-31 is no day"):
        night("2026-02-31")


@time_machine.travel("2026-11-12 02:00Z")
def test_a_voided_task_does_not_come_back(house, chair, vice):
    make_template(house["women"], person=vice.person, runs_for=chair)
    night()
    Task.objects.get().void(by=chair)
    assert night() == "0 tasks made: 0 given, 0 wait as drafts"


@time_machine.travel("2026-11-12 02:00Z")
@pytest.mark.parametrize("changes", [{"activated_by": None, "since": None}, {"end": datetime.date(2026, 11, 20)}])
def test_nothing_is_made_of_what_does_not_run_or_is_over(house, chair, vice, changes):
    template = make_template(house["women"], person=vice.person, runs_for=chair)
    TaskTemplate.objects.filter(pk=template.pk).update(**changes)
    assert night() == "0 tasks made: 0 given, 0 wait as drafts"


@time_machine.travel("2026-11-12 02:00Z")
def test_nothing_is_made_in_a_unit_that_is_closed(house, chair, vice):
    make_template(house["women"], person=vice.person, runs_for=chair)
    type(house["women"]).objects.filter(pk=house["women"].pk).update(valid_to=day())
    assert night() == "0 tasks made: 0 given, 0 wait as drafts"


@time_machine.travel("2026-11-12 02:00Z")
@pytest.mark.parametrize("how", ["seat", "account"])
def test_what_nobody_answers_for_any_more_waits_as_a_draft(house, chair, vice, how):
    make_template(house["women"], person=vice.person, runs_for=chair)
    if how == "seat":
        chair.person.appointments.update(end=day())
    else:
        type(chair).objects.filter(pk=chair.pk).update(is_active=False)
    assert night() == "1 tasks made: 0 given, 1 wait as drafts"
    task = Task.objects.get()
    assert (task.state, task.created_by, task.given_by, task.unclear_at) == ("draft", None, None, None)


def test_who_stands_in_gets_the_work_and_a_vacant_post_leaves_a_draft(house, chair, vice):
    template = make_template(house["women"], position="pho-chu-tich-thuong-truc")
    assert template.addressee(day()) == vice.person
    stand_in = make_person(house["women"], "Chẩu Thị Xoa")
    appoint(
        stand_in,
        house["women"],
        "pho-chu-tich-thuong-truc",
        acting_for=vice.person.appointments.get(),
        start=day(1),
        end=day(3),
    )
    template = TaskTemplate.objects.get()
    assert [template.addressee(day(n)) for n in range(4)] == [vice.person, stand_in, stand_in, vice.person]
    vice.person.appointments.update(end=day(2))
    template = TaskTemplate.objects.get()
    assert [template.addressee(day(n)) for n in range(3)] == [vice.person, stand_in, None]


@time_machine.travel("2026-11-12 02:00Z")
def test_a_post_that_nobody_or_several_hold_stops_at_the_gate(house, chair, vice):
    template = make_template(house["women"], position="officer", runs_for=chair)
    assert night() == "1 tasks made: 0 given, 1 wait as drafts"
    task = Task.objects.get()
    assert (task.accountable, task.missing(), task.unclear_at is None) == (None, ["accountable"], False)
    first = make_member(house["women"], "officer", "Chẩu Thị Xoa").person
    assert TaskTemplate.objects.get().addressee(day()) == first
    make_member(house["women"], "officer", "Triệu Mùi Chài")
    assert TaskTemplate.objects.get().addressee(day()) is None
    assert template.upcoming(1)[0].missing == ("accountable",)


@time_machine.travel("2026-11-12 02:00Z")
def test_who_would_check_their_own_work_does_not(house, chair, vice):
    template = make_template(house["women"], position="pho-chu-tich-thuong-truc", checker=vice.person, runs_for=chair)
    night()
    assert (Task.objects.get().state, Task.objects.get().checker) == ("given", None)
    template.pass_on(by=chair, part="checker", person=chair.person, reason="Đổi người")
    assert template.draft(DUE, DUE, vice.person).checker == chair.person


@time_machine.travel("2026-11-12 02:00Z")
def test_a_template_that_fails_is_told_and_the_others_go_on(house, chair, vice):
    wrong = make_template(house["women"], "Hỏng", person=vice.person, runs_for=chair)
    make_template(house["women"], "Tốt", person=vice.person, runs_for=chair)
    sql("ALTER TABLE tasks_task ADD CONSTRAINT planted CHECK (title <> 'Hỏng') NOT VALID")
    out = StringIO()
    with pytest.raises(CommandError, match=f"1 templates failed: {wrong.pk} Hỏng: .*planted"):
        call_command("make_recurring", stdout=out)
    assert out.getvalue() == "1 tasks made: 1 given, 0 wait as drafts\n"
    assert [row[1] for row in made()] == ["Tốt"]


@time_machine.travel(NOVEMBER)
def test_the_next_days_are_told_with_who_and_what_is_missing(house, chair, vice):
    template = make_template(house["women"], position="pho-chu-tich-thuong-truc", deliverable="")
    vice.person.appointments.update(end=datetime.date(2026, 12, 1))
    told = [(f"{o.due:%d/%m}", f"{o.given_on:%d/%m}", o.person, o.missing) for o in template.upcoming(3)]
    assert told == [
        ("20/11", "10/11", vice.person, ("deliverable",)),
        ("18/12", "08/12", None, ("accountable", "deliverable")),
        ("20/01", "10/01", None, ("accountable", "deliverable")),
    ]
    named = make_template(house["women"], person=vice.person)
    assert [occasion.missing for occasion in named.upcoming(2)] == [(), ("seat",)]


def test_it_runs_in_the_name_of_who_set_it_going_or_changed_it_last(house, chair, vice):
    template = make_template(house["women"], person=vice.person)
    template.activate(by=chair)
    template.activate(by=chair)
    assert (template.activated_by, template.since) == (chair, day())
    template.activate(by=vice)
    template.changed(by=chair)
    assert template.activated_by == chair
    template.pause(by=vice)
    template.pause(by=vice)
    template.changed(by=vice)
    assert (template.activated_by, template.since) == (None, None)
    told = Event.objects.about(template).order_by("pk").values_list("verb", "actor_name")
    acts = [("activated", chair), ("activated", vice), ("changed", chair), ("paused", vice), ("changed", vice)]
    assert list(told) == [(verb, who.name) for verb, who in acts]


def test_a_voided_template_stands_still_and_does_so_when_it_is_back(house, chair, vice):
    template = make_template(house["women"], person=vice.person, runs_for=chair)
    template.void(by=chair)
    template.restore(by=chair)
    assert not TaskTemplate.objects.get().is_running


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        ({"every": "never"}, "không định kỳ"),
        ({"person": None}, "còn thiếu: Rõ người"),
        ({"deliverable": ""}, "còn thiếu: Rõ việc: sản phẩm"),
        ({"address": ""}, "còn thiếu: Rõ địa chỉ"),
    ],
)
def test_what_is_not_clear_does_not_run(house, chair, vice, gap, sentence):
    template = make_template(house["women"], **{"person": vice.person} | gap)
    with pytest.raises(Refused, match=sentence):
        template.activate(by=chair)
    with refused_by_database("template_running_is_clear"):
        TaskTemplate.objects.filter(pk=template.pk).update(activated_by=chair, since=day())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"every": "week"}, {"weekday": ["Lặp lại hằng tuần thì phải chọn ô này."]}),
        ({"month_day": None}, {"month_day": ["Lặp lại hằng tháng thì phải chọn ô này."]}),
        ({"every": "year"}, {"month": ["Lặp lại hằng năm thì phải chọn ô này."]}),
        (
            {"title": "Báo cáo {x}"},
            {"title": ["Không hiểu {x}. Trong ngoặc nhọn chỉ dùng: {tháng}, {quý}, {năm}, {tuần}."]},
        ),
        ({"end": day(-3000)}, {"__all__": ["Ngày cuối phải từ ngày bắt đầu trở đi."]}),
        ({"lead_days": 367}, {"lead_days": ["Giá trị phải nhỏ hơn hoặc bằng 366."]}),
        ({"position": "truong-khoi"}, {"position": ["Đơn vị này không có chức danh đó."]}),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(house, matrix, changes, told):
    template = make_template(house["women"])
    for name, value in changes.items():
        setattr(template, name, matrix[value] if name == "position" else value)
    found = complaints(template)
    assert {name: found.get(name) for name in told} == told


def test_one_day_has_one_task_whoever_writes_it(house, chair):
    template = make_template(house["women"])
    Task.objects.create(unit=house["women"], title="Một", template=template, occurrence=DUE)
    with refused_by_database("task_once_an_occurrence"):
        Task.objects.create(unit=house["women"], title="Hai", template=template, occurrence=DUE)
    for _ in range(2):  # made by hand, for no day of the rule
        Task.objects.create(unit=house["women"], title="Tay", template=template)


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_make_one_task(transactional_db):
    load_matrix()
    women = make_bloc()["women"]
    chair = make_member(women, "organization_head")
    due = day(20).day
    make_template(women, person=chair.person, runs_for=chair, month_day=min(due, 28), lead_days=60, day_off="stays")
    held = []

    def hold():
        held.append(TaskTemplate.objects.locked().get())

    def then():
        held.extend(held[0].catch_up(day()))

    assert beside(hold, then, night).startswith("0 tasks made")
    assert Task.objects.count() == len(held) - 1 >= 1
