"""One act on many tasks: looked at first, then done row by row, each told for itself."""

import pytest
from django.test import Client

from khoidan.core.views import Bulk
from khoidan.notices.models import Notice
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.checks import beside, send
from tests.factories import appoint, day, fresh, load_matrix, make_bloc, make_member, make_person, make_task, written

GIVE, COMPLETE, REASSIGN, RESCHEDULE = (f"/tasks/bulk/{act}/" for act in ("give", "complete", "reassign", "reschedule"))
DONE = "Việc này đang ở trạng thái «hoàn thành» nên không làm bước này được."
GIVEN = "Việc này đang ở trạng thái «đã giao» nên không làm bước này được."


@pytest.fixture
def head(house):
    return make_member(house["women"], "organization_head", "Nông Thị Hinh")


@pytest.fixture
def person(house):
    return make_member(house["women"], "officer", "Chẩu Thị Xoa").person


def picked(*tasks):
    return {"pk": [task.pk for task in tasks], "_list": "state=draft&sort=-due"}


def seen(page):
    """What the form of a preview sends when nothing is changed in it."""
    lines = [line.chosen for line in page.context["able"]]
    return {"pk": lines, "_do": "1", "_token": page.context["token"], "_list": page.context["list_query"]}


def told(page):
    """({titles done or to be done}, {title: why not})."""
    able = {line.record.title for line in page.context["able"]}
    return able, {line.record.title: line.why for line in page.context["unable"]}


def verbs(task):
    return list(Event.objects.about(task).values_list("verb", "actor_name"))


def test_the_preview_says_of_each_row_whether_and_why_not_and_does_nothing(house, site, head, person):
    """Whatever the order of their ids, rows stand as they stood in the list."""
    clear = make_task(house["women"], "Rõ", accountable=person)
    rows = [
        clear,
        make_task(house["women"], "Thiếu hạn", accountable=person, due=None),
        make_task(house["women"], "Không giữ chức", accountable=make_person(house["women"])),
        make_task(house["women"], "Giao rồi", accountable=person, given=True),
        make_task(house["youth"], "Của Đoàn", accountable=person, organizations=[house["women"]]),
    ]
    page = site(head).post(GIVE, picked(*reversed(rows)))
    assert [line.record.title for line in page.context["unable"]] == [row.title for row in reversed(rows[1:])]
    able, unable = told(page)
    assert able == {"Rõ"}
    assert {title: why.split(":")[-1].strip() for title, why in unable.items()} == {
        "Thiếu hạn": "ngày phải xong.",
        "Không giữ chức": "Người chủ trì đang giữ chức danh trong khối.",
        "Giao rồi": GIVEN,
        "Của Đoàn": "chưa có ai.",
    }
    clear.refresh_from_db()
    assert (clear.state, verbs(clear)) == ("draft", [])


def test_each_row_is_done_or_told_why_not_and_the_way_back_keeps_the_filters(house, site, head, person):
    one, two, three = (make_task(house["women"], title, accountable=person) for title in ("Một", "Hai", "Ba"))
    client = site(head)
    form = seen(client.post(GIVE, picked(one, two, three)))
    Task.objects.filter(pk=two.pk).update(title="Hai sửa")
    Task.objects.filter(pk=three.pk).update(due=None)
    page = client.post(GIVE, form)
    able, unable = told(page)
    assert able == {"Một"}
    assert unable["Hai sửa"].startswith("Bản ghi vừa được sửa ở nơi khác sau khi bạn xem")
    assert "ngày phải xong" in unable["Ba"]
    assert page.context["back_url"] == "/tasks/?state=draft&sort=-due"
    assert "Đã làm xong 1 mục." in page.content.decode()
    assert list(Task.objects.order_by("pk").values_list("state", flat=True)) == ["given", "draft", "draft"]
    assert verbs(one) == [("given", "Nông Thị Hinh")]


def test_sent_again_it_is_told_again_and_done_once(house, site, head, person):
    tasks = [make_task(house["women"], accountable=person, given=True) for _ in range(2)]
    client = site(head)
    form = seen(client.post(COMPLETE, picked(*tasks))) | {"result": "Xong"}
    pages = [client.post(COMPLETE, form) for _ in range(2)]
    assert [told(page) for page in pages] == [({"Lập kế hoạch"}, {})] * 2
    assert [len(page.context["able"]) for page in pages] == [2, 2]
    assert [verbs(task) for task in tasks] == [[("completed", "Nông Thị Hinh")]] * 2
    other = seen(client.post(COMPLETE, picked(*tasks))) | form | {"_token": "", "result": "Khác"}
    assert set(told(client.post(COMPLETE, other))[1].values()) == {DONE}
    assert set(Task.objects.values_list("result", flat=True)) == {"Xong"}


