"""Everything of a person who leaves: tried, handed over duty by duty, told row by row."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.urls import reverse

from khoidan.core.errors import Refused
from khoidan.notices.models import Notice
from khoidan.organizations.models import Event
from khoidan.tasks.handover import duties_of, hand_over
from khoidan.tasks.models import Task, TaskTemplate
from tests.checks import beside, elsewhere, send
from tests.factories import (
    appoint,
    day,
    load_matrix,
    make_bloc,
    make_member,
    make_person,
    make_task,
    make_template,
    written,
)

PAGE = "/tasks/handover/"
WHY = "Chuyển công tác"


@pytest.fixture
def chair(house):
    return make_member(house["women"], "organization_head", "Nông Thị Thuyên")


@pytest.fixture
def leaver(house):
    return make_member(house["women"], "unit_deputy", "Hoàng Thị Duyến").person


@pytest.fixture
def heir(house):
    return make_member(house["women"], "officer", "Chẩu Thị Xoa").person


def address(person):
    return f"{PAGE}?person={person.pk}"


def labels(response):
    """[(what the person is, name of the record)] of the rows shown."""
    return [(str(duty.label), str(duty.record)) for duty, _field, _outcome in response.context["rows"]]


def done(client, person, data):
    """The page after the preview and the deed."""
    preview = client.post(address(person), data)
    return client.post(address(person), data | {"_do": "1", "_mark": preview.context["mark"]})


def told(response):
    """{(duty, name): (to whom, why not)} of the outcome."""
    return {(o.duty.name, str(o.duty.record)): (o.person, o.why) for o in response.context["outcomes"]}


def make_work(house, leaver, heir):
    """One record for each duty that the leaver has, and what is not theirs to hand over."""
    women = house["women"]
    other = make_member(women, "officer", "Triệu Mùi Chài").person
    make_task(women, "Đang làm", accountable=leaver, given=True, due=day(1))
    make_task(women, "Nháp", accountable=leaver, due=None)
    make_task(women, "Nghiệm thu", accountable=other, checker=leaver, given=True, due=day(2))
    make_task(women, "Phối hợp", accountable=other, given=True, due=day(3)).helpers.add(leaver)
    make_template(women, "Mẫu", person=leaver)
    make_template(women, "Mẫu nghiệm thu", person=other, checker=leaver)
    make_template(women, "Mẫu đang chạy", person=other, runs_for=leaver.user)
    make_task(women, "Đã xong", accountable=leaver, state="done")
    make_task(women, "Đã dừng", accountable=leaver, state="cancelled")
    make_task(women, "Đã hủy", accountable=leaver, given=True, voided_at="2026-01-01T00:00Z")
    make_task(house["youth"], "Việc của Đoàn", accountable=leaver, given=True)
    return other


def test_everything_is_listed_tried_and_handed_over(house, site, chair, leaver, heir):
    make_work(house, leaver, heir)
    client = site(chair)
    duties = [
        ("chủ trì", "Đang làm"),
        ("nghiệm thu", "Nghiệm thu"),
        ("phối hợp", "Phối hợp"),
        ("chủ trì", "Nháp"),
        ("chủ trì việc mẫu", "Mẫu"),
        ("nghiệm thu việc mẫu", "Mẫu nghiệm thu"),
        ("cho việc mẫu chạy", "Mẫu đang chạy"),
    ]
    assert labels(client.get(address(leaver))) == duties
    data = {"person": heir.pk, "reason": WHY}
    before = Event.objects.count()
    preview = client.post(address(leaver), data)
    assert [outcome.why for _duty, _field, outcome in preview.context["rows"]] == [""] * 7
    assert (Task.objects.filter(accountable=heir).exists(), Event.objects.count()) == (False, before)
    outcome = told(done(client, leaver, data))
    assert outcome == {
        (name, title): (None if name == "runs" else heir, "")
        for name, title in [
            ("accountable", "Đang làm"),
            ("accountable", "Nháp"),
            ("checker", "Nghiệm thu"),
            ("helper", "Phối hợp"),
            ("person", "Mẫu"),
            ("template_checker", "Mẫu nghiệm thu"),
            ("runs", "Mẫu đang chạy"),
        ]
    }
    task = Task.objects.get(title="Đang làm")
    assert (task.accountable, [(p.before, p.after, p.reason) for p in task.reassignments.all()]) == (
        heir,
        [(leaver, heir, WHY)],
    )
    assert Task.objects.get(title="Nháp").accountable == heir
    assert Task.objects.get(title="Nghiệm thu").checker == heir
    assert list(Task.objects.get(title="Phối hợp").helpers.all()) == [heir]
    assert (
        TaskTemplate.objects.get(title="Mẫu").person,
        TaskTemplate.objects.get(title="Mẫu đang chạy").activated_by,
    ) == (
        heir,
        chair,
    )
    assert Task.objects.get(title="Việc của Đoàn").accountable == leaver
    verbs = Event.objects.exclude(reason="").values_list("verb", "reason", "actor_name").distinct().order_by("verb")
    expected = ["checker_changed", "helper_changed", "passed_on", "reassigned", "redirected"]
    assert list(verbs) == [(verb, WHY, chair.name) for verb in expected]
    assert labels(client.get(address(leaver))) == []


def bell(user):
    """What the bell of `user` says, the newest first."""
    return [notice.text() for notice in Notice.objects.filter(recipient=user).newest().with_records(user)]


def test_each_is_told_once_of_all_that_came_to_them(house, site, chair, leaver, heir):
    other = make_work(house, leaver, heir)
    done(site(chair), leaver, {"person": heir.pk, "reason": WHY})
    words = f"{chair.name} bàn giao cho bạn 3 việc của Hoàng Thị Duyến"
    assert (bell(heir.user), bell(other.user), bell(chair)) == ([words], [], [])
    assert bell(leaver.user) == [f"{chair.name} chuyển việc của bạn cho người khác: Đang làm"]  # one, as ever
    notice = heir.user.notices.get()
    opened = site(heir.user).post(reverse("notices:notice_reading", args=[notice.pk]))
    page = site(heir.user).get(opened.url)
    assert [task.title for task in page.context["page_obj"]] == ["Đang làm", "Nghiệm thu", "Phối hợp"]
    assert [chip["label"] for chip in page.context["chips"]] == [
        f"Việc trong thông báo: {chair.name}, {written(day())}"
    ]
    for reader, key in ((leaver.user, notice.pk), (heir.user, "x"), (heir.user, "9" * 30)):
        assert site(reader).get("/tasks/", {"notice": key}).context["page_obj"].paginator.count == 0


def test_a_leaver_is_told_once_and_a_refused_part_is_told_to_nobody(house, site, chair, leaver, heir):
    for title in ("Một", "Hai"):
        make_task(house["women"], title, accountable=leaver, given=True)
    make_task(house["women"], "Ba", accountable=leaver, checker=heir, given=True)
    done(site(chair), leaver, {"person": heir.pk, "reason": WHY})
    assert bell(heir.user) == [f"{chair.name} bàn giao cho bạn 2 việc của Hoàng Thị Duyến"]
    assert bell(leaver.user) == [f"{chair.name} bàn giao 2 việc của bạn cho người khác"]


def test_each_row_may_go_to_another_or_stay(house, site, chair, leaver, heir):
    other = make_work(house, leaver, heir)
    client = site(chair)
    keys = {f"{duty.name} {duty.record}": duty.key for duty, *_rest in client.get(address(leaver)).context["rows"]}
    chosen = {
        keys["accountable Đang làm"]: other.pk,
        keys["accountable Nháp"]: "stay",
        keys["runs Mẫu đang chạy"]: "stay",
        keys["checker Nghiệm thu"]: other.pk,  # who does the work
        keys["template_checker Mẫu nghiệm thu"]: other.pk,
    }
    outcome = told(done(client, leaver, {"person": heir.pk, "reason": WHY} | chosen))
    differ = "Người nghiệm thu phải khác người chủ trì."
    assert outcome == {
        ("accountable", "Đang làm"): (other, ""),
        ("checker", "Nghiệm thu"): (other, differ),
        ("helper", "Phối hợp"): (heir, ""),
        ("person", "Mẫu"): (heir, ""),
        ("template_checker", "Mẫu nghiệm thu"): (other, differ),
    }
    assert Task.objects.get(title="Nháp").accountable == Task.objects.get(title="Nghiệm thu").checker == leaver
    assert len(labels(client.get(address(leaver)))) == 4


def test_the_form_asks_for_a_reason_and_a_row_for_a_person(house, site, chair, leaver, heir):
    make_task(house["women"], accountable=leaver, given=True)
    client = site(chair)
    assert list(client.post(address(leaver), {"person": heir.pk}).context["form"].errors) == ["reason"]
    preview = client.post(address(leaver), {"reason": WHY})
    assert [outcome.why for _duty, _field, outcome in preview.context["rows"]] == ["Chưa chọn người nhận."]
    for wrong in (leaver.pk, make_person(house["women"]).pk, "x", "9" * 30):
        assert list(client.post(address(leaver), {"person": wrong, "reason": WHY}).context["form"].errors) == ["person"]


def test_what_changed_after_the_preview_is_shown_again_and_a_second_click_does_nothing(
    house, site, chair, leaver, heir
):
    make_task(house["women"], "Một", accountable=leaver, given=True)
    client, data = site(chair), {"person": heir.pk, "reason": WHY}
    mark = client.post(address(leaver), data).context["mark"]
    task = make_task(house["women"], "Hai", accountable=leaver, given=True)
    again = client.post(address(leaver), data | {"_do": "1", "_mark": mark})
    assert (again.context["moved"], task.reassignments.count()) == (True, 0)
    sent = data | {"_do": "1", "_mark": again.context["mark"]}
    assert len(client.post(address(leaver), sent).context["outcomes"]) == 2
    assert labels(client.post(address(leaver), sent)) == []
    assert Event.objects.filter(verb="reassigned").count() == 2


@pytest.mark.parametrize(("role", "found"), [("unit_deputy", True), ("officer", False)])
def test_it_is_for_who_directs_work_and_shows_no_other_unit(house, site, leaver, role, found):
    make_task(house["women"], "Hội", accountable=leaver, given=True)
    make_task(house["women"], "Riêng", accountable=leaver, given=True, private=True)
    make_task(house["youth"], "Đoàn", accountable=leaver, given=True)
    client = site(make_member(house["women"], role))
    assert client.get(PAGE).status_code == (200 if found else 404)
    assert client.get(address(leaver)).status_code == (200 if found else 404)
    if found:
        assert labels(client.get(address(leaver))) == [("chủ trì", "Hội")]
        page = client.get(leaver.get_absolute_url()).content.decode()
        assert address(leaver) in page


def test_people_of_another_bloc_and_what_is_no_person_are_not_found(house, site, chair):
    stranger = make_member(make_bloc(mark="2")["women"], "officer").person
    for key in (stranger.pk, 999999, "x", "9" * 30):
        assert site(chair).get(PAGE, {"person": key}).status_code == 404


def test_the_end_of_an_appointment_leads_here(house, site, leaver):
    head = make_member(house["bloc"], "bloc_head")
    seat = leaver.appointments.get()
    answer = site(head).post(
        reverse("staffing:appointment_ending", args=[seat.pk]),
        {"last_day": written(day(-1)), "reason": WHY},
        follow=True,
    )
    assert address(leaver) in answer.content.decode()
    make_task(house["women"], accountable=leaver, given=True)
    assert labels(site(head).get(address(leaver))) == [("chủ trì", "Lập kế hoạch")]


def test_the_verbs_do_nothing_twice_and_nothing_to_what_is_over(house, chair, leaver, heir):
    task = make_task(house["women"], accountable=leaver, checker=chair.person)
    task.helpers.add(leaver.__class__.objects.get(pk=heir.pk))
    for _ in range(2):
        task.redirect(by=chair, person=heir, reason=WHY)
        task.change_checker(by=chair, person=leaver, reason=WHY)
        task.change_helper(by=chair, before=heir, person=leaver, reason=WHY)
    told = Event.objects.about(task).order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["redirected", "checker_changed"]  # whom the draft now names helps no more
    assert list(task.helpers.all()) == []
    over = make_task(house["women"], accountable=leaver, checker=chair.person, state="done")
    over.helpers.add(chair.person)
    acts = {
        "redirect": {"person": heir},
        "change_checker": {"person": heir},
        "change_helper": {"before": chair.person, "person": heir},
    }
    for verb, data in acts.items():
        with pytest.raises(Refused, match="hoàn thành"):
            getattr(over, verb)(by=chair, reason=WHY, **data)


def test_who_took_a_task_over_already_is_told_so(house, site, chair, leaver, heir):
    make_task(house["women"], "Cùng phối hợp", accountable=heir, given=True).helpers.add(leaver)
    make_task(house["women"], "Người nhận nghiệm thu", accountable=leaver, checker=heir, given=True)
    outcome = told(done(site(chair), leaver, {"person": heir.pk, "reason": WHY}))
    refusal = "Chẩu Thị Xoa là người nghiệm thu việc này; hãy đổi người nghiệm thu trước."
    assert outcome == {
        ("helper", "Cùng phối hợp"): (heir, ""),
        ("accountable", "Người nhận nghiệm thu"): (heir, refusal),
    }
    assert list(Task.objects.get(title="Cùng phối hợp").helpers.all()) == []


@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once_hand_a_task_over_once(transactional_db):
    load_matrix()
    women = make_bloc()["women"]
    chairs = [make_member(women, "organization_head", name) for name in ("Nông Thị Hinh", "Lý Thị Lai")]
    leaver, first, second = (make_member(women, "officer").person for _ in range(3))
    task = make_task(women, accountable=leaver, given=True)
    held = []

    def hold():
        held.append(Task.objects.select_for_update().get(pk=task.pk))

    def then():
        held[0].reassign(by=chairs[0], person=first, reason=WHY)

    data = {"person": second.pk, "reason": WHY, "_do": "1", "_mark": "1"}
    assert beside(hold, then, lambda: send(chairs[1], address(leaver), data))[0] == 200
    assert list(task.reassignments.values_list("after", flat=True)) == [first.pk]


@pytest.mark.django_db(transaction=True)
def test_who_loses_a_deadlock_is_told_and_keeps_what_was_typed(transactional_db):
    load_matrix()
    women = make_bloc()["women"]
    chair = make_member(women, "organization_head")
    leaver, heir = (make_member(women, "officer").person for _ in range(2))
    one, two = (make_task(women, accountable=leaver, given=True) for _ in range(2))

    def hold(task):
        return Task.objects.select_for_update().get(pk=task.pk)

    data = {"person": heir.pk, "reason": WHY, "_do": "1", "_mark": "1"}
    status, form = beside(lambda: hold(two), lambda: hold(one), lambda: send(chair, address(leaver), data))
    told_so = "Người khác đang sửa chính những bản ghi này. Chưa làm gì; hãy thử lại sau ít phút."
    assert (status, form.non_field_errors(), form["reason"].value()) == (200, [told_so], WHY)
    assert set(Task.objects.values_list("accountable", flat=True)) == {leaver.pk}


@pytest.mark.django_db(transaction=True)
def test_only_the_parts_that_are_shown_are_held(transactional_db, monkeypatch):
    monkeypatch.setattr("khoidan.tasks.views.handover.MOST_DUTIES", 2)
    load_matrix()
    women = make_bloc()["women"]
    chair = make_member(women, "organization_head")
    leaver, heir = (make_member(women, "officer").person for _ in range(2))
    late, soon, sooner = (make_task(women, accountable=leaver, given=True, due=day(n)) for n in (3, 2, 1))
    data = {"person": heir.pk, "reason": WHY}
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Task.objects.select_for_update().get(pk=late.pk)
        status, form = pool.submit(elsewhere, lambda: send(chair, address(leaver), data)).result(timeout=20)
    assert (status, [duty.record for duty in form.duties]) == (200, [sooner, soon])


def test_what_was_refused_is_read_again_and_leaves_its_trace(house, chair, leaver, heir, monkeypatch):
    class Stopped(Refused):
        def trace(self, record, *, by):
            record.record("stopped_at_gate", by=by, missing=[record.title])

    task = make_task(house["women"], "Tên cũ", accountable=leaver, given=True)
    [duty] = duties_of(leaver, chair)

    def refuse(self, *, by, person, reason):
        self.title = "Tên dở"
        self.save(update_fields=["title"])
        raise Stopped("Chưa được.")

    monkeypatch.setattr(Task, "reassign", refuse)
    plan, told = [(duty, heir)], {"by": chair, "reason": WHY}
    assert [outcome.why for outcome in hand_over(plan, trial=True, **told)] == ["Chưa được."]
    assert not Event.objects.about(task).exists()
    assert [outcome.why for outcome in hand_over(plan, **told)] == ["Chưa được."]
    assert duty.record.title == "Tên cũ"
    assert [event.details for event in Event.objects.about(task)] == [{"missing": ["Tên cũ"]}]


def test_the_page_costs_the_same_at_one_and_at_sixty(house, site, chair, leaver, queries):
    client, counts = site(chair), []
    client.get(PAGE)
    for many in (1, 59):
        for _ in range(many):
            make_task(house["women"], accountable=leaver, given=True).helpers.add(chair.person)
            make_template(house["women"], person=leaver)
        with queries(at_most=12) as seen:
            client.get(address(leaver))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_an_acting_head_hands_over_while_acting(house, site, chair, leaver, heir):
    stand_in = make_person(house["women"], "Hà Thị Nga")
    seat = chair.person.appointments.get()
    appoint(stand_in, seat.unit, seat.position.code, start=day(), end=day(1), acting_for=seat)
    task = make_task(house["women"], accountable=leaver, given=True)
    done(site(stand_in.user), leaver, {"person": heir.pk, "reason": WHY})
    assert Task.objects.get(pk=task.pk).accountable == heir
