"""The search box: words in any case, quoted or not, and results that can be told apart."""

import pytest
from django.utils import timezone

from tests.factories import day, make_meeting, make_member, make_task


@pytest.fixture
def browser(client, house):
    client.force_login(make_member(house["bloc"], "bloc_head"))
    return client


def found(browser, q):
    return [str(row) for group in browser.get("/search/", {"q": q}).context["groups"] for row, _note in group["rows"]]


@pytest.mark.parametrize("asked", ['"giao ban"', "“Giao ban”", "«giao» 'ban'", "giao ban"])
def test_quotes_ask_for_nothing(house, browser, asked):
    make_meeting(house["bloc"], "Giao ban tuần")
    assert found(browser, asked) == ["Giao ban tuần"]


def test_quotes_alone_find_nothing(house, browser):
    make_task(house["bloc"])
    assert found(browser, '""') == []


def test_quotes_inside_a_name_stay(house, browser):
    make_task(house["bloc"], "Đi xã H'Bông")
    assert found(browser, "h'bong") == ["Đi xã H'Bông"]


def test_results_of_one_name_differ_by_their_day(house, browser):
    task, meeting = make_task(house["bloc"], "Giao ban", due=day(5)), make_meeting(house["bloc"], "Giao ban")
    text = browser.get("/search/?q=giao").content.decode()
    held = timezone.localtime(meeting.starts_at)
    for words in (f"Hạn {task.due:%d/%m/%Y}", f"{held:%d/%m/%Y}"):
        assert f'<span class="work-note">{words}</span>' in text


def test_what_is_too_long_is_said_to_be_cut(house, browser):
    page = browser.get("/search/", {"q": "a" * 101})
    assert page.context["search_text"] == "a" * 100
    assert "chỉ tìm theo 100 ký tự đầu" in page.content.decode()
    assert "maxlength" not in page.content.decode()
