"""The world that the access table is about: one bloc, everybody of the matrix, one record of each kind."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khoidan.accounts.models import SavedView
from khoidan.files.models import Attachment
from khoidan.meetings.models import AgendaItem, Attendance, Conclusion
from khoidan.organizations.models import Kind
from khoidan.tasks.models import Sheet, Task
from tests import factories
from tests.factories import (
    day,
    fresh,
    make_bloc,
    make_meeting,
    make_member,
    make_person,
    make_quota,
    make_task,
    make_template,
)
from tests.files.makers import picture, sent

# Columns of the table. Every role of the matrix, at the unit where it stands beside the records below, then outsiders.
ROLES = {
    "head": ("bloc", "bloc_head"),
    "deputy": ("bloc", "deputy_head"),
    "women": ("women", "organization_head"),  # heads the unit that owns the records
    "youth": ("youth", "organization_head"),  # heads an organization for which the records do not count
    "office": ("office", "office_head"),
    "commit": ("committee", "unit_head"),
    "udep": ("women", "unit_deputy"),
    "officer": ("women", "officer"),
    "clerk": ("women", "clerk"),
    "staff": ("bloc", "personnel_officer"),
    "watch": ("bloc", "observer"),
}
OUTSIDERS = ["acting", "other", "noseat", "admin", "locked", "anon"]
# People of a branch of the youth union, without any right here: what they may do comes from the task that names them.
PARTS = {"does": "accountable", "helps": "helpers", "checks": "checker"}
COLUMNS = [*ROLES, *OUTSIDERS, *PARTS, "counts"]  # counts: heads an organization for which the records count


class World:
    """`code(column, url name, method)` for the record of `records` that the URL is about."""

    def __init__(self):
        factories.load_matrix()
        self.units = make_bloc()
        self.units["veterans"] = factories.make_unit("veterans", Kind.ORGANIZATION, self.units["bloc"])
        foreign = make_bloc(mark="2")
        self.accounts = {column: make_member(self.units[unit], role) for column, (unit, role) in ROLES.items()}
        self.accounts["acting"] = self.act_for("women")
        self.accounts["other"] = make_member(foreign["bloc"], "bloc_head")
        self.accounts["noseat"] = fresh(make_person(self.units["bloc"]).user)
        self.accounts["admin"] = fresh(factories.make_user("admin", is_staff=True, is_superuser=True))
        self.accounts["locked"] = fresh(self.lock(make_member(self.units["bloc"], "bloc_head")))
        self.accounts |= {column: make_member(self.units["youth_branch"], "officer") for column in PARTS}
        self.accounts["counts"] = make_member(self.units["veterans"], "organization_head")
        self.records = self.make_records() | self.make_templates()
        for user in self.accounts.values():
            Sheet.objects.keep(user, [[2, {"title": ("t", "Việc")}]], [])  # is looked at by who sent it

    def act_for(self, column):
        seat = self.accounts[column].person.appointments.get()
        person = make_person(self.units["bloc"])
        factories.appoint(person, seat.unit, seat.position.code, start=day(), end=day(1), acting_for=seat)
        return fresh(person.user)

    @staticmethod
    def lock(user):
        user.is_active = False
        user.save(update_fields=["is_active"])
        return user

    def make_records(self):
        """{kind: record}, all of the women's union; people of nobody in the table."""
        women = self.units["women"]
        somebody = make_person(self.units["bloc"], user=False)
        seat = factories.appoint(somebody, women, "officer")
        meeting = make_meeting(women, organizations=[self.units["veterans"]])
        closed = make_meeting(women, organizations=[self.units["veterans"]], closed_at=meeting.starts_at)
        item = AgendaItem.objects.create(meeting=meeting, title="Kết quả tháng")
        tasks = self.make_tasks()
        file, removed = self.add_files(tasks["given"])
        return tasks | {
            "voided_task": make_task(women, voided_at=meeting.starts_at),
            "file": file,
            "removed_file": removed,
            "meeting": meeting,
            "closed": closed,
            "voided_meeting": make_meeting(women, voided_at=meeting.starts_at),
            "item": item,
            "attendance": Attendance.objects.create(meeting=meeting, person=somebody),
            "conclusion": Conclusion.objects.create(meeting=meeting, number=1, text="Giao lập kế hoạch"),
            "person": somebody,
            "voided_person": make_person(women, user=False, voided_at=meeting.starts_at),
            "seat": seat,
            "voided_seat": factories.appoint(somebody, women, "clerk", voided_at=meeting.starts_at),
            "quota": make_quota(women),
            "notice": factories.make_notice(self.accounts["women"], meeting),
            "voided_quota": make_quota(women, voided_at=meeting.starts_at),
            "unit": women,
            "saved_view": SavedView.objects.create(
                user=self.accounts["women"], place="tasks:task_list", name="Của tôi"
            ),
        }

    def make_tasks(self):
        """{kind: task}: one in each state, one that asks for another date, one that is private."""
        parts = {part: self.accounts[column].person for column, part in PARTS.items()}
        helper = parts.pop("helpers")
        states = [*Task.State, "asking", "private"]
        known = {state: state if state in Task.State else Task.State.GIVEN for state in states}
        made = {kind: make_task(self.units["women"], state=state, **parts) for kind, state in known.items()}
        for task in made.values():
            task.helpers.add(helper)
            task.organizations.add(self.units["veterans"])
        made["asking"].ask(by=self.accounts["does"], due=day(9), reason="Chờ số liệu")
        Task.objects.filter(pk=made["private"].pk).update(private=True)
        return made

    def add_files(self, record):
        """Two files of `record`, added by who helps with it, the second one removed."""
        author = self.accounts["helps"]
        files = [sent(name, picture()) for name in ("Sơ đồ.png", "Ảnh.png")]
        kept, removed = Attachment.objects.attach(files, to=record, by=author)
        removed.void(by=author)
        return kept, removed

    def make_templates(self):
        """{kind: template}: one that stands still, one that runs, a private one, a voided one."""
        women, counted = self.units["women"], [self.units["veterans"]]
        named = {"person": self.accounts["does"].person, "checker": self.accounts["checks"].person}
        known = {
            "template": named,
            "running": named | {"runs_for": self.accounts["women"]},
            "private_template": named | {"private": True},
            "voided_template": {"voided_at": timezone.now()},
        }
        return {kind: make_template(women, organizations=counted, **fields) for kind, fields in known.items()}

    def client(self, column):
        client = Client(raise_request_exception=True)
        if column == "locked":
            client.force_login(self.accounts["head"])
            session = client.session
            session["_auth_user_id"] = str(self.accounts["locked"].pk)
            session["_auth_user_hash"] = self.accounts["locked"].get_session_auth_hash()
            session.save()
        elif column != "anon":
            client.force_login(self.accounts[column])
        return client

    def url(self, name, *kinds):
        return reverse(name, args=[self.records[kind].pk for kind in kinds])