def test_a_form_that_lacks_something_is_shown_again_with_its_rows(house, site, head, person):
    task = make_task(house["women"], accountable=person, given=True)
    client = site(head)
    page = client.post(COMPLETE, seen(client.post(COMPLETE, picked(task))) | {"result": " "})
    assert list(page.context["form"].fields) == ["result"]
    assert page.context["form"].errors == {"result": ["Ô này không được để trống."]}
    assert [line.chosen for line in page.context["able"]] == [f"{task.pk}.{task.version}"]
    assert page.context["list_query"] == "state=draft&sort=-due"


def test_what_the_preview_did_not_show_is_not_done(house, site, head, person):
    task = make_task(house["women"], accountable=person)
    page = site(head).post(GIVE, {"pk": [task.pk], "_do": "1"})
    assert "sau khi bạn xem" in told(page)[1]["Lập kế hoạch"]
    task.refresh_from_db()
    assert task.state == "draft"


@pytest.mark.parametrize("ids", [[], ["x", "-1", "9" * 30, "1.2.3", "\x00", "' OR 1=1"], ["{foreign}"]])
def test_ids_outside_ones_rights_are_as_if_not_sent(house, site, head, ids):
    foreign = make_task(make_bloc(mark="2")["women"], accountable=make_person(house["women"]))
    page = site(head).post(GIVE, {"pk": [each.format(foreign=foreign.pk) for each in ids], "_do": "1"}, follow=True)
    assert page.redirect_chain == [("/tasks/", 302)]
    assert [str(message) for message in page.context["messages"]] == [
        "Chưa chọn dòng nào. Hãy đánh dấu các dòng cần làm rồi bấm lại."
    ]
    foreign.refresh_from_db()
    assert foreign.state == "draft"


def test_an_ended_seat_and_a_foreign_site_do_nothing(house, site, person):
    boss = make_person(house["women"])
    seat = appoint(boss, house["women"], "organization_head")
    task = make_task(house["women"], accountable=person)
    client = site(fresh(boss.user))
    form = seen(client.post(GIVE, picked(task)))
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(boss.user)
    assert forged.post(GIVE, form).status_code == 403
    seat.end = day()
    seat.save()
    assert client.post(GIVE, form).status_code == 302
    task.refresh_from_db()
    assert (task.state, verbs(task)) == ("draft", [])


def test_who_is_only_accountable_completes_own_tasks_and_gives_none(house, site, person):
    own = make_task(house["women"], "Của mình", accountable=person, given=True)
    other = make_task(house["women"], "Của người khác", accountable=make_person(house["women"]), given=True)
    client = site(person.user)
    assert [act["label"] for act in client.get("/tasks/").context["bulk"]] == ["Hoàn thành"]
    able, unable = told(client.post(COMPLETE, picked(own, other)))
    assert able == {"Của mình"}
    assert "hoặc người có quyền" in unable["Của người khác"]


def test_two_hundred_rows_and_no_more(house, site, head, person, queries):
    unclear = make_person(house["women"])
    tasks = Task.objects.bulk_create(
        Task(unit=house["women"], bloc=house["bloc"], title=f"Việc {n}", accountable=unclear if n % 2 else person)
        for n in range(201)
    )
    client = site(head)
    client.get("/tasks/")
    with queries(at_most=12):
        page = client.post(GIVE, picked(*tasks[:200]))
    assert len(page.context["unable"]) == 200
    answer = client.post(GIVE, picked(*tasks), follow=True)
    assert "mỗi lần làm nhiều nhất 200 dòng" in str(next(iter(answer.context["messages"])))


def test_a_refusal_undoes_its_own_row_alone_and_is_no_deed_of_its_form(house, head):
    """The gate remembers the try, and the form that is sent again does not take that for having given the task."""
    task, token = make_task(house["women"]), "a form"
    assert "còn thiếu" in Bulk("give", "Giao").on(task, head, {}, token)
    assert "đang ở trạng thái «nháp»" in Bulk("complete", "Hoàn thành").on(task, head, {"result": "x"}, token)
    task.refresh_from_db()
    assert (task.state, task.unclear_at is None) == ("draft", False)
    assert Task.changed_under(token, [task.pk]) == set()


def test_what_an_earlier_row_took_along_is_done_once(house, site, head, person):
    """Giving a shared task gives its parts."""
    parent = make_task(house["women"], "Việc chung", accountable=person)
    parent.hand_down(house["women_branch"], person, by=head)
    part = parent.children.get()
    client = site(head)
    page = client.post(GIVE, seen(client.post(GIVE, picked(parent, part))))
    assert [line.record for line in page.context["able"]] == [parent, part]
    assert [[verb for verb, _who in verbs(task)] for task in (parent, part)] == [["given"], ["given", "created"]]


