"""Screens of tasks: who sees what, what each button does, what bad input meets."""

import datetime
import unicodedata

import pytest
from django.urls import reverse
from django.utils.html import escape

from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from khoidan.tasks.views.mine import SHOWN
from tests.factories import appoint, day, make_area, make_bloc, make_member, make_person, make_task, written
from tests.tasks.listed import listed

LIST, NEW, MINE = "/tasks/", "/tasks/new/", "/tasks/mine/"
LATE = {"given": True, "due": day(-3)}


@pytest.fixture
def area(db):
    return make_area("Côn Lôn")


def typed(house, person=None, **changes):
    """What a person types into the form of a clear task."""
    filled = {
        "title": "Thăm gia đình chính sách",
        "deliverable": "Danh sách có ký nhận",
        "description": "",
        "unit": house["women"].pk,
        "accountable": person.pk if person else "",
        "address": "Hội trường khối",
        "due": "31/12/2026",
    }
    return filled | changes


def texts(response):
    return [str(message) for message in response.context["messages"]]


def shown(client, url):
    """Titles of the rows of a list."""
    return [task.title for task in client.get(url).context["page_obj"].object_list]


def rows_about(house, site, head, area):
    women, other = house["women"], make_person(house["women"])
    make_task(women, "Quá hạn", accountable=head.person, **LATE)
    make_task(
        women, "Đang làm", given=True, due=day(2), area=area, accountable=other, organizations=[women, house["youth"]]
    )
    make_task(women, "Nháp")
    make_task(house["women_branch"], "Đã xong", state=Task.State.DONE, completed_on=day(-1), accountable=other)
    make_task(house["youth"], "Việc của Đoàn", given=True, accountable=other)
    return site(head)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Quá hạn", "Đang làm", "Nháp", "Đã xong"]),
        ("state=draft", ["Nháp"]),
        ("state=to_give", ["Nháp"]),
        ("state=given", ["Quá hạn", "Đang làm"]),
        ("state=late&unit={women}", ["Quá hạn"]),
        ("state=done&done_from={yesterday}&done_to={yesterday}", ["Đã xong"]),
        ("state=done&done_from={today}", []),
        ("due_from={today}&due_to={soon}&state=given", ["Đang làm"]),
        ("organization={youth}", ["Đang làm"]),
        ("accountable={person}", ["Quá hạn"]),
        ("area={area}", ["Đang làm"]),
        ("q=dang+LAM", ["Đang làm"]),
        ("unit={branch}", ["Đã xong"]),
        ("sort=-due&state=given", ["Đang làm", "Quá hạn"]),
    ],
)
def test_the_list_shows_what_is_asked_for_and_permitted(house, site, head, area, query, titles):
    client = rows_about(house, site, head, area)
    known = {
        "women": house["women"].pk,
        "youth": house["youth"].pk,
        "branch": house["women_branch"].pk,
        "area": area.pk,
        "person": head.person.pk,
        "today": written(day()),
        "yesterday": written(day(-1)),
        "soon": written(day(2)),
    }
    assert shown(client, f"{LIST}?{query.format(**known)}") == titles


@pytest.mark.parametrize(
    "query",
    [
        "state=nothing",
        "unit=999999",
        "unit=x",
        "due_from=31/02/2026",
        "due_to=31/12/9999",
        "area=%00",
        "q=%00",
        "sort=x",
        "page=-1",
    ],
)
def test_a_filter_that_makes_no_sense_does_no_harm(house, site, head, query):
    make_task(house["women"])
    assert site(head).get(f"{LIST}?{query}").status_code == 200


def test_the_usual_views_are_links_and_say_which_is_shown(house, site, head):
    views = site(head).get(f"{LIST}?state=late&sort=due").context["quick_views"]
    assert [label for label, _url, current in views if current] == ["Quá hạn"]
    assert [label for label, _url, _current in views] == [
        "Tất cả",
        "Quá hạn",
        "Hôm nay",
        "Tuần này",
        "Chờ nghiệm thu",
        "Xin gia hạn",
        "Nháp",
        "Đã xong",
        "Tôi nhập",
    ]
    assert all(site(head).get(url).status_code == 200 for _label, url, _current in views)


