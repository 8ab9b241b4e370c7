"""Saved views: kept from a list, shown above it, opened first when wanted; they never show more than the list does."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from khoidan.accounts.models import SavedView
from tests.factories import make_bloc, make_member, make_task

LIST, NEW, ALL = "/tasks/", "/profile/views/new/", "/profile/views/"
PLACE = "tasks:task_list"


@pytest.fixture
def head(house):
    return make_member(house["women"], "organization_head")


@pytest.fixture
def browser(site, head):
    return site(head)


def keep(client, name="Việc trễ", query="state=late&sort=-due", **data):
    return client.post(NEW, {"place": PLACE, "query": query, "name": name} | data)


def kept(user):
    return list(SavedView.objects.filter(user=user).values_list("name", "query"))


def test_a_list_is_kept_under_a_name_and_shown_above_it(browser, head):
    answer = keep(browser)
    assert answer.url == f"{LIST}?state=late&sort=-due"
    page = browser.get(answer.url)
    assert page.context["saved_views"] == [("Việc trễ", answer.url, True)]
    assert browser.get(f"{LIST}?state=late").context["saved_views"] == [("Việc trễ", answer.url, False)]
    assert [label for label, _url, current in browser.get(answer.url).context["quick_views"] if current] == ["Quá hạn"]
    assert str(SavedView.objects.get()) == "Việc trễ"


@pytest.mark.parametrize("place", ["meetings:meeting_list", "staffing:person_list", "staffing:appointment_list"])
def test_every_list_of_records_keeps_views(browser, head, place):
    assert keep(browser, place=place, query="q=lan&zzz=1").url == f"{reverse(place)}?q=lan"
    [(label, _url, current)] = browser.get(f"{reverse(place)}?q=lan").context["saved_views"]
    assert (label, current) == ("Việc trễ", True)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ""),
        ("state=late&unknown=1&csrfmiddlewaretoken=x&page=7&view=all", "state=late"),
        ("state=nothing&unit=x&unit=999999&due_from=31/02/2026&sort=drop&size=7", ""),
        ("unit={foreign}&q=%3Cscript%3E&size=25", "q=%3Cscript%3E&size=25"),
        ("q=%00%07", ""),
        ("&&==&%ZZ=%ZZ&" + "a=1&" * 300 + "state=done", "state=done"),
        ("q=" + "a" * 5000, ""),
        ("//evil.example/?state=late", ""),
    ],
)
def test_only_what_the_list_understands_is_kept(browser, head, query, left):
    foreign = make_bloc(mark="2")["women"]
    answer = keep(browser, query=query.format(foreign=foreign.pk))
    assert kept(head) == [("Việc trễ", left)]
    assert answer.url == f"{LIST}?{left or 'view=all'}"
    assert browser.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    "place", ["", "x", "tasks:mine", "admin:index", "accounts:sign_in", "tasks:task_edit", "\x00", "a:b:c"]
)
def test_nothing_but_a_list_keeps_views(browser, head, place):
    assert keep(browser, place=place).status_code == 404
    assert kept(head) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "không được để trống"), ("x" * 61, "60"), ("<b>x</b>", "thẻ HTML"), ("a\x07", "ký tự điều khiển")],
)
def test_a_name_that_cannot_be_is_told_and_nothing_is_lost(browser, head, name, sentence):
    page = keep(browser, name)
    assert (page.status_code, kept(head)) == (200, [])
    assert sentence in page.context["form"].errors["name"][0]
    text = page.content.decode()
    assert 'value="state=late&amp;sort=-due"' in text
    assert f'value="{PLACE}"' in text


def test_a_name_stands_once_in_a_list_and_two_clicks_keep_one(browser, head):
    assert [keep(browser).status_code, keep(browser).status_code] == [302, 302]
    page = keep(browser, "VIỆC TRỄ", "state=done")
    assert "cùng tên" in page.context["form"].errors["name"][0]
    assert keep(browser, place="meetings:meeting_list", query="").status_code == 302
    assert SavedView.objects.count() == 2
    with pytest.raises(IntegrityError, match="saved_view_name_once"), transaction.atomic():
        SavedView.objects.create(user=head, place=PLACE, name="việc TRỄ")


def test_twenty_views_of_a_list_and_no_more(browser, head):
    SavedView.objects.bulk_create(SavedView(user=head, place=PLACE, name=f"Số {n}") for n in range(20))
    assert "nhiều nhất 20 cách xem" in keep(browser).context["form"].non_field_errors()[0]
    assert SavedView.objects.count() == 20


def test_one_view_opens_the_list_and_all_of_it_is_one_link_away(browser, head, house):
    make_task(house["women"], "Nháp")
    keep(browser, opening="on")
    keep(browser, "Đã xong", "state=done", opening="on")
    assert list(SavedView.objects.filter(opening=True).values_list("name", flat=True)) == ["Đã xong"]
    assert browser.get(LIST).url == f"{LIST}?state=done"
    page = browser.get(f"{LIST}?state=done")
    bare = f"{LIST}?view=all"
    assert page.context["quick_views"][0] == ("Tất cả", bare, False)
    assert (page.context["clear_url"], page.context["chips"][0]["url"]) == (bare, bare)
    assert ("view", "all") in page.context["kept"]
    page = browser.get(bare)
    assert [task.title for task in page.context["page_obj"].object_list] == ["Nháp"]
    assert page.context["quick_views"][0] == ("Tất cả", bare, True)
    assert browser.get(LIST, headers={"HX-Request": "true"}).status_code == 200


def test_an_opening_view_without_conditions_is_the_list_itself(browser):
    keep(browser, query="", opening="on")
    assert browser.get(LIST).status_code == 200


def test_a_view_is_renamed_moved_and_removed_in_one_place(browser, head):
    for name in ("Một", "Hai"):
        keep(browser, name)
    one, two = SavedView.objects.order_by("pk")
    assert browser.get(ALL).context["groups"] == [("Công việc", LIST, [one, two])]
    edit = reverse("accounts:saved_view_edit", args=[one.pk])
    assert browser.get(edit).context["form"].initial["name"] == "Một"
    assert "cùng tên" in browser.post(edit, {"name": "hai", "order": 9}).context["form"].errors["name"][0]
    assert browser.post(edit, {"name": "Ba", "order": 9, "opening": "on", "query": "x", "place": "y"}).url == ALL
    assert list(SavedView.objects.values_list("name", "order", "query", "place")) == [
        ("Hai", 2, "state=late&sort=-due", PLACE),
        ("Ba", 9, "state=late&sort=-due", PLACE),
    ]
    assert browser.post(reverse("accounts:saved_view_removal", args=[two.pk])).url == ALL
    assert kept(head) == [("Ba", "state=late&sort=-due")]


def test_the_views_of_others_are_nobodys_business(browser, house, site, head):
    keep(browser)
    view = SavedView.objects.get()
    other = site(make_member(house["women"], "officer"))
    for name in ("edit", "removal"):
        assert other.post(reverse(f"accounts:saved_view_{name}", args=[view.pk]), {"name": "x"}).status_code == 404
    assert other.get(LIST).context["saved_views"] == []
    assert other.get(ALL).context["groups"] == []
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(head)
    assert keep(forged, "Giả").status_code == 403
    assert kept(head) == [("Việc trễ", "state=late&sort=-due")]
