"""What the mail of the day says and never says; what the bell reminds of; the command that does both."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.dashboards.digest import SHOWN, News, compose
from khoidan.notices.models import Choice, Digest, Group, Notice, tell, tell_of_many
from khoidan.tasks.models import Task
from tests.factories import day, fresh, make_meeting, make_member, make_task

HOUR = timedelta(hours=1)


@pytest.fixture
def head(house):
    return make_member(house["women"], "organization_head", "Nông Thị Hinh")


@pytest.fixture
def lai(house):
    user = make_member(house["women"], "officer", "Lý Thị Lai")
    User.objects.filter(pk=user.pk).update(email="lai@example.vn")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def site_with_mail(settings):
    settings.EMAIL_URL, settings.SITE_URL = "smtp://office", "https://khoidan.example.vn"


def given(user, title, due=7, *, ago=20, **fields):
    """A task of `user`, given so many days ago."""
    fields = {"given_at": timezone.now() - timedelta(days=ago)} | fields
    unit = user.person.unit
    return make_task(unit, title, accountable=user.person, state="given", due=day(due), **fields)


def letter(user, since=HOUR):
    return compose(User.objects.get(pk=user.pk), timezone.now() - since)


def parts(user, **since):
    """{title of a part: its lines} of the letter to `user`; empty where there is none."""
    found, title = {}, None
    told = letter(user, **since)
    for line in told.text.splitlines() if told else []:
        if line.startswith("- "):
            found.setdefault(title, []).append(line[2:].split(" · ")[0])
        title = line if not line.startswith("- ") and line else title
    return found


def test_what_one_must_act_on_is_named_once_each(house, head, lai):
    given(lai, "Mới và quá hạn", -1, ago=0)
    given(lai, "Quá hạn", -9)
    given(lai, "Hôm nay", 0)
    given(lai, "Sau này", 60)
    given(head, "Của người khác", -1)
    returned = given(lai, "Làm lại", 60)
    tell("sent_back", returned, to=[lai], by=head)
    make_task(house["women"], "Nháp")
    assert parts(lai) == {
        "Mới được giao": ["Mới và quá hạn"],
        "Bị trả lại, mở lại": ["Làm lại"],
        "Quá hạn": ["Quá hạn"],
        "Đến hạn trong tuần này": ["Hôm nay"],
    }
    assert parts(head) == {"Quá hạn": ["Của người khác"], "Nháp chờ bạn giao": ["Nháp"]}
    assert "Mới được giao" not in parts(lai, since=-HOUR)


def test_tasks_handed_over_together_are_all_named(house, head, lai):
    tasks = [given(lai, title, 60) for title in ("Một", "Hai")]
    tell_of_many("handed_over", tasks, to=[lai], by=head, leaver="Lý Thị Mai")
    assert parts(lai) == {"Mới được giao": ["Một", "Hai"]}
    assert News(lai, timezone.now() - HOUR).others() == 1
    named = News(lai, timezone.now() - HOUR)
    named.parts()
    assert named.others() == 0
    tasks[0].void(by=head)
    assert News(lai, timezone.now() - HOUR).others() == 1


def test_groups_not_chosen_are_not_in_it(lai):
    given(lai, "Quá hạn", -9)
    given(lai, "Hôm nay", 0)
    Choice.objects.create(account=lai, mail=[Group.LATE])
    assert parts(lai) == {"Quá hạn": ["Quá hạn"]}
    Choice.objects.update(mail=[Group.GIVEN])
    assert letter(lai) is None


def test_many_are_counted_and_not_named(lai):
    for n in range(SHOWN + 2):
        given(lai, f"Việc {n}", -n - 1)
    assert parts(lai)["Quá hạn"][SHOWN:] == ["và 2 việc khác"]


def test_other_notices_are_counted_while_they_may_be_read(house, head, lai, monkeypatch):
    meeting = make_meeting(house["women"])
    monkeypatch.setattr(type(meeting), "notices", {"given": Task.notices["given"]}, raising=False)
    tell("given", meeting, to=[lai], by=head)
    assert "1 thông báo khác chưa đọc." in letter(lai).text
    meeting.void(by=head)
    assert letter(lai) is None


def test_what_the_bell_shows_is_counted_and_what_only_the_mail_tells_is_named(house, head, lai):
    """The page that the number leads to has as many; a group read by mail alone is read here."""
    Choice.objects.create(account=lai, bell=[Group.RETURNED], mail=[Group.OTHER, Group.RETURNED])
    task, private = given(lai, "Dừng lại", 60), given(lai, "Việc của riêng ai", 60, private=True)
    for each in (task, private):
        tell("cancelled", each, to=[lai], by=head)
    assert parts(lai) == {"Có thay đổi khác": ["Dừng lại", "1 việc riêng"]}
    assert "chưa đọc" not in letter(lai).text
    assert letter(lai, since=-HOUR) is None
    Choice.objects.update(bell=[Group.OTHER])
    tell("cancelled", task, to=[lai], by=head)
    assert parts(lai) == {"Có thay đổi khác": ["1 việc riêng"]}
    assert "1 thông báo khác chưa đọc." in letter(lai).text


def test_what_waits_for_ones_word_is_told_and_what_one_handed_in_is_not(house, head, lai):
    handed_in = given(lai, "Báo xong", -1, checker=head.person)
    handed_in.complete(by=lai, result="Xong")
    given(lai, "Xin thêm ngày", 60).ask(by=lai, due=day(70), reason="Mưa lũ")
    assert parts(lai) == {}
    assert parts(head) == {"Chờ bạn nghiệm thu": ["Báo xong"], "Xin gia hạn, chờ bạn trả lời": ["Xin thêm ngày"]}


SENTINELS = {"name": "Hà Văn Tú", "description": "Nội dung kín", "result": "Kết quả kín", "reason": "Lý do kín"}


def test_nothing_private_is_in_it(house, lai, site_with_mail):
    """Of people only the reader's own name; of work title, unit and day."""
    other = make_member(house["women"], "organization_head", SENTINELS["name"])
    other.person.phone = "0987 654 321"
    other.person.save()
    fields = {name: SENTINELS[name] for name in ("description", "result")}
    task = given(lai, "Báo cáo quý", -1, given_by=other, created_by=other, **fields)
    tell("reopened", task, to=[lai], by=other, reason=SENTINELS["reason"])
    tell("cancelled", given(lai, "Đã hủy", 60), to=[lai], by=other, reason=SENTINELS["reason"])
    told = letter(lai)
    for text in (told.text, told.html):
        assert [text.count(word) for word in ("Báo cáo quý", "Lý Thị Lai")] == [1, 1]
        assert [word for word in (*SENTINELS.values(), "0987") if word in text] == []
        assert "https://khoidan.example.vn/tasks/mine/" in text
    assert SENTINELS["name"] not in told.subject


