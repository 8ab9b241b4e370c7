"""An office of its own: from an empty database to the first person, who then appoints the others in the browser."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from khoidan.accounts.models import User
from khoidan.dashboards.loading.fixtures import preset_names, read_preset
from khoidan.meetings.models import MeetingKind
from khoidan.organizations.models import Unit
from khoidan.staffing.models import Appointment, Person, Position

PASSWORD = "trâu ăn cỏ ngoài đồng"
HEADS = {"district-2018": "truong-khoi", "province-2025": "chu-tich-uy-ban", "commune-2025": "chu-tich-uy-ban"}

pytestmark = pytest.mark.django_db


def signed_in(username):
    browser = Client()
    answer = browser.post(reverse("accounts:sign_in"), {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def open_account(administrator, username, name):
    data = {"username": username, "name": name, "email": "", "password1": PASSWORD, "password2": PASSWORD}
    assert administrator.post(reverse("admin:accounts_user_add"), data).status_code == 302
    return User.objects.get(username=username)


def submit(browser, page, **fields):
    """Fill the form as the page offers it, and send it; the choices offered are the only ones taken."""
    form = browser.get(reverse(page)).context["form"]
    sent = {field.name: field.value() for field in form if field.value() is not None} | fields
    answer = browser.post(reverse(page), sent)
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.mark.parametrize("preset", preset_names())
def test_an_office_starts_from_nothing(preset, monkeypatch):
    told = StringIO()
    call_command("load_preset", preset, "--place", "Na Hang", stdout=told)
    assert "manage.py createsuperuser" in told.getvalue()
    assert "manage.py appoint USERNAME" in told.getvalue()
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", username="root", name="Quản Trị", verbosity=0)

    administrator = signed_in("root")
    head = open_account(administrator, "khue.hoang", "Hoàng Đình Khuê")
    clerk = open_account(administrator, "nga.hua", "Hứa Thị Nga")
    assert signed_in("khue.hoang").get(reverse("staffing:person_new")).status_code == 404
    bloc = Unit.objects.get(kind="bloc")
    call_command("appoint", "khue.hoang", head.name, bloc.code, HEADS[preset], stdout=told)

    browser = signed_in("khue.hoang")
    unit = Unit.objects.filter(kind="organization").first()
    submit(browser, "staffing:person_new", name=clerk.name, unit=bloc.pk, user=clerk.username)
    person = Person.objects.get(user=clerk)
    officer = Position.objects.get(code="chuyen-vien")
    seat = {"person": person.pk, "unit": unit.pk, "position": officer.pk, "kind": "main", "start": "t"}
    submit(browser, "staffing:appointment_new", **seat)
    assert Appointment.objects.get(person=person).created_by == head
    browser = signed_in("nga.hua")
    kind = MeetingKind.objects.get(code="giao-ban")
    when = {"day": "t", "start": "08:00"}
    submit(browser, "meetings:meeting_new", title="Giao ban", kind=kind.pk, unit=unit.pk, address="Hội trường", **when)
    task = {"title": "Lập kế hoạch", "deliverable": "Kế hoạch", "due": "t", "address": "Hội trường"}
    submit(browser, "tasks:task_new", unit=unit.pk, accountable=person.pk, **task)
    for page in ("meetings:meeting_list", "tasks:task_list"):
        assert browser.get(reverse(page)).context["page_obj"].paginator.count == 1


@pytest.mark.parametrize("preset", preset_names())
def test_every_preset_has_a_seat_that_manages_staff(preset):
    call_command("load_preset", preset, "--place", "Na Hang", stdout=StringIO())
    able = Position.objects.filter(role__grants__capability="manage_staff", kinds__contains=["bloc"])
    assert HEADS[preset] in able.values_list("code", flat=True)
    assert HEADS[preset] in read_preset(preset)["positions"]
