"""«Vì sao tôi thấy?»: which appointment gives what, on which day, and who else has it."""

from django.urls import reverse

from khoidan.accounts.models import User
from tests.factories import appoint, day, make_member, make_person, written
from tests.reading import text_of


def test_who_has_no_right_on_a_unit_is_told_so(client, house):
    client.force_login(make_member(house["committee"], "officer"))
    assert client.get(house["women"].get_rights_url()).status_code == 403
    assert client.get(house["committee"].get_rights_url()).status_code == 200


def rights_on(client, unit, **asked):
    """{(person, position, reach in words, what)} of the page."""
    rows = client.get(unit.get_rights_url(), asked).context["rows"]
    return {
        (str(person), str(g.seat.position), str(g.seat.unit), str(g.how())) for person, grounds in rows for g in grounds
    }


def test_rights_begin_on_the_first_day_and_end_after_the_last(client, house, officer):
    stand_in = make_person(house["women"], "Lý Thị Lai")
    appoint(stand_in, house["women"], "officer", start=day(3), end=day(6))
    row = ("Lý Thị Lai", "Chuyên viên", "women", "chính đơn vị")
    held = [row in rights_on(client, house["women"], day=written(day(offset))) for offset in (2, 3, 5, 6)]
    assert held == [False, True, True, False]


def test_the_page_tells_how_each_right_reaches_the_unit(client, house, officer, holder):
    appoint(make_person(house["bloc"], "Hoàng Đình Khuê"), house["bloc"], "bloc_head")
    appoint(make_person(house["office"], "Ma Thị Ngoan"), house["office"], "clerk")
    stand_in = make_person(house["women"], "Lý Thị Lai")
    seat = holder.appointments.get(kind="main")
    appoint(stand_in, house["women"], "organization_head", start=day(), end=day(2), acting_for=seat)
    assert rights_on(client, house["women_branch"]) == {
        ("Hà Thị Nga", "Cán bộ tổ chức - nhân sự", "office", "cả khối"),
        ("Hoàng Đình Khuê", "Trưởng khối", "bloc", "cấp trên là bloc"),
        ("Ma Thị Ngoan", "Văn thư", "office", "mọi nơi ban hành văn bản của khối"),
        ("Nông Thị Hinh", "Người đứng đầu tổ chức", "women", "cấp trên là women"),
        ("Lý Thị Lai", "Người đứng đầu tổ chức", "women", "cấp trên là women"),
    }
    page = client.get(house["women_branch"].get_rights_url())
    assert str(page.context["rows"][0][0]) == "Hà Thị Nga"  # one's own row stands first
    assert "phụ trách thay Nông Thị Hinh" in text_of(page)
    only = rights_on(client, house["women_branch"], person=stand_in.pk)
    assert only == {("Lý Thị Lai", "Người đứng đầu tổ chức", "women", "cấp trên là women")}


def test_who_may_do_each_thing_is_listed(client, house, officer, holder):
    who = dict(client.get(house["women"].get_rights_url()).context["who"])
    assert [str(person) for person in who["quản lý cán bộ"]] == ["Hà Thị Nga"]
    assert [str(person) for person in who["duyệt, ban hành, khóa sổ"]] == ["Nông Thị Hinh"]


def test_somebody_without_rights_and_a_wrong_day_each_get_a_sentence(client, house, officer):
    idle = make_person(house["youth"], "Không Chức", user=False)
    page = text_of(client.get(house["women"].get_rights_url(), {"person": idle.pk}))
    assert "Không Chức không có quyền nào ở women" in page
    page = client.get(house["women"].get_rights_url(), {"day": "31/02/2026"})
    assert "Ngày không có trong lịch" in text_of(page)
    assert 'value="31/02/2026"' in text_of(page)
    assert "rows" not in page.context


def test_the_page_agrees_with_has_perm(client, house, officer, holder):
    for unit in house.values():
        told = {
            (person.user_id, capability)
            for person, grounds in client.get(unit.get_rights_url()).context["rows"]
            for ground in grounds
            for capability in ground.capabilities
        }
        accounts = User.objects.filter(pk__in=[officer.pk, holder.user_id])
        for account in accounts:
            for capability in ("view_work", "manage_staff", "view_private", "approve_work", "keep_registers"):
                assert account.has_perm(capability, unit) is ((account.pk, capability) in told)


def test_my_rights_are_told_by_unit(client, house, officer, holder):
    client.force_login(User.objects.get(pk=holder.user_id))
    groups = client.get(reverse("staffing:my_rights")).context["groups"]
    assert [([u.name for u in units], [str(g.seat.position) for g in grounds]) for units, grounds in groups] == [
        (["bloc"], ["Phó Trưởng khối"]),
        (["women"], ["Người đứng đầu tổ chức"]),
        (["women_branch"], ["Người đứng đầu tổ chức"]),
    ]
    client.force_login(User.objects.create_superuser("root", name="Quản Trị"))
    assert "không làm nghiệp vụ" in text_of(client.get(reverse("staffing:my_rights")))
