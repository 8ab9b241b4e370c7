"""The bell, its page, reading, choosing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khoidan.notices.models import Choice, Digest, Group, Notice
from tests.checks import beside
from tests.factories import day, make_member, make_notice, make_task

LIST, READING, CHOICES = reverse("notices:notice_list"), reverse("notices:reading"), reverse("notices:choices")


@pytest.fixture
def officer(house):
    return make_member(house["women"], "officer", "Lý Thị Lai")


@pytest.fixture
def notice(house, officer):
    return make_notice(officer, make_task(house["women"], "Báo cáo quý"), actor_name="Nông Thị Hinh")


def bell(page):
    """What the bell says, its words for those who do not see it included."""
    text = re.search(r'<a class="bell".*?</a>', page.content.decode(), re.DOTALL).group()
    return " ".join(re.sub("<[^>]*>", " ", text).split())


def moment(minutes):
    return timezone.now() + timedelta(minutes=minutes)


def test_unread_ones_come_first_then_by_day(site, house, officer):
    now = timezone.now()
    ages = {"Một": (0, None), "Hai": (1, None), "Ba": (0, now), "Bốn": (2, now)}
    for name, (days, read_at) in ages.items():
        make_notice(officer, make_task(house["women"], name), at=now - timedelta(days=days), read_at=read_at)
    shown = site(officer).get(LIST).context["days"]
    assert [(read, when, [str(n.record) for n in rows]) for read, when, rows in shown] == [
        (False, day(), ["Một"]),
        (False, day(-1), ["Hai"]),
        (True, day(), ["Ba"]),
        (True, day(-2), ["Bốn"]),
    ]


def test_each_day_is_headed_once_whenever_its_notices_were_read(site, house, officer):
    now = timezone.now()
    for name, days, read in (("Một", 0, 3), ("Hai", 1, 1), ("Ba", 0, 2), ("Bốn", 1, 0)):
        task = make_task(house["women"], name)
        make_notice(officer, task, at=now - timedelta(days=days, seconds=read), read_at=moment(-read))
    shown = site(officer).get(LIST).context["days"]
    assert [(when, [str(n.record) for n in rows]) for _read, when, rows in shown] == [
        (day(), ["Ba", "Một"]),
        (day(-1), ["Bốn", "Hai"]),
    ]


def test_looking_reads_nothing_and_opening_does(site, officer, notice):
    client = site(officer)
    assert bell(client.get(LIST)) == bell(client.get("/")) == "Thông báo 1 chưa đọc"
    answer = client.post(reverse("notices:notice_reading", args=[notice.pk]))
    assert (answer.status_code, answer.url) == (302, notice.target.get_absolute_url())
    assert bell(client.get(LIST)) == "Thông báo"


def test_what_one_may_not_see_any_more_opens_nothing_and_tells_nothing(site, officer, notice):
    officer.person.appointments.update(end=day())
    client = site(officer)
    page = client.get(LIST).content.decode()
    assert ("Báo cáo quý" in page, "Nông Thị Hinh" in page) == (False, False)
    answer = client.post(reverse("notices:notice_reading", args=[notice.pk]), follow=True)
    assert (answer.redirect_chain, str(*answer.context["messages"])) == (
        [(LIST, 302)],
        "Bạn không còn được xem bản ghi của thông báo này.",
    )


def test_all_is_read_that_the_page_showed(site, house, officer, notice):
    """One's own, and nothing that came after the page or rings for somebody else."""
    later = make_notice(officer, make_task(house["women"]), at=moment(5))
    foreign = make_notice(make_member(house["women"], "officer"), notice.target)
    client = site(officer)
    client.post(READING, {"until": client.get(LIST).context["until"]})
    assert set(Notice.objects.unread()) == {later, foreign}
    answer = client.post(READING, {"until": "31/02/2026"}, follow=True)
    assert "Chưa đánh dấu được. Hãy mở lại trang Thông báo rồi bấm lần nữa." in map(str, answer.context["messages"])


