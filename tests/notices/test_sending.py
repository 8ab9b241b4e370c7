"""The mail of the day against a server of post that is kind, down, silent, slow, full, dying or deaf."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.notices.models import Choice, Digest
from khoidan.notices.models.digest import PAUSES
from khoidan.notices.sending import Letter, deliver, queue, since
from khoidan.organizations.models import Event
from tests.checks import elsewhere, until
from tests.factories import day, make_member, make_person, make_user
from tests.notices.office import closed_port, open_office


def compose(account, since):
    return Letter("Việc của bạn", "Kính gửi\n", "<p>Kính gửi</p>")


@pytest.fixture
def office(settings):
    with open_office() as office:
        settings.EMAIL_URL, settings.EMAIL_BACKEND = "smtp://office", "khoidan.notices.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office.port, 0.2
        yield office


@pytest.fixture
def lai(house):
    return member(house, "lai")


def member(house, name):
    user = make_member(house["women"], "officer", "Lý Thị Lai")
    User.objects.filter(pk=user.pk).update(email=f"{name}@example.vn")
    return user


def in_line(*users):
    Digest.objects.queue([user.pk for user in users], day())
    return list(Digest.objects.order_by("pk"))


def outcome(digest):
    digest.refresh_from_db()
    return digest.state, digest.tries, digest.last_error


def later():
    """The pause is over."""
    Digest.objects.filter(state="waiting").update(next_try_at=timezone.now())


def test_a_letter_arrives_in_both_forms_and_once(office, lai):
    (digest,) = in_line(lai)
    assert deliver(compose) == {"failed": 0, "sent": 1}
    in_line(lai)
    assert deliver(compose) == {"failed": 0}
    (letter,) = office.letters
    assert (letter["To"], letter["Subject"], letter["Auto-Submitted"]) == (
        "lai@example.vn",
        "Việc của bạn",
        "auto-generated",
    )
    assert letter["Message-ID"] == f"<digest-{digest.pk}-{day():%Y%m%d}@localhost>"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert outcome(digest) == ("sent", 1, "")


@pytest.mark.parametrize(
    ("manner", "error"),
    [
        ("down", "ConnectionRefusedError"),
        ("silent", "SMTPServerDisconnected"),
        ("dying", "SMTPServerDisconnected"),
        ("unknown", "SMTPRecipientsRefused 550"),
        ("full", "SMTPDataError 452"),
    ],
)
def test_what_surely_did_not_arrive_is_tried_again_with_longer_pauses_and_then_given_up(
    office, settings, lai, manner, error
):
    office.manner, settings.EMAIL_PORT = manner, closed_port() if manner == "down" else office.port
    (digest,) = in_line(lai)
    for tries, pause in enumerate(PAUSES, 1):
        assert deliver(compose) == {"failed": 0, "waiting": 1}
        assert outcome(digest) == ("waiting", tries, error)
        assert timedelta() <= timezone.now() + pause - digest.next_try_at < timedelta(minutes=1)
        assert deliver(compose) == {"failed": 0}
        later()
    assert deliver(compose) == {"failed": 1}
    assert (outcome(digest), office.letters) == (("failed", 5, error), [])
    office.manner, settings.EMAIL_PORT = "kind", office.port
    later()
    assert deliver(compose) == {"failed": 0}


def test_one_whose_letter_fails_keeps_nobody_else_from_theirs(office, house, lai):
    failed = []

    def twice(account, since):
        if account == lai and not failed:
            failed.append(account)
            raise ValueError("of this person's letter")
        return compose(account, since)

    first, second = in_line(lai, member(house, "an"))
    assert deliver(twice) == {"failed": 0, "waiting": 1, "sent": 1}
    assert (outcome(first), outcome(second)) == (("waiting", 1, "ValueError"), ("sent", 1, ""))
    later()
    assert deliver(twice) == {"failed": 0, "sent": 1}
    assert [letter["To"] for letter in office.letters] == ["an@example.vn", "lai@example.vn"]


def test_a_server_that_is_silent_is_asked_once_a_run(office, house, lai):
    office.manner = "silent"
    in_line(lai, member(house, "an"), member(house, "tu"))
    assert deliver(compose) == {"failed": 0, "waiting": 3}
    assert office.calls == 1


def test_a_slow_answer_is_waited_for(office, lai):
    """Longer than anything else is: whoever gives up here sends it twice."""
    office.manner = "slow"
    (digest,) = in_line(lai)
    assert deliver(compose) == {"failed": 0, "sent": 1}
    assert (outcome(digest), len(office.letters)) == (("sent", 1, ""), 1)


def test_what_may_have_arrived_is_not_sent_twice_and_is_told(office, lai):
    office.manner = "deaf"
    (digest,) = in_line(lai)
    assert deliver(compose) == {"failed": 0, "unsure": 1}
    office.manner = "kind"
    later()
    assert deliver(compose) == {"failed": 0}
    assert (outcome(digest), len(office.letters)) == (("unsure", 1, "SMTPServerDisconnected"), 1)


def test_a_sender_that_was_cut_off_loses_and_doubles_nothing(office, house, lai):
    """Before the server had it: sent again. After: nobody knows, so it is told and not sent."""
    hours_ago = timezone.now() - timedelta(hours=2)
    before, after = in_line(lai, member(house, "an"))
    Digest.objects.update(state="sending", taken_at=hours_ago)
    Digest.objects.filter(pk=after.pk).update(handed_at=hours_ago)
    assert deliver(compose) == {"failed": 1, "sent": 1}
    assert (outcome(before)[0], outcome(after)[0]) == ("sent", "unsure")
    assert [letter["To"] for letter in office.letters] == ["lai@example.vn"]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_letter_each(office, house, lai):
    office.manner = "slow"
    in_line(lai, member(house, "an"), member(house, "tu"))
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(elsewhere, lambda: deliver(compose)) for _ in range(2)]
        assert sum(run.result(timeout=20)["sent"] for run in runs) == 3
    assert sorted(letter["To"] for letter in office.letters) == ["an@example.vn", "lai@example.vn", "tu@example.vn"]


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_two_runs_would_send_two(office, lai, monkeypatch):
    """Negative control: a queue that hands one digest to both."""
    office.manner = "slow"
    (digest,) = in_line(lai)
    taken = []

    def take(self):
        taken.append(self)
        until(lambda: len(taken) > 1)
        return Digest.objects.get(pk=digest.pk) if len(taken) < 3 else None

    monkeypatch.setattr("khoidan.notices.models.digest.DigestQuerySet.take", take)
    with ThreadPoolExecutor(2) as pool:
        for run in [pool.submit(elsewhere, lambda: deliver(compose)) for _ in range(2)]:
            run.result(timeout=20)
    assert len(office.letters) == 2


def test_nothing_to_say_and_no_address_are_told_apart(office, lai):
    (digest,) = in_line(lai)
    assert deliver(lambda account, since: None) == {"failed": 0, "nothing": 1}
    Digest.objects.update(state="waiting")
    for address in ("", "không phải địa chỉ"):
        User.objects.filter(pk=lai.pk).update(email=address)
        Digest.objects.update(state="waiting")
        assert deliver(compose) == {"failed": 0, "no_address": 1}
    assert (outcome(digest)[0], office.calls) == ("no_address", 0)


def test_a_letter_of_yesterday_is_given_up_with_the_day(office, lai):
    (digest,) = in_line(lai)
    Digest.objects.update(day=F("day") - timedelta(days=1), last_error="ConnectionRefusedError")
    assert deliver(compose) == {"failed": 1}
    assert outcome(digest)[0] == "failed"


def at(hour, minute=0, weekday=0):
    """A local moment of a week."""
    return timezone.make_aware(datetime(2026, 3, 2 + weekday, hour, minute))


def test_the_hour_and_the_days_are_each_persons_own(house, lai):
    early, late, weekend, none = (member(house, name) for name in ("an", "tu", "ba", "bon"))
    for user, fields in [
        (early, {"hour": 5}),
        (late, {"hour": 9}),
        (weekend, {"hour": 6, "weekdays_only": False}),
        (none, {"hour": 0, "mail": []}),
    ]:
        Choice.objects.create(account=user, **fields)

    def waiting(moment):
        Digest.objects.all().delete()
        queue(moment)
        return set(Digest.objects.values_list("account", flat=True))

    assert waiting(at(5)) == {early.pk}
    assert waiting(at(6, 59)) == {early.pk, weekend.pk}
    assert waiting(at(23)) == {early.pk, weekend.pk, lai.pk, late.pk}  # a run that was missed
    assert waiting(at(23, weekday=5)) == waiting(at(23, weekday=6)) == {weekend.pk}


def test_who_works_here_gets_mail(house, lai):
    """Not who administers, is locked, has no file, or does not exist."""
    locked, admin, nobody = member(house, "an"), make_user("root", is_superuser=True), make_user()
    User.objects.filter(pk=locked.pk).update(is_active=False)
    make_person(house["women"], user=admin)
    make_person(house["women"], user=make_user(is_demo=True))
    queue(at(12))
    queue(at(13))
    assert (nobody.pk, [digest.account for digest in Digest.objects.all()]) == (nobody.pk, [lai])


def test_news_are_what_happened_since_the_last_letter_that_was_taken(office, lai):
    (digest,) = in_line(lai)
    fortnight = timezone.now() - timedelta(days=14)
    assert abs(since(digest) - fortnight) < timedelta(minutes=1)
    deliver(compose)
    digest.refresh_from_db()
    assert since(digest) == digest.taken_at - timedelta(minutes=1)


@pytest.fixture
def root(client):
    user = User.objects.create_superuser("root", name="Quản Trị", password="một mật khẩu đủ dài")
    client.force_login(user)
    return client


ROWS = reverse("admin:notices_digest_changelist")


def test_the_administrator_sees_what_failed_and_sends_it_again(office, root, lai):
    office.manner = "unknown"
    (digest,) = in_line(lai)
    deliver(compose)
    Digest.objects.update(state="failed")
    page = root.get(ROWS).content.decode()
    assert ("SMTPRecipientsRefused 550" in page, "secret" in page, "không gửi được" in page) == (True, False, True)
    office.manner = "kind"
    root.post(ROWS, {"action": "resend", "_selected_action": [digest.pk]})
    assert (outcome(digest), deliver(compose)) == (("waiting", 0, ""), {"failed": 0, "sent": 1})
    assert list(Event.objects.about(digest).values_list("verb", flat=True)) == ["resent"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "sent"}, "Chỉ gửi lại được thư chưa tới nơi."),
        ({"state": "failed", "day": day(-1)}, "Chỉ gửi lại được thư của hôm nay"),
    ],
)
def test_what_arrived_or_is_over_is_not_sent_again(office, root, lai, fields, said):
    (digest,) = in_line(lai)
    Digest.objects.update(**fields)
    answer = root.post(ROWS, {"action": "resend", "_selected_action": [digest.pk]}, follow=True)
    assert said in answer.content.decode()
    assert outcome(digest)[0] == fields["state"]


def test_nobody_writes_the_list_by_hand(office, root, lai):
    (digest,) = in_line(lai)
    assert root.get(reverse("admin:notices_digest_add")).status_code == 403
    assert root.post(reverse("admin:notices_digest_change", args=[digest.pk]), {"state": "sent"}).status_code == 403
    assert root.post(reverse("admin:notices_digest_delete", args=[digest.pk]), {"post": "yes"}).status_code == 403
    assert outcome(digest)[0] == "waiting"