def test_many_tasks_pass_to_somebody_else_and_each_says_if_it_does_not(house, site, head, person):
    """Who checks a task is not made accountable for it; the rest of the rows go on."""
    after = make_member(house["women"], "officer", "Lý Thị Lai").person
    passed, checked = (make_task(house["women"], title, accountable=person, given=True) for title in ("Một", "Hai"))
    Task.objects.filter(pk=checked.pk).update(checker=after)
    client = site(head)
    page = client.post(REASSIGN, picked(passed, checked, make_task(house["women"], "Nháp", accountable=person)))
    assert told(page)[0] == {"Một", "Hai"}
    assert [line.cells[0] for line in page.context["able"]] == [("Người chủ trì", "Chẩu Thị Xoa")] * 2
    assert after.pk in [key for key, _label in page.context["form"].fields["person"].choices]
    able, unable = told(client.post(REASSIGN, seen(page) | {"person": after.pk, "reason": "Nghỉ phép"}))
    assert (able, list(unable)) == ({"Một"}, ["Hai"])
    assert "người nghiệm thu" in unable["Hai"]
    assert list(Task.objects.order_by("pk").values_list("accountable", flat=True)) == [after.pk, person.pk, person.pk]


def test_many_tasks_get_another_due_date(house, site, head, person):
    tasks = [make_task(house["women"], f"Việc {n}", accountable=person, given=True) for n in range(2)]
    Task.objects.filter(pk=tasks[1].pk).update(start=day(5))
    client = site(head)
    form = seen(client.post(RESCHEDULE, picked(*tasks))) | {"due": written(day(3)), "reason": "Trùng hội nghị"}
    assert list(client.post(RESCHEDULE, form | {"due": "31/02/2026"}).context["form"].errors) == ["due"]
    able, unable = told(client.post(RESCHEDULE, form))
    assert able == {"Việc 0"}
    assert "Hạn không thể trước ngày bắt đầu" in unable["Việc 1"]
    assert list(Task.objects.order_by("pk").values_list("due", flat=True)) == [day(3), day(7)]


def test_a_parent_is_completed_by_its_children(house, site, head, person):
    parent = make_task(house["women"], "Việc chung", accountable=person, given=True)
    parent.hand_down(house["women_branch"], person, by=head)
    unable = told(site(head).post(COMPLETE, picked(parent)))[1]
    assert unable == {"Việc chung": "Việc này xong khi mọi việc con của nó xong; hãy hoàn thành từng việc con."}


def test_boxes_stand_where_there_is_something_to_do(house, site, head, person):
    task = make_task(house["women"], "Việc <1>", accountable=person)
    page = site(head).get("/tasks/").content.decode()
    assert f'form="bulk" name="pk" value="{task.pk}"' in page
    assert "Chọn Việc &lt;1&gt;" in page
    page = site(make_member(house["bloc"], "observer")).get("/tasks/").content.decode()
    assert 'name="pk"' not in page
    assert 'id="bulk"' not in page


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_give_each_task_once(transactional_db):
    load_matrix()
    unit = make_bloc()["women"]
    heads = [make_member(unit, "organization_head", name) for name in ("Nông Thị Hinh", "Lý Thị Lai")]
    tasks = [make_task(unit, accountable=heads[0].person) for _ in range(3)]
    form = {"pk": [f"{task.pk}.{task.version}" for task in reversed(tasks)], "_do": "1"}
    held = []

    def hold():
        held.extend(Task.objects.select_for_update().filter(pk__in=[tasks[0].pk, tasks[1].pk]))

    def give():
        for task in held:
            task.give(by=heads[0])

    assert beside(hold, give, lambda: send(heads[1], GIVE, form))[0] == 200
    assert [verbs(task) for task in tasks] == [
        [("given", "Nông Thị Hinh")],
        [("given", "Nông Thị Hinh")],
        [("given", "Lý Thị Lai")],
    ]


@pytest.mark.django_db(transaction=True)
def test_who_loses_a_deadlock_is_told_and_nothing_is_done(transactional_db):
    load_matrix()
    head = make_member(make_bloc()["women"], "organization_head")
    one, two = (make_task(head.person.unit, accountable=head.person) for _ in range(2))
    form = {"pk": [f"{task.pk}.{task.version}" for task in (one, two)], "_do": "1"}

    def hold(task):
        return Task.objects.select_for_update().get(pk=task.pk)

    assert beside(lambda: hold(two), lambda: hold(one), lambda: send(head, GIVE, form))[0] == 302
    assert set(Task.objects.values_list("state", flat=True)) == {"draft"}


