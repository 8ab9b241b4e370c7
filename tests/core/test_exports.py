"""Lists taken away: what was filtered, in that order, by right; texts stay texts, days are days."""

import datetime
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from khoidan.core.spreadsheet import spreadsheet
from khoidan.core.views import exports
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.factories import (
    appoint,
    day,
    fresh,
    make_bloc,
    make_meeting,
    make_member,
    make_person,
    make_quota,
    make_task,
)

LISTS = ["tasks:task", "meetings:meeting", "staffing:person", "staffing:appointment", "staffing:staffquota"]
TASKS = "/tasks/export/"
RISKY = ["=cmd|' /C calc'!A0", "+84 912", "-1+1", "@SUM(A1)", "\t=1+1"]


@pytest.fixture
def head(house):
    return make_member(house["bloc"], "bloc_head", "Hoàng Đình Khuê")


def opened(response):
    """The first sheet and the second, as rows of cells."""
    book = openpyxl.load_workbook(BytesIO(response.content))
    return [list(book[name].iter_rows()) for name in book.sheetnames]


def values(row):
    return [cell.value for cell in row]


def titles(response):
    return [row[0].value for row in opened(response)[0][1:]]


def test_a_file_holds_what_is_filtered_in_its_order_all_pages_of_it(house, site, head):
    for n in range(60):
        make_task(house["women"], f"Việc {n:02}", due=day(n), given=True, accountable=head.person)
    make_task(house["women"], "Nháp")
    response = site(head).post(f"{TASKS}?state=given&sort=-due&size=25&page=2&nothing=1")
    assert titles(response) == [f"Việc {n:02}" for n in reversed(range(60))]
    assert response["Content-Disposition"] == f'attachment; filename="cong-viec-{day():%Y-%m-%d}.xlsx"'
    about = dict(values(row)[:2] for row in opened(response)[1])
    assert about["Người xuất"] == "Hoàng Đình Khuê"
    assert (about["Số dòng"], about["Điều kiện lọc"]) == (60, "Trạng thái: đã giao")


def test_days_are_days_and_states_are_words(house, site, head):
    make_task(house["women"], given=True, due=day(-1), accountable=head.person)
    sheet = opened(site(head).post(TASKS))[0]
    assert values(sheet[0]) == [
        "Việc", "Đơn vị", "Người chủ trì", "Nơi làm", "Hạn", "Trạng thái", "Sản phẩm", "Ngày hoàn thành",
    ]  # fmt: skip
    assert values(sheet[1]) == [
        "Lập kế hoạch", "women", "Hoàng Đình Khuê", "Hội trường khối",
        datetime.datetime.combine(day(-1), datetime.time()), "quá hạn", "Kế hoạch", None,
    ]  # fmt: skip
    assert (sheet[1][4].is_date, sheet[1][4].number_format) == (True, "dd/mm/yyyy")


@pytest.mark.parametrize("title", RISKY)
def test_no_text_becomes_a_formula(house, site, head, title):
    make_task(house["women"], title)
    cell = opened(site(head).post(TASKS))[0][1][0]
    assert (cell.data_type, cell.quotePrefix, cell.value) == ("s", True, title)


def test_what_no_cell_can_hold_is_left_out():
    rows = [["a\x00b\x07c\x1fd\ufffe\r", "x" * 40_000, None, True, 12.5, datetime.date(1899, 1, 1)]]
    content, count = spreadsheet(["Một"] * 6, rows, lambda count: [("Số dòng", count)])
    found = values(openpyxl.load_workbook(BytesIO(content)).worksheets[0][2])
    assert count == 1
    assert found[0] == "abcd"
    assert (len(found[1]), found[1][-1]) == (32_767, "…")
    assert found[2:] == [None, "có", 12.5, "1899-01-01"]


def test_nothing_of_others_is_taken_away(house, site):
    make_task(make_bloc(mark="2")["women"], "Khối khác", given=True, accountable=make_person(house["women"]))
    make_task(house["women"], "Đã giao", given=True, accountable=make_person(house["women"]))
    make_task(house["women"], "Nháp")
    make_task(house["women"], "Đã hủy", voided_at=datetime.datetime.now(datetime.UTC))
    assert titles(site(make_member(house["bloc"], "observer")).post(TASKS)) == ["Đã giao"]
    assert titles(site(make_member(house["youth"], "officer")).post(TASKS)) == []
    person = make_person(house["women"])
    seat = appoint(person, house["women"], "officer")
    assert titles(site(fresh(person.user)).post(TASKS)) == ["Đã giao", "Nháp"]
    seat.end = day()
    seat.save()
    assert titles(site(person.user).post(TASKS)) == []


def test_it_is_written_down_who_took_what(house, site, head):
    make_task(house["women"], given=True, accountable=head.person)
    site(head).post(f"{TASKS}?state=given")
    event = Event.objects.get(verb="exported")
    assert (event.actor, event.unit, event.target_type.model_class()) == (head, house["bloc"], Task)
    assert event.details == {"rows": 1, "asked": "state=given"}


def test_only_a_form_of_ours_takes_a_list_away(house, head):
    client = Client(enforce_csrf_checks=True)
    client.force_login(head)
    assert [client.get(TASKS).status_code, client.head(TASKS).status_code, client.post(TASKS).status_code] == [
        405,
        405,
        403,
    ]
    assert not Event.objects.filter(verb="exported").exists()


@pytest.mark.parametrize(
    ("query", "most", "sentence"),
    [("due_from=31/02/2026", 20_000, "có điều kiện lọc chưa đúng"), ("state=draft", 1, "Danh sách có 2 dòng")],
)
def test_what_cannot_be_taken_away_is_told_on_the_list(house, site, head, monkeypatch, query, most, sentence):
    monkeypatch.setattr(exports, "MOST", most)
    make_task(house["women"])
    make_task(house["women"])
    response = site(head).post(f"{TASKS}?{query}", follow=True)
    assert response.redirect_chain[0][0].startswith("/tasks/?")
    assert sentence in str(next(iter(response.context["messages"])))
    assert not Event.objects.filter(verb="exported").exists()


def test_every_list_costs_the_same_for_one_row_and_for_many(house, site, head, queries):
    client = site(head)

    def make():
        person = make_person(house["women"])
        appoint(person, house["women"], "officer")
        make_task(house["women"], given=True, accountable=person)
        make_meeting(house["women"], organizations=[house["women"]])

    def cost(name):
        with queries(at_most=12) as seen:
            assert client.post(reverse(f"{name}_export")).status_code == 200
        return len(seen)

    make()
    make_quota(house["women"])
    for name in LISTS:  # kinds of records are looked up once per process
        cost(name)
    one = [cost(name) for name in LISTS]
    for _ in range(12):
        make()
    assert [cost(name) for name in LISTS] == one


def test_the_button_takes_along_what_is_filtered(house, site, head):
    client = site(head)
    assert 'action="/tasks/export/?state=late"' in client.get("/tasks/?state=late").content.decode()
    rows = client.get("/tasks/?state=late", headers={"HX-Request": "true"}).content.decode()
    assert rows.count('action="/tasks/export/?state=late"') == 1