def test_a_row_of_another_bloc_is_offered_to_no_filter(house, site, head):
    other = make_bloc(mark="2")
    make_person(other["women"], "Người khối khác")
    form = site(head).get(LIST).context["filter"].form
    assert str(other["women"].pk) not in dict(form.fields["unit"].choices)
    assert "Người khối khác" not in dict(form.fields["accountable"].choices).values()


def test_a_clear_task_is_saved_and_given_at_once(house, site, head, officer):
    answer = site(head).post(NEW, typed(house, officer.person, _give="1"), follow=True)
    task = Task.objects.get()
    assert (task.state, task.given_by, task.created_by) == ("given", head, head)
    assert texts(answer) == ["Đã lưu «Thăm gia đình chính sách».", "Đã giao cho Chẩu Thị Xoa."]
    assert list(Event.objects.about(task).values_list("verb", flat=True)) == ["given", "created"]


def test_an_unclear_task_is_kept_as_a_draft_that_says_what_is_missing(house, site, head):
    page = site(head).post(NEW, typed(house, _give="1", due=""), follow=True)
    assert Task.objects.get().state == "draft"
    assert "còn thiếu: Rõ người: một người chủ trì; Rõ hạn: ngày phải xong" in texts(page)[-1]
    missing = [str(label) for label, clear, _url in page.context["checklist"] if not clear]
    assert missing == ["Rõ người: một người chủ trì", "Rõ hạn: ngày phải xong"]
    assert [url.rpartition("#")[2] for _label, clear, url in page.context["checklist"] if not clear] == [
        "id_accountable",
        "id_due",
    ]


def test_who_may_not_give_saves_a_draft_and_reads_who_may(house, site, officer, head):
    client = site(officer)
    assert client.get(NEW).context["can_give"] is False
    page = client.post(NEW, typed(house, officer.person, _give="1"), follow=True)
    assert Task.objects.get().state == "draft"
    assert "Người có quyền: Nông Thị Thuyên" in texts(page)[-1]
    assert "Người có quyền: Nông Thị Thuyên" in page.context["awaits"]
    assert [action["label"] for action in page.context["actions"]] == [
        "Sửa",
        "Hủy",
        "Lưu làm việc mẫu",
    ]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("due", "31/02/2026", "Ngày không có trong lịch"),
        ("due", "01/01/0001", "Năm phải từ 1930 đến 2100."),
        ("title", "x" * 10_000, "300"),
        ("title", "<script>alert(1)</script>", "thẻ HTML"),
        ("title", "Dòng một\nDòng hai", "một dòng"),
        ("title", "Nhi\x07ệm vụ", "ký tự điều khiển"),
        ("title", "Nhi\x00ệm vụ", ""),
        ("description", "x" * 10_000, "5000"),
        ("unit", "999999", ""),
        ("accountable", "{foreigner}", ""),
        ("area", "x", ""),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(house, site, head, field, value, sentence):
    foreigner = make_member(make_bloc(mark="2")["bloc"], "officer").person
    data = typed(house, head.person, **{field: value.format(foreigner=foreigner.pk)})
    page = site(head).post(NEW, data)
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    assert form["address"].value() == "Hội trường khối"
    assert Task.objects.count() == 0


def test_text_is_kept_in_one_form(house, site, head):
    site(head).post(NEW, typed(house, title=unicodedata.normalize("NFD", "Thăm hộ nghèo")))
    assert Task.objects.get().title == unicodedata.normalize("NFC", "Thăm hộ nghèo")


def test_two_clicks_make_one_task(house, site, head):
    client = site(head)
    token = client.get(NEW).context["form"].initial["token"]
    answers = [client.post(NEW, typed(house, token=token)) for _ in range(2)]
    task = Task.objects.get()
    assert [answer.url for answer in answers] == [task.get_absolute_url()] * 2


def edit_url(task):
    return reverse("tasks:task_edit", args=[task.pk])


def test_a_given_task_cannot_lose_what_makes_it_clear(house, site, head, officer):
    task = make_task(house["women"], accountable=officer.person, given=True)
    client = site(head)
    version = client.get(edit_url(task)).context["form"].initial["version"]
    page = client.post(
        edit_url(task), typed(house, version=version, address="", deliverable="", due="", accountable="")
    )
    assert sorted(page.context["form"].errors) == ["address", "deliverable"]
    assert page.context["is_draft"] is False
    task.refresh_from_db()
    assert task.missing() == []


