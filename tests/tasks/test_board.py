"""The board: what stands in which column for whom, which moves a card offers, and where they lead back to."""

import re

import pytest

from khoidan.tasks.models import Task
from khoidan.tasks.views.board import SHOWN
from tests.factories import day, make_bloc, make_member, make_person, make_task
from tests.tasks.listed import listed

BOARD = "/tasks/board/"


def columns(client, url=BOARD):
    """{state: titles of its cards}."""
    return {pile.state.value: [task.title for task, _moves in pile.cards] for pile in client.get(url).context["piles"]}


def moves(client):
    """{title: labels of the moves that its card offers}."""
    cards = [card for pile in client.get(BOARD).context["piles"] for card in pile.cards]
    return {task.title: [str(move["label"]) for move in moves] for task, moves in cards}


def test_each_task_that_one_may_see_stands_in_the_column_of_its_state(house, site, head, officer):
    women, who = house["women"], {"accountable": officer.person}
    for state in Task.State:
        make_task(women, state.label, state=state, **who)
    make_task(women, "sớm hơn", given=True, due=day(1), **who)
    make_task(women, "chưa có hạn", due=None)
    make_task(women, "xong từ lâu", state="done", completed_on=day(-8), **who)
    make_task(women, "xong tuần trước", state="done", completed_on=day(-7), **who)
    for unit in (house["youth"], make_bloc(mark="2")["women"]):
        make_task(unit, "của nơi khác", given=True, accountable=make_person(unit))
    page = site(head).get(BOARD).context
    assert columns(site(head)) == {
        "draft": ["nháp", "chưa có hạn"],
        "given": ["sớm hơn", "đã giao"],
        "doing": ["đang làm"],
        "checking": ["chờ nghiệm thu"],
        "done": ["hoàn thành", "xong tuần trước"],
    }
    assert (page["stopped"], page["total"]) == (1, 8)
    assert listed(head, [pile.url for pile in page["piles"]]) == [pile.count for pile in page["piles"]]
    assert listed(head, [page["stopped_url"]]) == [1]


def test_a_long_column_leads_to_the_list_under_the_same_filters(house, site, head, officer):
    for number in range(SHOWN + 2):
        make_task(house["women"], f"Thăm hộ {number}", given=True, accountable=officer.person)
    make_task(house["women"], "Việc khác", given=True, accountable=officer.person)
    page = site(head).get(f"{BOARD}?q=tham+ho&state=draft").context
    given = page["piles"][1]
    assert (given.count, len(given.cards), given.hidden) == (SHOWN + 2, SHOWN, 2)
    assert site(head).get(given.url).context["page_obj"].paginator.count == SHOWN + 2
    assert [chip["label"] for chip in page["chips"]] == ["Tìm việc: tham ho"]
    assert site(head).get(f"{BOARD}?q=tham+ho", headers={"HX-Request": "true"}).status_code == 200


def test_a_narrow_screen_shows_one_column_and_keeps_it_under_the_filters(house, site, head, officer):
    make_task(house["women"], given=True, accountable=officer.person)

    def fronts(query=""):
        page = site(head).get(BOARD + query)
        return [pile.state.value for pile in page.context["piles"] if pile.in_front], page

    assert (fronts()[0], fronts("?column=x")[0]) == (["given"], ["given"])  # the first that has a card
    found, page = fronts("?q=lap&column=draft")
    assert (found, page.context["kept"]) == (["draft"], [("column", "draft")])
    assert [pile.way for pile in page.context["piles"]][:2] == [f"{BOARD}?q=lap&column={s}" for s in ("draft", "given")]
    assert listed(head, [pile.url for pile in page.context["piles"]]) == [0, 1, 0, 0, 0]


def test_what_is_as_soon_but_more_urgent_comes_first(house, site, head, officer):
    for title, urgency in (("thường", 0), ("hỏa tốc", 3)):
        make_task(house["women"], title, given=True, accountable=officer.person, urgency=urgency)
    assert columns(site(head))["given"] == ["hỏa tốc", "thường"]


def test_a_card_offers_the_moves_that_this_person_may_make(house, site, head, officer):
    who = {"accountable": officer.person, "checker": make_member(house["women"], "officer").person}
    for state in ("draft", "given", "checking", "done"):
        make_task(house["women"], state, state=state, **who)
    make_task(house["women"], "unclear", due=None)
    directing = {
        "unclear": ["Còn thiếu, xem"],
        "draft": ["Giao"],
        "given": ["Hoàn thành", "Ghi tiến độ", "Bắt đầu làm"],
        "checking": ["Nghiệm thu", "Trả lại"],
        "done": [],
    }
    assert moves(site(head)) == directing
    doing = {
        "unclear": [],
        "draft": [],
        "given": [*directing["given"], "Trả lại người giao"],
        "checking": [],
        "done": [],
    }
    assert moves(site(officer)) == doing
    assert moves(site(make_member(house["women"], "officer"))) == dict.fromkeys(directing, [])


@pytest.mark.parametrize(
    ("back", "target"),
    [
        ("board?q=a%26b", f"{BOARD}?q=a%26b"),
        ("board", BOARD),
        ("mine", "/tasks/mine/"),
        ("https://example.com/board?x", "{task}"),
        ("//example.com", "{task}"),
    ],
)
def test_a_move_leads_back_to_where_it_was_made(house, site, head, officer, back, target):
    task = make_task(house["women"], accountable=officer.person)
    answer = site(head).post(f"/tasks/{task.pk}/giving/", query_params={"back": back})
    assert answer.url == target.format(task=task.get_absolute_url())


def test_a_full_board_costs_as_many_queries_as_one_card(house, site, head, officer, queries):
    make_task(house["women"], given=True, accountable=officer.person)
    client = site(head)
    client.get(BOARD)
    with queries(at_most=12) as few:
        client.get(BOARD)
    for number in range(30):
        make_task(house["women"], state=list(Task.State)[number % 5], accountable=officer.person)
    with queries() as many:
        client.get(BOARD)
    assert len(many) == len(few)


def test_a_whole_that_has_parts_is_not_offered_to_be_completed(house, site, head, officer):
    whole = make_task(house["women"], "chung", given=True, accountable=officer.person)
    make_task(house["women_branch"], "phần", parent=whole, given=True, accountable=make_person(house["women_branch"]))
    gone = make_task(house["women"], "chung cũ", given=True, accountable=officer.person)
    make_task(house["women"], "phần đã hủy", parent=gone).void(by=head)
    offered = {title: labels[:2] for title, labels in moves(site(officer)).items()}
    assert offered["chung"] == ["Ghi tiến độ", "Bắt đầu làm"]
    assert offered["chung cũ"] == ["Hoàn thành", "Ghi tiến độ"]
    page = site(officer).get("/tasks/mine/").content.decode()
    assert [task.pk for task in (whole, gone) if f"/tasks/{task.pk}/completion/" in page] == [gone.pk]
    assert [task.pk for task in (whole, gone) if f"/tasks/{task.pk}/progress/" in page] == [whole.pk, gone.pk]


def test_an_overdue_draft_is_given_after_a_question_wherever_it_is_offered(house, site, head, officer):
    make_task(house["women"], "trễ", accountable=officer.person, due=day(-1))
    make_task(house["women"], "kịp", accountable=officer.person)
    for url in (BOARD, "/tasks/mine/"):
        page = site(head).get(url).content.decode()
        assert re.findall('data-confirm="([^"]*)"', page) == ["Hạn của «trễ» đã qua. Vẫn giao?"], url
