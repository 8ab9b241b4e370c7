"""What the mail of the day says: tasks by title, unit and day, and of people nothing but the reader's name."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from khoidan.core.words import day as written
from khoidan.notices.models import Choice, Group, Notice
from khoidan.notices.sending import Letter
from khoidan.staffing import grants
from khoidan.tasks.models import Task

from .tiles import week

SHOWN = 10  # tasks of a part that are named
READ = 200  # and counted


@dataclass(frozen=True)
class Section:
    """Tasks of one kind: `lines` name them, `private` and `more` count those that are not named."""

    title: str
    lines: list
    private: int
    more: int


def compose(account, since):
    """The Letter of today for `account` in its language, of what it may see today; None when there is nothing."""
    today = timezone.localdate()
    if account.grants_on != today:
        grants.rebuild(account)
        account.refresh_from_db(fields=["grants_on"])
    with translation.override(account.language):
        news = News(account, since)
        parts, others = news.parts(), news.others()
        if not parts and not others:
            return None
        context = {"name": account.name, "today": today, "parts": parts, "others": others, "links": links()}
        text, html = (render_to_string(f"dashboards/digest.{kind}", context) for kind in ("txt", "html"))
        return Letter(_("Việc của bạn ngày %(day)s") % {"day": written(today)}, text, html)


def links():
    """{what: address} of pages that the mail leads to; none where the address of the site is not set."""
    if not settings.SITE_URL:
        return {}
    names = {"mine": "tasks:mine", "notices": "notices:notice_list", "choices": "notices:choices"}
    return {what: settings.SITE_URL + reverse(name) for what, name in names.items()}


class News:
    """What there is to tell `account`, by the groups that it chose for its mail; a task is named once."""

    def __init__(self, account, since):
        self.account, self.since = account, since
        self.today = timezone.localdate()
        self.chosen = Choice.objects.of(account).mail
        self.tasks = Task.objects.permitting(account, "view")
        self.notices = Notice.objects.permitting(account, "view").since(since)
        self.named = set()

    def parts(self):
        asked = [
            (Group.GIVEN, _("Mới được giao"), self.given),
            (Group.RETURNED, _("Bị trả lại, mở lại"), self.returned),
            (Group.LATE, _("Quá hạn"), self.late),
            (Group.DUE, _("Đến hạn trong tuần này"), self.due),
            (Group.WAITING, _("Chờ bạn nghiệm thu"), self.to_check),
            (Group.WAITING, _("Xin gia hạn, chờ bạn trả lời"), self.to_answer),
            (Group.WAITING, _("Nháp chờ bạn giao"), self.to_give),
            (Group.OTHER, _("Có thay đổi khác"), self.changed),
        ]
        found = [self.part(title, rows()) for group, title, rows in asked if group in self.chosen]
        return [part for part in found if part is not None]

    def given(self):
        fresh = self.own().filter(given_at__gt=self.since).values("pk")
        return self.tasks.open().filter(Q(pk__in=fresh) | self.told_of(Group.GIVEN))

    def returned(self):
        return self.tasks.open().filter(self.told_of(Group.RETURNED))

    def late(self):
        return self.own().late(self.today)

    def due(self):
        return self.own().due_within(self.today, week(self.today).end)

    def to_check(self):
        return Task.objects.to_check(self.account)

    def to_answer(self):
        return Task.objects.to_answer(self.account)

    def to_give(self):
        return Task.objects.to_give(self.account)

    def changed(self):
        """Of which the bell does not tell: no page but this letter says that something came of them."""
        return self.tasks.filter(self.told_of(Group.OTHER, rings=False))

    def own(self):
        """One's own, while it is one's turn."""
        return Task.objects.of(self.account).at_work()

    def told_of(self, group, **such):
        """Condition: tasks of which the notices of `group` told, read or not."""
        kinds = [f"tasks.{kind}" for kind, told in Task.notices.items() if told.group == group]
        notices = self.notices.about(Task).filter(kind__in=kinds, **such)
        further = {pk for notice in notices.of_many() for pk in notice.targets}
        return Q(pk__in=notices.values("target_id")) | Q(pk__in=further)

    def part(self, title, rows):
        found = [task for task in rows.for_list().order_by("due", "pk")[:READ] if task.pk not in self.named]
        if not found:
            return None
        self.named |= {task.pk for task in found}
        open_to_all = [task for task in found if not task.private]
        lines = [line(task) for task in open_to_all[:SHOWN]]
        return Section(title, lines, len(found) - len(open_to_all), len(open_to_all) - len(lines))

    def others(self):
        """How many unread ones the bell has besides, of groups chosen for the mail; what they say is not told."""
        tasks = ContentType.objects.get_for_model(Task)
        named = Q(target_type=tasks, target_id__in=self.named) & ~Q(details__has_key="keys")
        unread = self.notices.ringing().unread().exclude(named).with_records(self.account)
        fresh = [
            notice
            for notice in unread
            if notice.seen
            and not (notice.target_type_id == tasks.pk and self.named >= {task.pk for task in notice.seen})
        ]
        return sum(1 for notice in fresh if (told := notice.told()) and told.group in self.chosen)


def line(task):
    """Title, unit and day; who does it, what it says and what came of it stay where one signs in."""
    parts = [task.title, str(task.unit)]
    return " · ".join([*parts, _("hạn %(day)s") % {"day": written(task.due)}] if task.due else parts)