def test_the_form_of_a_given_task_moves_neither_unit_nor_person_nor_date(house, site, head, officer):
    """Each of them has an act of its own, which asks why; the unit of given work stays."""
    task = make_task(house["women"], accountable=officer.person, given=True)
    client = site(head)
    form = client.get(edit_url(task)).context["form"]
    assert set(form.fields) & {"unit", "accountable", "due"} == set()
    sent = typed(house, head.person, version=form.initial["version"], unit=house["bloc"].pk, due=written(day(90)))
    client.post(edit_url(task), sent)
    kept = (task.unit, task.accountable, task.due)
    task.refresh_from_db()
    assert (task.title, task.unit, task.accountable, task.due) == ("Thăm gia đình chính sách", *kept)


def test_the_next_person_in_charge_holds_a_seat(house, site, head, officer):
    gone = make_person(house["women"], "Người đã nghỉ")
    appoint(gone, house["women"], "officer", end=day(-1))
    task = make_task(house["women"], accountable=officer.person, given=True)
    client = site(head)
    assert list(act(client, task, "reassignment", person=gone.pk, reason="Nghỉ").context["form"].errors) == ["person"]
    assert texts(act(client, task, "reassignment", person=head.person.pk, reason="Nghỉ ốm")) == [
        "Đã chuyển người chủ trì «Lập kế hoạch»."
    ]
    task.refresh_from_db()
    passed = task.reassignments.get()
    assert (task.accountable, passed.before, passed.after) == (head.person, officer.person, head.person)


def test_people_are_offered_with_their_main_post(house, site, head, officer):
    offered = dict(site(head).get(NEW).context["form"].fields["accountable"].choices)
    assert offered[officer.person.pk] == "Chẩu Thị Xoa – Chuyên viên, women"


def test_a_stale_form_shows_both_versions_and_then_saves(house, site, head):
    task = make_task(house["women"], "Việc cũ")
    client = site(head)
    version = client.get(edit_url(task)).context["form"].initial["version"]
    Task.objects.filter(pk=task.pk).update(title="Bản của người khác")
    page = client.post(edit_url(task), typed(house, version=version))
    shown = {conflict["name"]: (conflict["mine"], conflict["theirs"]) for conflict in page.context["form"].conflicts}
    assert shown["title"] == ("Thăm gia đình chính sách", "Bản của người khác")
    task.refresh_from_db()
    assert task.title == "Bản của người khác"
    client.post(edit_url(task), typed(house, version=page.context["form"].data["version"]))
    task.refresh_from_db()
    assert task.title == "Thăm gia đình chính sách"


def act(client, task, noun, **data):
    return client.post(reverse(f"tasks:task_{noun}", args=[task.pk]), data, follow=True)


def test_a_task_is_given_completed_and_opened_again(house, site, head, officer):
    task = make_task(house["women"], accountable=officer.person)
    client = site(head)
    assert texts(act(client, task, "giving")) == ["Đã giao «Lập kế hoạch»."]
    asked = act(client, task, "completion")
    assert list(asked.context["form"].errors) == ["result"]
    assert texts(act(client, task, "completion", result="Đã gửi kế hoạch")) == ["Đã hoàn thành «Lập kế hoạch»."]
    assert list(act(client, task, "reopening").context["form"].errors) == ["reason"]
    act(client, task, "reopening", reason="Thiếu chữ ký")
    task.refresh_from_db()
    assert (task.state, task.result) == ("doing", "Đã gửi kế hoạch")
    assert [e.reason for e in Event.objects.about(task)] == ["Thiếu chữ ký", "", ""]


def test_an_unclear_draft_is_not_given(house, site, head):
    task = make_task(house["women"], due=None)
    page = act(site(head), task, "giving")
    assert "Chưa giao được, còn thiếu" in texts(page)[0]
    task.refresh_from_db()
    assert task.state == "draft"


