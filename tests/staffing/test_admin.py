"""The admin site: configuration that changes rights, and that the database may refuse."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from axes.models import AccessAttempt
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from khoidan.accounts.models import Session, User
from khoidan.meetings.models import MeetingKind
from khoidan.organizations.models import Area, Event, Unit, UnitUserObjectPermission
from khoidan.staffing.models import Position, Role
from tests.checks import WAITS_FOR_ME, sql, until
from tests.factories import appoint, day, make_area, make_member, make_person, make_user, written


@pytest.fixture
def root(db, client):
    user = User.objects.create_superuser("root", name="Quản Trị", password="một mật khẩu đủ dài")
    client.force_login(user)
    return user


def page(model, pk=None):
    meta = model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    return reverse(f"{name}_change", args=[pk]) if pk else reverse(f"{name}_add")


def rows(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def unit_data(unit, **fields):
    """What the form of `unit` sends."""
    return (
        {
            "name": unit.name,
            "short_name": unit.short_name,
            "code": unit.code,
            "kind": unit.kind,
            "parent": unit.parent_id or "",
            "area": "",
            "order": unit.order,
            "valid_from": written(unit.valid_from),
            "valid_to": "",
            "succeeded_by": "",
        }
        | ({"issues_documents": "on"} if unit.issues_documents else {})
        | fields
    )


def role_data(role, **fields):
    had = {}
    for reach, capability in role.grants.values_list("reach", "capability"):
        had.setdefault(reach, []).append(capability)
    return {"name": role.name, "order": role.order} | had | fields


REGISTERED = {
    "accounts.User",
    "axes.AccessAttempt",
    "axes.AccessLog",
    "files.FileQuota",
    "meetings.MeetingKind",
    "notices.Digest",
    "organizations.Area",
    "organizations.Event",
    "organizations.Unit",
    "organizations.UnitUserObjectPermission",
    "staffing.Position",
    "staffing.Role",
}


def test_the_site_holds_configuration_and_nothing_else(client, root):
    apps = client.get(reverse("admin:index")).context["app_list"]
    assert {model["model"]._meta.label for app in apps for model in app["models"]} == REGISTERED


def test_every_page_of_the_site_opens(client, root, house):
    area, account = make_area(), make_member(house["women"], "officer")
    MeetingKind.objects.create(code="giao-ban", name="Giao ban")
    shown = [area, house["women"], account, Role.objects.first(), Position.objects.first(), MeetingKind.objects.first()]
    for record in shown:
        assert client.get(page(type(record), record.pk)).status_code == 200
        assert client.get(page(type(record))).status_code == 200
        assert client.get(rows(type(record)), {"q": "phụ nữ"}).status_code == 200
    for model in (UnitUserObjectPermission, Event, AccessAttempt):
        assert client.get(rows(model), {"q": "Đoàn"}).status_code == 200
        assert client.get(page(model)).status_code == 403


@pytest.mark.parametrize("role", ["bloc_head", "personnel_officer"])
def test_only_superusers_enter(client, house, role):
    chain = client.get(reverse("admin:index"), follow=True).redirect_chain
    assert chain[-1] == (f"{reverse('accounts:sign_in')}?next=%2Fadmin%2F", 302)
    user = make_member(house["bloc"], role)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)
    response = client.get(reverse("admin:index"), follow=True)
    assert response.status_code == 403
    assert "chỉ dành cho tài khoản quản trị" in response.content.decode()


def test_a_superuser_sees_no_record_of_the_office(client, root, house):
    person = make_person(house["women"], "Lý Thị Lai", user=root)
    appoint(person, house["bloc"], "bloc_head")
    for record in (person, house["women"]):
        assert client.get(record.get_absolute_url()).status_code == 404


# Units, areas


def test_a_new_unit_is_within_the_rights_of_who_stands_above(client, root, house):
    head = make_member(house["women"], "organization_head")
    data = unit_data(house["women_branch"], name="Chi hội mới", short_name="Chi hội mới")
    response = client.post(page(Unit), data, follow=True)
    unit = Unit.objects.get(name="Chi hội mới")
    assert User.objects.get(pk=head.pk).has_perm("approve_work", unit)
    assert "Quyền của 1 tài khoản đã đổi" in response.content.decode()
    assert Event.objects.about(unit).get().verb == "created"


def test_a_moved_unit_takes_its_rights_along(client, root, house):
    women, youth = make_member(house["women"], "organization_head"), make_member(house["youth"], "organization_head")
    data = unit_data(house["women_branch"], parent=house["youth"].pk)
    assert client.post(page(Unit, house["women_branch"].pk), data).status_code == 302
    assert not User.objects.get(pk=women.pk).has_perm("view_work", house["women_branch"])
    assert User.objects.get(pk=youth.pk).has_perm("view_work", house["women_branch"])


@pytest.mark.parametrize(
    ("key", "fields", "where", "words"),
    [
        ("women", {"parent": "women_branch"}, "parent", "không thể trực thuộc chính nó hay cấp dưới"),
        ("women", {"parent": "women"}, "parent", "không thể trực thuộc chính nó"),
        ("women", {"parent": ""}, "parent", "Chỉ khối đứng đầu cây"),
        ("women", {"parent": "", "kind": "bloc"}, "parent", "sang khối khác"),
        ("women", {"valid_to": "01/01/2019"}, "valid_to", "phải sau ngày thành lập"),
        ("women", {"valid_from": "31/02/2026"}, "valid_from", "không có trong lịch"),
        ("women", {"succeeded_by": "women"}, "succeeded_by", "không thể kế tục chính nó"),
        ("women", {"parent": "99999"}, "parent", ""),
        ("women", {"parent": "x"}, "parent", ""),
        ("women", {"name": "<script>"}, "name", "thẻ HTML"),
    ],
)
def test_what_would_break_the_tree_is_told_at_its_field(client, root, house, key, fields, where, words):
    known = {n: house[value].pk if n != "kind" and value in house else value for n, value in fields.items()}
    response = client.post(page(Unit, house[key].pk), unit_data(house[key], **known))
    errors = response.context["adminform"].errors
    assert list(errors) == [where]
    assert words in " ".join(errors[where])


def test_an_area_in_a_circle_is_told_at_its_field(client, root):
    above = make_area("Na Hang", Area.Kind.DISTRICT)
    below = make_area("Côn Lôn", parent=above)
    data = {"name": "Na Hang", "kind": "district", "parent": below.pk}
    errors = client.post(page(Area, above.pk), data).context["adminform"].errors
    assert list(errors) == ["parent"]


def test_a_unit_made_by_mistake_goes_and_one_in_use_stays(client, root, house):
    make_member(house["bloc"], "bloc_head")
    make_person(house["women_branch"], user=False)
    for key, gone in (("youth_branch", True), ("women_branch", False)):
        url = reverse("admin:organizations_unit_delete", args=[house[key].pk])
        client.post(url, {"post": "yes"})
        assert Unit.objects.filter(pk=house[key].pk).exists() is not gone


# Roles, positions


def test_a_changed_role_changes_rights_in_the_same_step(client, root, house, matrix):
    member = make_member(house["women"], "officer")
    role = Role.objects.get(code="officer")
    data = role_data(role, own=["view_work", "direct_work"], below=["view_work"])
    assert client.post(page(Role, role.pk), data).status_code == 302
    member = User.objects.get(pk=member.pk)
    assert member.has_perm("direct_work", house["women"])
    assert not member.has_perm("enter_work", house["women"])
    assert member.has_perm("view_work", house["women_branch"])
    assert set(role.grants.values_list("reach", "capability")) == {
        ("own", "view_work"),
        ("own", "direct_work"),
        ("below", "view_work"),
    }


def test_the_boxes_of_a_role_show_its_matrix(client, root, matrix):
    for role in Role.objects.all():
        form = client.get(page(Role, role.pk)).context["adminform"].form
        shown = {(reach, right) for reach in ("own", "below", "bloc", "issuing") for right in form[reach].value()}
        assert shown == set(role.grants.values_list("reach", "capability"))


def test_an_unknown_right_is_refused(client, root, matrix):
    role = Role.objects.get(code="officer")
    errors = client.post(page(Role, role.pk), role_data(role, own=["everything"])).context["adminform"].errors
    assert list(errors) == ["own"]


def test_a_position_given_another_role_changes_rights(client, root, house, matrix):
    member = make_member(house["women"], "officer")
    data = {"name": "Chuyên viên", "role": Role.objects.get(code="unit_head").pk, "in_quota": "on", "order": 1}
    assert client.post(page(Position, matrix["officer"].pk), data).status_code == 302
    assert User.objects.get(pk=member.pk).has_perm("approve_work", house["women"])


def test_a_position_held_by_two_cannot_become_for_one(client, root, house, matrix):
    make_member(house["women"], "officer")
    make_member(house["women"], "officer", "Lý Thị Lai")
    data = {"name": "Chuyên viên", "role": matrix["officer"].role_id, "sole": "on", "order": 1}
    response = client.post(page(Position, matrix["officer"].pk), data)
    assert response.status_code == 200
    assert "sole" in response.context["adminform"].errors


def post_as(user, url, data):
    """The form in error that a POST on a connection of its own meets."""
    try:
        browser = Client()
        browser.force_login(user)
        return browser.post(url, data).context["adminform"].form
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_what_only_the_database_refuses_is_shown_at_the_form(root, house, matrix):
    """Somebody is appointed to the position after its rule was checked and before it is saved."""
    make_member(house["women"], "officer")
    second = make_person(house["women"], "Lý Thị Lai")
    officer = matrix["officer"]
    data = {"name": "Viên chức", "role": officer.role_id, "sole": "on", "order": 1}
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Position.objects.select_for_update().get(pk=officer.pk)
            posted = pool.submit(post_as, root, page(Position, officer.pk), data)
            until(lambda: sql(WAITS_FOR_ME)[0][0] > 0 or posted.done())
            assert not posted.done()
            appoint(second, house["women"], "officer")
        form = posted.result(timeout=20)
    assert form.non_field_errors() == ["Chức danh này ở đơn vị đã có người giữ trong thời gian đó."]
    assert form["name"].value() == "Viên chức"
    assert not Position.objects.get(pk=officer.pk).sole


# Accounts


PASSWORD = "trâu ăn cỏ ngoài đồng"


def test_an_account_is_made_under_the_rules_for_passwords(client, root):
    data = {"username": "lai.ly", "name": "Lý Thị Lai", "email": ""}
    weak = {"password1": "matkhau12345", "password2": "matkhau12345"}
    errors = client.post(page(User), data | weak).context["adminform"].errors
    assert list(errors) == ["password2"]
    assert client.post(page(User), data | {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    made = User.objects.get(username="lai.ly")
    assert made.check_password(PASSWORD)
    assert (made.is_staff, made.is_superuser, made.is_demo) == (False, False, False)


def account_data(account, **fields):
    data = {"username": account.username, "name": account.name, "email": "", "language": "vi", "is_active": "on"}
    return {name: value for name, value in (data | fields).items() if value is not None}


def test_a_locked_account_loses_sessions_and_rights_at_once_and_gets_rights_back(client, root, house):
    member = make_member(house["women"], "officer")
    other = type(client)()
    other.force_login(member)
    assert client.post(page(User, member.pk), account_data(member, is_active=None)).status_code == 302
    assert not UnitUserObjectPermission.objects.filter(user=member).exists()
    assert not Session.objects.filter(user=member).exists()
    assert other.get("/people/").url.startswith(reverse("accounts:sign_in"))
    assert Event.objects.filter(verb="locked", actor=root, target_id=member.pk).exists()
    client.post(page(User, member.pk), account_data(member))
    assert User.objects.get(pk=member.pk).has_perm("enter_work", house["women"])


def test_accounts_are_locked_together_but_never_ones_own(client, root, house):
    member = make_member(house["women"], "officer")
    data = {"action": "lock", "_selected_action": [member.pk, root.pk]}
    client.post(rows(User), data)
    assert set(User.objects.filter(is_active=True).values_list("username", flat=True)) == {"root"}
    assert not UnitUserObjectPermission.objects.exists()
    client.post(page(User, root.pk), account_data(root, is_active=None))
    assert User.objects.get(pk=root.pk).is_superuser
    assert User.objects.get(pk=root.pk).is_active


def test_an_account_is_taken_off_its_file_with_its_rights_and_may_be_given_again(client, root, house):
    member = make_member(house["women"], "officer", "Lý Thị Lai")
    person, idle = member.person, make_user("idle")
    data = {"action": "unlink", "_selected_action": [member.pk, idle.pk]}
    said = client.post(rows(User), data, follow=True).content.decode()
    assert "Đã đổi 1 tài khoản." in said
    person.refresh_from_db()
    assert person.user is None
    assert not UnitUserObjectPermission.objects.exists()
    event = Event.objects.about(person).get()
    assert (event.verb, event.actor, event.details) == ("unlinked", root, {"account": member.username})
    assert "Gỡ tài khoản" in client.get(rows(Event)).content.decode()


def test_who_becomes_a_superuser_stops_working(client, root, house):
    member = make_member(house["women"], "officer")
    client.post(page(User, member.pk), account_data(member, is_superuser="on"))
    member.refresh_from_db()
    assert (member.is_staff, member.is_superuser) == (True, True)
    assert not UnitUserObjectPermission.objects.exists()
    client.post(page(User, member.pk), account_data(member))
    member = User.objects.get(pk=member.pk)
    assert (member.is_staff, member.is_superuser) == (False, False)
    assert member.has_perm("enter_work", house["women"])


def test_fields_that_no_form_shows_cannot_be_set(client, root):
    account = make_user("lai.ly", name="Lý Thị Lai")
    data = account_data(account, is_demo="on", demo_role="x", grants_on=written(day()), is_staff="on", groups="1")
    assert client.post(page(User, account.pk), data).status_code == 302
    account.refresh_from_db()
    assert (account.is_demo, account.demo_role, account.is_staff) == (False, "", False)


def test_accounts_are_never_deleted(client, root):
    account = make_user("lai.ly")
    assert client.post(reverse("admin:accounts_user_delete", args=[account.pk]), {"post": "yes"}).status_code == 403
    client.post(rows(User), {"action": "delete_selected", "_selected_action": [account.pk], "post": "yes"})
    assert User.objects.filter(pk=account.pk).exists()


# Locks and logs


def test_deleting_a_failed_attempt_lets_the_person_sign_in_again(client, root):
    make_user("lai.ly", password=PASSWORD)
    visitor = type(client)()
    for _try in range(5):
        last = visitor.post(reverse("accounts:sign_in"), {"username": "lai.ly", "password": "sai"})
    assert last.status_code == 429
    right = {"username": "lai.ly", "password": PASSWORD}
    assert visitor.post(reverse("accounts:sign_in"), right).status_code == 429
    attempt = AccessAttempt.objects.get()
    assert "lai.ly" in client.get(rows(AccessAttempt)).content.decode()
    deletion = {"action": "delete_selected", "_selected_action": [attempt.pk], "post": "yes"}
    client.post(rows(AccessAttempt), deletion)
    assert visitor.post(reverse("accounts:sign_in"), right).status_code == 302


def test_grants_and_events_are_only_read(client, root, house):
    make_member(house["women"], "officer", "Lý Thị Lai")
    grant, event = UnitUserObjectPermission.objects.first(), Event.note("given", by=root)
    listed = client.get(rows(UnitUserObjectPermission), {"capability": "enter_work", "q": "lai"})
    assert listed.context["cl"].result_count == 1
    for record in (grant, event):
        model = type(record)
        meta = model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_delete", args=[record.pk])
        assert client.post(url, {"post": "yes"}).status_code == 403
        client.post(rows(model), {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"})
        client.post(page(model, record.pk), {"verb": "x"})
        assert model.objects.filter(pk=record.pk).exists()


def test_the_log_names_the_account_beside_the_name_it_had(client, root):
    impostor = make_user("nga.hua", name="Quản Trị")
    Event.note("signed_in", by=impostor)
    listed = client.get(rows(Event), {"q": "nga.hua"})
    assert listed.context["cl"].result_count == 1
    assert "nga.hua" in listed.content.decode().split('id="result_list"')[1]


SIGN_IN = "/sign-in/"


@pytest.mark.parametrize(("kept", "typed"), [("nga.hua", "NGA.HUA"), ("nga.hua", " Nga.Hua"), ("Nga.Hua", "nga.hua")])
def test_who_signs_in_types_the_name_in_any_case(client, db, kept, typed):
    make_user(kept, password=PASSWORD)
    assert client.post(SIGN_IN, {"username": typed, "password": PASSWORD}).status_code == 302


def test_two_accounts_that_differ_by_case_stay_two(client, db):
    make_user("Nga", password=PASSWORD)
    small = make_user("nga", password=PASSWORD)
    client.post(SIGN_IN, {"username": "nga", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(small.pk)


@pytest.mark.parametrize("known", [True, False])
def test_failures_are_counted_under_one_name(client, db, known):
    if known:
        make_user("nga.hua", password=PASSWORD)
    answers = [
        client.post(SIGN_IN, {"username": name, "password": "sai"}).status_code
        for name in ("NGA.HUA", "nga.hua", "Nga.Hua", "nga.HUA", "nGa.hua")
    ]
    assert answers == [200] * 4 + [429]
    assert AccessAttempt.objects.get().username == "nga.hua"


def test_names_of_accounts_are_kept_small_and_differ_by_more_than_case(client, root):
    data = {"username": "Nga.Hua", "name": "Hứa Thị Nga", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(page(User), data).status_code == 302
    account = User.objects.get(name="Hứa Thị Nga")
    assert account.username == "nga.hua"
    errors = client.post(page(User), data | {"username": "NGA.hua"}).context["adminform"].errors
    assert errors["username"] == ["Đã có tài khoản tên «nga.hua»; chữ hoa và chữ thường là một."]
    other = make_user("Lai.Ly", name="Lý Thị Lai")
    errors = client.post(page(User, other.pk), account_data(other, username="NGA.HUA")).context["adminform"].errors
    assert list(errors) == ["username"]
    assert client.post(page(User, other.pk), account_data(other)).status_code == 302
