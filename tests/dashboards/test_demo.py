"""The demo as it was loaded: its people, its work, and who sees what of it today."""

from datetime import timedelta
from functools import reduce
from io import StringIO
from operator import or_

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.dashboards.loading import demo
from khoidan.files.models import Attachment
from khoidan.meetings.models import AgendaItem, Attendance, Conclusion, Meeting
from khoidan.organizations.models import Area, Capability, Event, Kind, Unit, UnitUserObjectPermission, scope_of
from khoidan.staffing import grants
from khoidan.staffing.models import Appointment, Person, StaffQuota
from khoidan.tasks.models import Extension, Reassignment, Task, TaskTemplate
from khoidan.tasks.models.recurrence import days_of
from tests.factories import make_user

FOUNDED_DAYS_AGO = 120
PASSWORD = "for-tests-only"
WORKERS = ["khue.hoang", "thuyen.nong", "duyen.hoang", "khuong.luong", "nga.hua", "xoa.chau", "chuyen.nong"]


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for this module; its tests only read, or undo what they write."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(PASSWORD)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def today():
    return timezone.localdate()


def account(username):
    return User.objects.get(username=username)


def unit(code):
    return Unit.objects.get(code=code)


def test_the_bloc_has_its_shape(today):
    kinds = {kind: Unit.objects.filter(kind=kind).count() for kind in Kind}
    assert kinds == {"bloc": 1, "organization": 6, "branch": 60, "office": 1, "sub_committee": 3}
    founded = set(Unit.objects.exclude(kind=Kind.BRANCH).values_list("valid_from", flat=True))
    assert founded == {today - timedelta(days=FOUNDED_DAYS_AGO)}
    assert not Unit.objects.filter(kind=Kind.BRANCH, valid_from__gte=min(founded)).exists()


def test_twelve_communes_became_five():
    old = Area.objects.filter(kind=Area.Kind.COMMUNE, parent__kind=Area.Kind.DISTRICT)
    assert (old.count(), old.values("succeeded_by").distinct().count()) == (12, 5)


def test_twenty_five_seats_and_one_is_free(today):
    seats = sum(quota.seats for quota in StaffQuota.objects.held(today))
    filled = Appointment.objects.held(today).filling()
    assert (seats, filled.count()) == (25, 24)
    assert filled.filter(unit=unit("ĐTN")).count() == StaffQuota.objects.get(unit=unit("ĐTN")).seats - 1


def test_everybody_is_marked_as_demo():
    assert 25 <= Person.objects.count() <= 30
    assert not Person.objects.filter(is_demo=False).exists()
    assert not User.objects.real().exists()


def test_one_password_opens_every_account():
    hashes = set(User.objects.values_list("password", flat=True))
    assert len(hashes) == 1
    assert account("khue.hoang").check_password(PASSWORD)


def test_sign_ins_are_offered_in_the_order_of_the_story():
    assert [username for username, _role in demo.sign_ins()] == [*WORKERS, "tinh.pham", "quantri"]


def test_story_1_on_the_first_day_the_posts_were_held(today):
    first = Appointment.objects.held(today - timedelta(days=FOUNDED_DAYS_AGO))
    held = dict(first.values_list("position__role__code").annotate(n=models.Count("pk")))
    assert held["bloc_head"] == 1
    assert held["deputy_head"] == 5
    assert first.filter(position__code="truong-tieu-ban").count() == 3
    assert not Appointment.objects.held(today - timedelta(days=FOUNDED_DAYS_AGO + 1)).exists()


def test_story_6_the_acting_holder_has_the_rights_for_her_days_only(today):
    duyen = account("duyen.hoang")
    acting = Appointment.objects.held(today).filter(person__user=duyen, kind=Appointment.Kind.ACTING)
    assert set(acting.values_list("unit__code", "acting_for__person__name")) == {
        (code, "Nông Thị Thuyên") for code in ("KD", "LHPN", "TTVĐ")
    }
    women = unit("LHPN")
    assert scope_of(duyen).grants(Capability.APPROVE_WORK, women.pk)
    for day in (-6, 7):
        rights = grants.wanted(duyen, today + timedelta(days=day))
        assert (women.pk, Capability.APPROVE_WORK) not in rights
        assert (women.pk, Capability.DIRECT_WORK) in rights