def test_a_private_task_is_a_number(house, lai, site_with_mail):
    given(lai, "Việc của riêng ai", -1, private=True)
    tell("sent_back", given(lai, "Việc riêng khác", 60, private=True), to=[lai], by=None)
    assert parts(lai) == {"Bị trả lại, mở lại": ["1 việc riêng"], "Quá hạn": ["1 việc riêng"]}
    assert "iêng ai" not in letter(lai).html + letter(lai).subject


def test_a_title_is_text_in_both_forms(lai):
    given(lai, 'A & B < C "D"', -1)
    told = letter(lai)
    assert 'A & B < C "D"' in told.text
    assert "A &amp; B &lt; C &quot;D&quot;" in told.html


def test_it_speaks_the_language_of_the_account(lai, settings):
    """And leads nowhere where the site does not know its address."""
    settings.SITE_URL = ""
    given(lai, "Báo cáo", -1)
    assert letter(lai).subject == f"Việc của bạn ngày {day():%d/%m/%Y}"
    User.objects.update(language="en")
    told = letter(lai)
    assert f"{day():%d/%m/%Y}" in told.subject
    assert 'lang="en"' in told.html
    assert "http" not in told.text + told.html


def test_an_ended_seat_gets_no_mail_about_records(head, lai):
    """Rights are those of today, computed by the command where nobody signed in."""
    task = given(lai, "Báo cáo", -1)
    tell("cancelled", task, to=[lai], by=head)
    lai.person.appointments.update(end=day())
    User.objects.filter(pk=lai.pk).update(grants_on=day(-1))
    assert letter(lai) is None
    assert fresh(lai).grants_on == day()


def test_a_letter_costs_the_same_for_one_task_and_for_sixty(lai, queries):
    given(lai, "Một", -1)
    letter(lai)
    with queries(at_most=16) as one:
        letter(lai)
    for n in range(59):
        tell("sent_back", given(lai, f"Việc {n}", n % 9 - 4), to=[lai], by=None)
    with queries(at_most=16) as many:
        letter(lai)
    assert len(one) == len(many)