def test_the_person_in_charge_completes_without_any_other_right(house, site):
    person = make_member(house["youth"], "observer")
    task = make_task(house["women"], accountable=person.person, given=True)
    client = site(person)
    page = client.get(task.get_absolute_url())
    assert [action["label"] for action in page.context["actions"]] == [
        "Bắt đầu làm",
        "Hoàn thành",
        "Ghi tiến độ",
        "Xin gia hạn",
        "Trả lại người giao",
    ]
    assert page.context["reasons"][0]["sentence"] == "Bạn là người chủ trì việc này."
    act(client, task, "completion", result="Xong")
    task.refresh_from_db()
    assert task.state == "done"


def test_a_task_is_taken_out_and_brought_back_by_undo(house, site, head):
    task = make_task(house["women"])
    client = site(head)
    page = act(client, task, "voiding")
    undo = next(iter(page.context["messages"])).extra_tags
    assert client.get(task.get_absolute_url()).status_code == 404
    assert (undo, shown(client, LIST)) == (f"{task.get_absolute_url()}restoration/", [])
    act(client, task, "restoration")
    assert shown(client, LIST) == ["Lập kế hoạch"]


STRANGER, READER = ("youth", "organization_head", 404), ("office", "office_head", 403)


@pytest.mark.parametrize(("unit", "role", "code"), [STRANGER, READER])
def test_strangers_and_readers_change_nothing(house, site, unit, role, code):
    task = make_task(house["women"])
    client = site(make_member(house[unit], role))
    for noun in ("giving", "completion", "voiding"):
        answer = client.post(reverse(f"tasks:task_{noun}", args=[task.pk]), {"result": "x"})
        assert answer.status_code == code
    task.refresh_from_db()
    assert (task.state, task.voided_at) == ("draft", None)


def test_my_work_stands_by_how_soon_it_is_due(house, site, head):
    for due in (-3, 0, 60):
        make_task(house["women"], f"Hạn {due}", accountable=head.person, given=True, due=day(due))
    make_task(house["women"], "Nháp để giao", accountable=head.person)
    make_task(house["women"], "Mới xong", accountable=head.person, state=Task.State.DONE)
    make_task(house["women"], "Xong lâu rồi", accountable=head.person, state=Task.State.DONE, completed_on=day(-8))
    page = site(head).get(MINE)
    groups = {str(title): [task.title for task in tasks] for title, _tone, _icon, tasks in page.context["groups"]}
    assert groups == {"Quá hạn": ["Hạn -3"], "Hôm nay": ["Hạn 0"], "Sau này": ["Hạn 60"]}
    assert [(group["act"], [task.title for task in group["tasks"]]) for group in page.context["waiting"]] == [
        ("give", ["Nháp để giao"])
    ]
    assert [task.title for task in page.context["just_done"]] == ["Mới xong"]


def test_what_is_too_much_for_my_work_is_all_in_the_list(house, site, head, officer):
    """What waits for others, too, is in no list that this page leads to."""
    women, branch, person = house["women"], house["women_branch"], officer.person
    bloc_head = make_member(house["bloc"], "bloc_head")
    for _number in range(SHOWN + 1):
        make_task(women, accountable=person)
        make_task(women, accountable=person, checker=head.person, state="checking")
        make_task(women, accountable=person, given=True).helpers.add(head.person)
        make_task(women, accountable=person, given=True).ask(by=officer, due=day(9), reason="Mưa lũ")
    make_task(branch, accountable=person, created_by=bloc_head)
    make_task(women, accountable=person, state="checking")
    make_task(branch, accountable=person, given=True).ask(by=officer, due=day(9), reason="Mưa lũ")
    make_task(women, accountable=person, state="done").helpers.add(head.person)
    page = site(head).get(MINE).context
    parts = [(part["act"], len(part["tasks"]), part["url"]) for part in page["waiting"]]
    urls = [*(url for _act, _shown, url in parts), page["helping_url"]]
    assert [part[:2] for part in parts] == [(act, SHOWN) for act in ("accept", "decide", "give")]
    assert (len(page["helping"]), listed(head, urls)) == (SHOWN, [SHOWN + 1] * 4)
    assert all(escape(url) in site(head).get(MINE).content.decode() for url in urls)
    few = site(bloc_head).get(MINE).context
    assert ([part["url"] for part in few["waiting"]], few["helping_url"]) == ([""], "")