def test_who_may_not_reads_once_who_may_or_what_stands_in_the_way(house, site, head, person):
    """Nobody is told that they have the right and may not use it, nor of a right where the state is what bars."""
    boss, deputy = (
        make_member(house[unit], role, name)
        for unit, role, name in (("bloc", "bloc_head", "Hoàng Đình Khuê"), ("women", "unit_deputy", "Hoàng Thị Sen"))
    )
    own = make_task(house["women"], "Giao cho mình", accountable=head.person, given=True, given_by=boss)
    make_task(house["women"], "Của người khác", accountable=person, given=True, given_by=boss)
    make_task(house["women"], "Xong", accountable=head.person, state="done", given_by=boss)
    make_task(house["women"], "Nháp", accountable=person)
    tasks = Task.objects.order_by("pk")
    right = "Việc này cần quyền «giao và điều hành công việc» ở women. Người có quyền: "
    everybody = "Nông Thị Hinh, Hoàng Đình Khuê, Hoàng Thị Sen"
    told_of = {
        who: {act: told(site(who).post(act, picked(*tasks)))[1] for act in (COMPLETE, RESCHEDULE)}
        for who in (head, fresh(person.user))
    }
    bound = "Việc do người khác giao thì người chủ trì (Nông Thị Hinh) không tự làm bước này. "
    bound += "Người làm được: Hoàng Đình Khuê, Hoàng Thị Sen."
    draft = "Việc này đang ở trạng thái «nháp» nên không làm bước này được."
    assert told_of[head] == {
        COMPLETE: {"Xong": DONE, "Nháp": draft},
        RESCHEDULE: {"Giao cho mình": bound, "Xong": DONE, "Nháp": "Việc còn là nháp; muốn đổi thì bấm Sửa."},
    }
    asked = "Bước này của người chủ trì (Nông Thị Hinh) hoặc người có quyền «giao và điều hành công việc» ở women. "
    asked += "Người có quyền: "
    assert told_of[person.user] == {
        COMPLETE: {"Giao cho mình": f"{asked}{everybody}.", "Xong": DONE, "Nháp": draft},
        RESCHEDULE: {"Giao cho mình": bound, "Của người khác": f"{right}{everybody}.", "Xong": DONE, "Nháp": draft},
    }
    own.checker, own.state, own.submitted_by = deputy.person, "checking", deputy
    accept = own.refusal("accept")
    assert accept == "Người làm và người báo xong không tự nghiệm thu. Người nghiệm thu được: Hoàng Đình Khuê."


@pytest.mark.parametrize(("count", "kind"), [(1, "tasks.given"), (3, "tasks.many_given")])
def test_an_act_on_many_rings_once_for_each_person(house, site, head, person, count, kind):
    tasks = [make_task(house["women"], f"Việc {n}", accountable=person) for n in range(count)]
    refused = make_task(house["women"], "Thiếu hạn", accountable=person, due=None)
    client = site(head)
    form = seen(client.post(GIVE, picked(*tasks, refused)))
    for _click in range(2):
        client.post(GIVE, form)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (person.user, kind)
    assert notice.targets == [task.pk for task in tasks]


def test_many_results_ring_once_for_who_checks_them(house, site, head, person):
    """The head gave them and checks them: one account, told once."""
    asked = {"given": True, "given_by": head, "checker": head.person}
    tasks = [make_task(house["women"], f"Việc {n}", accountable=person, **asked) for n in "123"]
    client = site(person.user)
    client.post(COMPLETE, seen(client.post(COMPLETE, picked(*tasks))) | {"result": "Xong cả ba"})
    assert {task.state for task in Task.objects.all()} == {"checking"}
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.targets) == (head, "tasks.many_submitted", [t.pk for t in tasks])


def test_who_gave_some_and_checks_others_hears_of_all_at_once(house, site, head, person):
    given, checked = {"given": True, "given_by": head}, {"given": True, "checker": head.person}
    asked = [given, given | checked, checked]
    tasks = [make_task(house["women"], f"Việc {n}", accountable=person, **told) for n, told in enumerate(asked)]
    other = make_person(house["women"], "Nguyễn Văn Sơn")
    Task.objects.filter(checker=None).update(checker=other)
    client = site(person.user)
    client.post(COMPLETE, seen(client.post(COMPLETE, picked(*tasks))) | {"result": "Xong cả ba"})
    assert [notice.targets for notice in Notice.objects.filter(recipient=head)] == [[task.pk for task in tasks]]


def test_who_hands_in_what_they_would_check_leaves_the_check_to_who_is_told(house, site, head, person):
    deputy, doer = make_member(house["women"], "unit_deputy", "Hoàng Thị Duyến"), person
    task = make_task(house["women"], accountable=doer, given=True, given_by=deputy, checker=deputy.person)
    client = site(deputy)
    client.post(COMPLETE, seen(client.post(COMPLETE, picked(task))) | {"result": "Xong"})
    assert [(notice.recipient, notice.kind) for notice in Notice.objects.all()] == [(head, "tasks.submitted")]
    task.refresh_from_db()
    assert (task.permits(deputy, "accept"), task.permits(head, "accept")) == (False, True)