def test_rights_are_ready_for_today(today):
    assert not User.objects.exclude(grants_on=today).exists()
    assert not UnitUserObjectPermission.objects.filter(user__username__in=["quantri", "loi.phung"]).exists()


def test_tasks_are_in_every_state_and_few_are_late(today):
    count = {state: Task.objects.filter(state=state).count() for state in Task.State}
    late = Task.objects.late(today).count()
    recent = Task.objects.done_within(today - timedelta(days=30), today).count()
    assert 290 <= sum(count.values()) <= 330
    assert min(count.values()) >= 3, count
    assert 8 <= late <= 12
    assert late <= 0.1 * (Task.objects.open().count() + recent)
    assert 10 <= Task.objects.done().filter(completed_on__gt=F("due")).count() <= 50


def test_every_task_given_is_clear():
    assert [(task.title, task.missing()) for task in Task.objects.open() if task.missing()] == []


def test_the_past_is_in_order():
    now = timezone.now()
    upset = Q(given_at__lt=F("created_at")) | Q(completed_at__lt=F("given_at"))
    ahead = Q(created_at__gt=now) | Q(given_at__gt=now) | Q(completed_at__gt=now)
    assert not Task.objects.filter(upset | ahead).exists()
    assert not Meeting.objects.filter(Q(closed_at__lt=F("ends_at")) | Q(closed_at__gt=now)).exists()
    assert not Event.objects.filter(at__gt=now).exists()


def test_every_task_tells_its_acts():
    rows = Event.objects.filter(target_type__model="task").values_list("verb").annotate(n=Count("pk"))
    told, states = dict(rows), dict(Task.objects.values_list("state").annotate(n=Count("pk")))
    given = sum(states.values()) - states["draft"]
    assert (told["created"], told["given"], told["cancelled"]) == (sum(states.values()), given, states["cancelled"])
    assert told["completed"] + told["accepted"] == states["done"]
    assert told["submitted"] - told["accepted"] == states["checking"]


def test_work_is_checked_helped_marked_asked_for_and_shared():
    assert Task.objects.exclude(checker=None).count() >= 60
    assert Task.objects.exclude(helpers=None).distinct().count() >= 40
    assert Task.objects.filter(above=True).count() >= 15
    assert (Task.objects.asking().count() >= 2, Extension.objects.filter(granted=True).count() >= 3) == (True, True)
    assert Task.objects.filter(private=True).count() == 2
    whole = Task.objects.exclude(children=None).distinct().get()
    assert whole.children.count() == 6
    assert whole.children.done().count() == 2
    assert Task.objects.values("accountable").distinct().count() >= 20


def test_work_was_handed_over_today():
    """All that one person had open is somebody else's, and both are told in the log."""
    leaver, heir = (account(name).person for name in ("tao.nguyen", "mui.ban"))
    assert not Task.objects.open().filter(Q(accountable=leaver) | Q(checker=leaver) | Q(helpers=leaver)).exists()
    passed = Reassignment.objects.filter(before=leaver, after=heir, by=account("khue.hoang"))
    assert passed.count() == Event.objects.filter(verb="reassigned").count() >= 2
    assert {reassigned.task.accountable for reassigned in passed} == {heir}


def test_files_hang_on_work():
    hanging = {(file.name, file.kind, file.target.state) for file in Attachment.objects.all()}
    form, plan = "Biểu số liệu thi đua (mẫu trống).pdf", "Sơ đồ hội trường.png"
    assert {row[:2] for row in hanging} == {(form, "pdf"), (plan, "png")}
    assert {row[2] for row in hanging} <= {"given", "doing", "checking"}
    assert Event.objects.filter(verb="file_added").count() == 2