def test_work_is_completed_from_my_work(house, site, officer):
    task = make_task(house["women"], accountable=officer.person, given=True)
    url = reverse("tasks:task_completion", args=[task.pk])
    assert site(officer).post(f"{url}?back=mine", {"result": "Xong"}).url == MINE


def test_the_history_tells_every_act(house, site, head):
    task = make_task(house["women"], accountable=head.person)
    client = site(head)
    act(client, task, "giving")
    act(client, task, "completion", result="Đã gửi")
    page = client.get(reverse("tasks:task_history", args=[task.pk]))
    told = [entry.what for entry in page.context["entries"] if entry.what != "Thay đổi nội dung"]
    assert told == ["Hoàn thành", "Giao nhiệm vụ"]


def test_a_list_costs_the_same_for_one_row_and_for_sixty(house, site, head, area, queries):
    client = site(head)

    def cost(url):
        client.get(url)
        with queries(at_most=8) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    urls = [f"{LIST}?size=100", f"{LIST}?size=100&unit={house['women'].pk}&state=given&q=ke&sort=accountable"]
    common = {"area": area, "given": True, "organizations": [house["women"], house["youth"]]}
    make_task(house["women"], accountable=head.person, **common)
    one = [cost(url) for url in urls]
    for _ in range(59):
        make_task(house["women"], accountable=make_person(house["women"]), **common)
    assert [cost(url) for url in urls] == one
    assert len(client.get(urls[0]).context["page_obj"].object_list) == 60


def test_no_page_of_a_task_costs_more_than_twelve(house, site, officer, area, queries):
    for _ in range(30):
        make_member(house["women"], "officer")
    draft = make_task(house["women"], accountable=officer.person, area=area, organizations=[house["women"]])
    given = make_task(house["women"], accountable=officer.person, area=area, given=True)
    client = site(officer)
    pages = [NEW, MINE, edit_url(draft)]
    for name in ("detail", "history"):
        pages += [reverse(f"tasks:task_{name}", args=[task.pk]) for task in (draft, given)]
    for url in pages:
        client.get(url)
        with queries(at_most=12):
            assert client.get(url).status_code == 200, url


def test_a_task_given_already_is_saved_and_not_said_to_be_given_again(house, site, head, officer):
    task = make_task(house["women"], given=True, accountable=officer.person)
    changed = typed(house, officer.person, title="Sửa tên", version=task.version, _give="1")
    answer = site(head).post(f"{task.get_absolute_url()}edit/", changed, follow=True)
    assert texts(answer) == ["Đã lưu «Sửa tên»."]
    assert [event.verb for event in Event.objects.about(task)] == ["changed"]


def test_places_of_one_name_are_told_apart_by_when_they_ended(house, site, head):
    then = make_area("Xã Côn Lôn", valid_to=datetime.date(2025, 7, 1))
    now = make_area("Xã Côn Lôn", valid_from=datetime.date(2025, 7, 1))
    kept = make_task(house["women"], area=then)
    house["women_branch"].area = then
    house["women_branch"].save()
    told = {str(then.pk): "Xã Côn Lôn (đến 30/06/2025)", str(now.pk): "Xã Côn Lôn"}
    client = site(head)
    filters = client.get(LIST).context["filter"].form.fields["area"].choices
    assert {str(key): label for key, label in filters if key} == told
    for url in (NEW, edit_url(kept), "/meetings/new/"):
        offered = client.get(url).context["form"].fields["area"].choices
        assert {str(key): label for key, label in offered if key} == told


def test_the_next_record_keeps_what_a_series_shares_and_the_message_leads_back(house, site, head, area, officer):
    shared = {"unit": house["women_branch"].pk, "organizations": [house["women"].pk, house["youth"].pk]}
    filled = typed(house, officer.person, title="Việc <1>", area=area.pk, _again="1") | shared
    page = site(head).post(NEW, filled, follow=True)
    task, form = Task.objects.get(), page.context["form"]
    ticked = [option.data["attrs"].get("checked", False) for option in form["organizations"]]
    assert (str(form["unit"].value()), form["area"].value()) == (str(house["women_branch"].pk), str(area.pk))
    assert (form["address"].value(), form["due"].value()) == ("Hội trường khối", "31/12/2026")
    assert ticked == [True, True]
    assert (form["title"].value(), form["accountable"].value()) == (None, None)
    link = f'Đã lưu «<a href="{task.get_absolute_url()}">Việc &lt;1&gt;</a>».'
    assert link in page.content.decode()


