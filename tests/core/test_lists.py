"""Lists: a condition that cannot be read is told where htmx puts the rows."""

import pytest
from django.utils import timezone

from tests.factories import make_meeting, make_member, make_quota, make_task

HTMX = {"HX-Request": "true"}
NO_SUCH_DAY = "Ngày không có trong lịch hoặc viết chưa đúng."


@pytest.fixture
def browser(client, house):
    client.force_login(make_member(house["bloc"], "bloc_head"))
    return client


@pytest.mark.parametrize(
    ("url", "label"),
    [("/tasks/?due_from=31/02/2026", "Hạn từ ngày"), ("/quotas/?held=31/02/2026", "Tính đến ngày")],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "rows"])
def test_a_wrong_day_is_told_once_above_the_rows(house, browser, url, label, headers):
    make_task(house["women"])
    make_quota(house["women"])
    page = browser.get(url, headers=headers).content.decode()
    assert page.count(f"{label}: {NO_SUCH_DAY}") == 1
    assert page.count("Danh sách dưới đây chưa tính điều kiện này.") == 1
    assert page.index(NO_SUCH_DAY) < page.index("<table")
    assert headers or 'value="31/02/2026"' in page


def test_the_other_conditions_count(house, browser):
    make_task(house["women"], "Nháp")
    make_task(house["women"], "Việc khác")
    page = browser.get("/tasks/?due_from=31/02/2026&q=nhap", headers=HTMX)
    assert [task.title for task in page.context["page_obj"].object_list] == ["Nháp"]
    assert [chip["label"] for chip in page.context["chips"]] == ["Tìm việc: nhap"]


def test_a_list_without_a_mistake_says_nothing(house, browser):
    assert "chưa tính điều kiện" not in browser.get("/tasks/?state=draft").content.decode()


def entered(user, unit, title, **ago):
    at = timezone.now() - timezone.timedelta(**ago)
    for make in (make_task, make_meeting):
        make(unit, title, created_by=user, created_at=at)


@pytest.mark.parametrize("url", ["/tasks/", "/meetings/"])
def test_what_i_entered_is_found_by_the_day_newest_first(house, client, url):
    me = make_member(house["bloc"], "bloc_head")
    client.force_login(me)
    entered(me, house["bloc"], "Tuần trước", days=7)
    entered(me, house["bloc"], "Hôm qua", days=1)
    entered(me, house["bloc"], "Hôm nay")
    entered(make_member(house["bloc"], "clerk"), house["bloc"], "Của người khác")

    def shown(days):
        return [str(row) for row in client.get(url, {"entered": days}).context["page_obj"].object_list]

    assert shown("any") == ["Hôm nay", "Hôm qua", "Tuần trước"]
    assert (shown("today"), shown("yesterday")) == (["Hôm nay"], ["Hôm qua"])
    [link] = [link for label, link, _now in client.get(url).context["quick_views"] if label == "Tôi nhập"]
    assert link == f"{url}?entered=any"
    assert [chip["label"] for chip in client.get(f"{url}?entered=today").context["chips"]] == ["Tôi nhập: hôm nay"]


def test_a_search_of_a_list_leaves_quotes_out_and_tells_what_is_too_long(house, browser):
    make_task(house["women"], "Giao ban")
    assert len(browser.get('/tasks/?q="giao+ban"').context["page_obj"].object_list) == 1
    assert 'id="id_q_error"' in browser.get("/tasks/", {"q": "a" * 101}).content.decode()