def test_twenty_meetings_and_what_they_concluded(today):
    assert Meeting.objects.count() == 20
    monday = today - timedelta(days=today.weekday())
    assert Meeting.objects.filter(closed_at=None).count() == 6
    assert not Meeting.objects.filter(closed_at=None, starts_at__date__lt=monday).exists()
    assert not Attendance.objects.filter(meeting__closed_at__isnull=False, status="invited").exists()
    joint = Meeting.objects.filter(unit=unit("VP"))
    assert {meeting.organizations.count() for meeting in joint} == {6}
    tasks = Task.objects.stemming_from(Conclusion, Conclusion.objects.values("pk"))
    assert tasks.count() >= 30
    for task in tasks:
        assert task.unit in task.origin.units.all()


def test_work_that_comes_back_is_linked_to_its_days_and_the_next_nights_make_it_once(today, undone):
    linked = Task.objects.exclude(template=None).select_related("template")
    assert linked.values("template").distinct().count() == 6
    for task in linked:
        assert task.occurrence == next(days_of(task.template, task.occurrence)), task
    states = {template.badge["word"] for template in TaskTemplate.objects.all()}
    assert states == {"đang chạy", "tạm dừng", "không định kỳ"}
    before, until = Task.objects.count(), (today + timedelta(days=60)).isoformat()
    call_command("make_recurring", until=until, stdout=StringIO())
    made = Task.objects.count() - before
    call_command("make_recurring", until=until, stdout=StringIO())
    assert made == Task.objects.count() - before >= 3
    assert {task.state for task in Task.objects.order_by("-pk")[:made]} == {"given"}


def test_the_acting_head_gets_what_comes_back_to_the_post(today):
    template = TaskTemplate.objects.get(title__startswith="Báo cáo tổng kết công tác Hội")
    told = [template.addressee(today + timedelta(days=days)).name for days in (0, 30)]
    assert told == ["Hoàng Thị Duyến", "Nông Thị Thuyên"]


def test_texts_keep_the_rules_of_the_forms():
    for model in (Person, Task, TaskTemplate, Meeting, AgendaItem, Conclusion, Unit):
        links = [column.name for column in model._meta.fields if column.is_relation]
        for record in model.objects.all():
            record.clean_fields(exclude=links)


def test_who_works_here_has_work_today(today):
    for username in WORKERS:
        own = Task.objects.open().of(account(username))
        assert own.filter(due=today).exists(), username
        assert own.count() >= 2, username


def expected(username):
    """Which tasks the written matrix lets each sign-in see."""
    everything, none, public = Q(), Q(pk=None), Q(private=False)
    part = {f"{name}__user__username": username for name in ("accountable", "checker", "helpers")}
    wrote = Q(private=True) & (Q(created_by__username=username) | Q(given_by__username=username))
    own = reduce(or_, (Q(**{name: value}) for name, value in part.items()), wrote)
    whose = Q(unit__code="LHPN") | Q(unit__parent__code="LHPN")
    women = whose | Q(organizations__code="LHPN")
    office, propaganda = Q(unit__code="VP"), Q(unit__code="TTVĐ")
    return {
        "khue.hoang": everything,
        "thuyen.nong": (women | propaganda | Q(unit__code="KD")) & public | whose | own,
        "duyen.hoang": (women | propaganda | Q(unit__code__in=["KTGS", "KD"])) & public | whose | own,
        "khuong.luong": public | own,
        "nga.hua": office & public | own,
        "xoa.chau": (women | propaganda) & public | own,
        "chuyen.nong": office & public | own,
        "tinh.pham": ~Q(state="draft") & public,
        "quantri": none,
    }[username]


@pytest.mark.parametrize("username", [*WORKERS, "tinh.pham", "quantri"])
def test_each_sign_in_sees_the_right_tasks(username):
    seen = set(Task.objects.permitting(account(username), "view").values_list("pk", flat=True))
    assert seen == set(Task.objects.filter(expected(username)).values_list("pk", flat=True))
    assert len(seen) >= 20 or username == "quantri"


def test_it_is_not_loaded_twice():
    with pytest.raises(CommandError, match="empty database only"):
        call_command("load_demo")


def test_it_is_not_loaded_beside_real_accounts(undone):
    make_user("that")
    with pytest.raises(CommandError, match=r"real accounts \(1\)"):
        call_command("load_demo")