def test_who_wants_no_bell_sees_none(site, officer, notice):
    Notice.objects.update(rings=False)
    page = site(officer).get(LIST)
    assert (bell(page), page.context["days"]) == ("Thông báo", [])


def test_the_bell_counts_to_99(site, house, officer):
    task = make_task(house["women"])
    rows = [Notice(recipient=officer, target=task, unit=task.unit, kind=f"tasks.{n}") for n in range(101)]
    Notice.objects.bulk_create(rows)
    assert bell(site(officer).get("/")) == "Thông báo 99+ chưa đọc"


def test_the_page_costs_the_same_at_1_and_60(site, house, officer, notice, queries):
    client = site(officer)
    client.get(LIST)
    with queries(at_most=8) as one:
        client.get(LIST)
    for n in range(59):
        make_notice(officer, make_task(house["women"]), read_at=moment(-n) if n % 2 else None)
    with queries(at_most=8) as many:
        client.get(LIST, {"size": 100})
    assert len(one) == len(many)


def test_choices_are_kept_and_shown(site, officer):
    client = site(officer)
    sent = {"bell": ["given", "late"], "mail": ["due"], "hour": "9"}
    assert client.post(CHOICES, sent).status_code == 302
    assert client.post(CHOICES, sent | {"weekdays_only": "on"}).status_code == 302
    choice = Choice.objects.get(account=officer)
    assert (choice.bell, choice.mail, choice.hour, choice.weekdays_only) == (["given", "late"], ["due"], 9, True)
    rows = client.get(CHOICES).context["form"].rows()
    assert {group for group, _label, ways in rows if ways[0][2]} == {"given", "late"}
    assert {group for group, _label, ways in rows if ways[1][2]} == {"due"}


@pytest.mark.django_db(transaction=True)
def test_two_first_choices_at_once_are_both_saved(officer):
    one, two = Client(), Client()
    for each in (one, two):
        each.force_login(officer)
    answer = beside(
        lambda: one.post(CHOICES, {"bell": ["given"], "hour": "9"}),
        lambda: None,
        lambda: two.post(CHOICES, {"bell": ["late"], "hour": "10"}),
    )
    assert (answer.status_code, [(c.bell, c.hour) for c in Choice.objects.all()]) == (302, [(["late"], 10)])


@pytest.mark.parametrize(
    "sent", [{"bell": "cả", "hour": "7"}, {"mail": "\x00", "hour": "7"}, {"hour": "25"}, {"hour": "x" * 9999}, {}]
)
def test_choices_that_cannot_be_are_refused_with_what_was_chosen(site, officer, sent):
    answer = site(officer).post(CHOICES, sent | {"bell": [Group.DUE, sent.get("bell", "due")]})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert ("due" in dict((g, ways[0][2]) for g, _l, ways in answer.context["form"].rows() if ways[0][2])) is True
    assert Choice.objects.count() == 0


@pytest.mark.parametrize(
    ("url", "email", "state", "said"),
    [
        ("", "an@example.vn", None, "Phần mềm chưa được nối với máy chủ thư"),
        ("smtp://x", "", None, "Tài khoản của bạn chưa có địa chỉ thư điện tử."),
        ("smtp://x", "an@example.vn", None, "Gửi tới an@example.vn."),
        ("smtp://x", "an@example.vn", "failed", f"Thư ngày {day():%d/%m/%Y}: không gửi được."),
        ("smtp://x", "an@example.vn", "waiting", f"Thư ngày {day():%d/%m/%Y} chưa gửi được"),
    ],
)
def test_the_page_of_choices_says_how_mail_stands(site, settings, officer, url, email, state, said):
    settings.EMAIL_URL, officer.email = url, email
    officer.save()
    if state:
        Digest.objects.create(account=officer, day=day(), state=state, last_error="ConnectionRefusedError")
    assert said in " ".join(site(officer).get(CHOICES).content.decode().split())


def test_the_end_of_the_calendar_reads_all_and_breaks_nothing(site, officer, notice):
    client = site(officer)
    assert client.post(READING, {"until": "9999-12-31T23:59:59-23:59"}).status_code == 302
    assert bell(client.get(LIST)) == "Thông báo"