def test_a_saved_record_that_is_shown_needs_no_link(house, site, head):
    page = site(head).post(NEW, typed(house), follow=True)
    assert texts(page) == ["Đã lưu «Thăm gia đình chính sách»."]


@pytest.mark.parametrize("due", [day(-3), day()])
def test_a_task_given_after_its_day_is_given_and_says_so(house, site, head, officer, due):
    client = site(head)
    late = [f"Lưu ý: hạn {due:%d/%m/%Y} đã qua."] if due < day() else []
    page = act(client, make_task(house["women"], accountable=officer.person, due=due), "giving")
    assert texts(page) == ["Đã giao «Lập kế hoạch».", *late]
    page = client.post(NEW, typed(house, officer.person, due=f"{due:%d/%m/%Y}", past_due="on", _give="1"), follow=True)
    assert texts(page)[2:] == late
    assert not Task.objects.drafts().exists()


def test_what_waits_to_be_given_names_who_gets_it(house, site, head, officer):
    make_task(house["women"], accountable=officer.person)
    assert "Chẩu Thị Xoa · women" in site(head).get(MINE).content.decode()


def test_an_empty_result_is_told_in_our_words_and_leads_back_to_my_work(house, site, officer):
    task = make_task(house["women"], accountable=officer.person, given=True)
    client = site(officer)
    text = client.get(MINE).content.decode()
    way = f"{reverse('tasks:task_completion', args=[task.pk])}?back=mine"
    assert f'action="{way}" method="post" novalidate' in text
    assert "maxlength" not in text
    page = client.post(way, {"result": " "})
    assert page.context["form"].errors["result"] == ["Ô này không được để trống."]
    long = client.post(way, {"result": "á" * 2001})
    assert "á" * 2001 in long.content.decode()
    assert "maxlength" not in long.content.decode()
    assert client.post(way, {"result": "á" * 2000}).url == MINE


def test_an_author_throws_an_own_draft_away_and_fetches_it_back(house, site, officer):
    own = make_task(house["women"], "Của tôi", created_by=officer)
    given = make_task(house["women"], "Đã giao", created_by=officer, accountable=officer.person, given=True)
    other = make_task(house["women"], "Của người khác")
    client = site(officer)
    for task, code in ((own, 302), (given, 403), (other, 403)):
        offered = [action["label"] for action in client.get(task.get_absolute_url()).context["actions"]]
        assert ("Hủy" in offered) == (code == 302)
        assert client.post(f"{task.get_absolute_url()}voiding/").status_code == code
    assert shown(client, "/tasks/voided/") == ["Của tôi"]
    act(client, own, "restoration")
    assert "Của tôi" in shown(client, LIST)


def test_why_it_came_back_stands_on_the_page_until_it_moves_on(house, site, head, officer):
    task = make_task(house["women"], accountable=officer.person, checker=head.person)
    task.give(by=head)
    task.complete(by=officer, result="Xong")
    task.send_back(by=head, reason="Thiếu biên bản đối chiếu")
    page = site(officer).get(task.get_absolute_url())
    assert (page.context["returned"].reason, page.context["returned_words"]) == (
        "Thiếu biên bản đối chiếu",
        "Trả lại để làm tiếp",
    )
    assert "Thiếu biên bản đối chiếu" in page.content.decode()
    task.refresh_from_db()
    task.complete(by=officer, result="Đủ")
    assert "returned" not in site(officer).get(task.get_absolute_url()).context


def test_who_decides_sees_what_about(house, site, head, officer):
    task = make_task(house["women"], accountable=officer.person, checker=head.person, requirement="Có chữ ký")
    task.give(by=head)
    task.complete(by=officer, result="Đã nộp ba biên bản")
    page = site(head).get(reverse("tasks:task_acceptance", args=[task.pk])).content.decode()
    assert ("Đã nộp ba biên bản" in page, "Có chữ ký" in page) == (True, True)