def reminders(user):
    rung = Notice.objects.filter(recipient=user).order_by("pk").with_records(user)
    return [(notice.kind, str(notice.record)) for notice in rung]


def test_the_bell_reminds_of_what_is_due_by_tomorrow_and_of_what_is_late_once(house, lai):
    late = given(lai, "Quá hạn", -1)
    for title, due in (("Hôm nay", 0), ("Ngày mai", 1), ("Ngày kia", 2)):
        given(lai, title, due)
    make_task(house["women"], "Nháp", accountable=lai.person, due=day(-1))
    assert (Task.objects.remind(), Task.objects.remind()) == (3, 0)
    told = [("tasks.late", "Quá hạn"), ("tasks.due", "Hôm nay"), ("tasks.due", "Ngày mai")]
    assert reminders(lai) == told
    Task.objects.filter(pk=late.pk).update(due=day(1))
    assert Task.objects.remind() == 1
    assert reminders(lai) == [*told, ("tasks.due", "Quá hạn")]


def test_nobody_is_reminded_who_works_here_no_more(house, lai, head):
    given(lai, "Báo cáo", -1)
    given(head, "Kế hoạch", -1)
    lai.person.appointments.update(end=day())
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert (Task.objects.remind(), Notice.objects.count()) == (0, 0)


def test_who_has_the_bell_off_is_not_asked_for_again(lai, head, queries):
    """Nor counted; and many cost what one does."""
    Choice.objects.create(account=lai, bell=[Group.DUE], mail=[Group.LATE])
    for n in range(3):
        given(lai, f"Quá hạn {n}", -1)
    with queries() as none:
        assert Task.objects.remind() == 0
    given(head, "Một", -1)
    with queries() as one:
        assert Task.objects.remind() == 1
    for n in range(9):
        given(head, f"Việc {n}", -1)
    with queries() as many:
        assert Task.objects.remind() == 9
    assert len(one) == len(many) > len(none)
    given(lai, "Hôm nay", 0)
    assert Task.objects.remind() == 1
    assert reminders(lai) == [("tasks.due", "Hôm nay")]


def run(capsys):
    call_command("send_digests")
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def any_hour(lai):
    Choice.objects.create(account=lai, hour=0, weekdays_only=False)


def test_the_command_sends_one_mail_a_day(lai, any_hour, site_with_mail, capsys):
    given(lai, "Báo cáo", -1)
    assert run(capsys) == ["1 reminders; mail: 1 sent"]
    given(lai, "Việc gấp", 0, ago=0)
    assert run(capsys) == ["1 reminders; mail: nothing to do"]
    (message,) = mail.outbox
    assert (message.to, message.body.count("Báo cáo"), "Việc gấp" in message.body) == (["lai@example.vn"], 1, False)


def test_a_day_without_anything_has_no_mail(lai, any_hour, site_with_mail, capsys):
    assert run(capsys) == ["0 reminders; mail: 1 nothing"]
    assert (mail.outbox, Digest.objects.get().state) == ([], "nothing")


def test_a_reminder_that_cannot_be_written_stops_no_mail(lai, any_hour, site_with_mail, capsys):
    given(lai, "Báo cáo", -1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_notice ADD CONSTRAINT refused CHECK (kind <> 'tasks.late')")
    with pytest.raises(CommandError, match="^reminders failed: IntegrityError; mail: 1 sent; see the log$"):
        run(capsys)
    assert [message.to for message in mail.outbox] == [["lai@example.vn"]]


def test_without_a_server_of_post_nothing_is_put_in_line(lai, any_hour, settings, capsys):
    settings.EMAIL_URL = ""
    given(lai, "Báo cáo", -1)
    assert run(capsys) == ["1 reminders; no mail: EMAIL_URL is not set"]
    assert Digest.objects.count() == 0


def test_what_finally_failed_ends_the_command_with_an_error_once(lai, any_hour, site_with_mail, capsys):
    Digest.objects.create(account=lai, day=day(-1), tries=3)
    with pytest.raises(CommandError, match="mail: 1 nothing, 1 failed; see /admin/notices/digest/"):
        run(capsys)
    assert run(capsys) == ["0 reminders; mail: nothing to do"]
