"""Screens of templates: written, taken from a task and made into one, set going, changed while they run."""

import pytest
import time_machine
from django.urls import reverse

from khoidan.organizations.models import Event
from khoidan.tasks.models import Task, TaskTemplate
from tests.factories import day, make_area, make_bloc, make_member, make_task, make_template, written
from tests.reading import text_of

LIST, NEW = "/tasks/templates/", "/tasks/templates/new/"


@pytest.fixture
def chair(house):
    return make_member(house["women"], "chu-tich", "Nông Thị Thuyên")


def typed(house, **changes):
    """What a person types into the form of a template of every month."""
    filled = {
        "title": "Báo cáo tháng {tháng}",
        "deliverable": "Báo cáo có chữ ký",
        "unit": house["women"].pk,
        "address": "Hội trường khối",
        "every": "month",
        "month_day": "20",
        "day_off": "before",
        "lead_days": "10",
    }
    return filled | changes


def texts(response):
    return [str(message) for message in response.context["messages"]]


def act(client, template, noun):
    return client.post(reverse(f"tasks:tasktemplate_{noun}", args=[template.pk]), follow=True)


def test_a_template_is_written_once_however_often_the_button_is_pressed(house, site, officer):
    client = site(officer)
    token = client.get(NEW).context["form"]["token"].value()
    data = typed(
        house,
        token=str(token),
        title="Báo cáo tháng {thang}",
        weekday="3",
        month="5",
        organizations=[house["women"].pk],
    )
    first, second = client.post(NEW, data), client.post(NEW, data)
    template = TaskTemplate.objects.get()
    assert (first.url, second.url) == (template.get_absolute_url(),) * 2
    assert (template.title, template.rule, template.weekday, template.month, template.start) == (
        "Báo cáo tháng {tháng}",
        "hằng tháng, ngày 20",
        None,
        None,
        day(),
    )
    assert (template.created_by, list(template.organizations.all())) == (officer, [house["women"]])


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": ""}, "title", "để trống"),
        (
            {"title": "Báo cáo {thang nay} {x}"},
            "title",
            "Không hiểu {thang nay} (có phải {tháng}?), {x}. Trong ngoặc nhọn chỉ dùng: {tháng}, {quý}, {năm}, {tuần}.",
        ),
        ({"every": "week"}, "weekday", "hằng tuần"),
        ({"every": "quarter"}, "month", "hằng quý"),
        ({"every": "daily"}, "every", "daily"),
        ({"month_day": "32"}, "month_day", "32"),
        ({"month_day": "x"}, "month_day", "x"),
        ({"lead_days": "-1"}, "lead_days", "0"),
        ({"lead_days": "99999999999"}, "lead_days", "366"),
        ({"work_days": "9" * 30}, "work_days", "366"),
        ({"start": "31/02/2026"}, "start", "lịch"),
        ({"start": "10/11/2026", "end": "01/11/2026"}, "end", "Ngày cuối"),
        ({"person": "999999"}, "person", "chọn"),
        ({"position": "0"}, "position", "chọn"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_kept(house, site, officer, changes, field, words):
    errors = site(officer).post(NEW, typed(house, **changes)).context["form"].errors
    assert list(errors) == [field]
    assert words in str(errors[field])
    assert not TaskTemplate.objects.exists()


def test_a_foreign_unit_person_or_position_is_not_offered(house, site, officer, matrix):
    other = make_bloc(mark="2")
    stranger = make_member(other["women"], "chu-tich").person
    changes = {"unit": other["women"].pk, "person": stranger.pk, "position": matrix["truong-khoi"].pk}
    for name, value in changes.items():
        assert list(site(officer).post(NEW, typed(house, **{name: value})).context["form"].errors) == [name]


def test_a_position_and_a_name_at_once_are_one_too_many(house, site, officer, matrix):
    both = typed(house, position=matrix["chu-tich"].pk, person=officer.person.pk)
    assert "không chọn cả hai" in str(site(officer).post(NEW, both).context["form"].errors)


def test_the_list_is_filtered_by_position_unit_and_whether_it_runs(house, site, chair, officer, matrix):
    make_template(house["women"], "Của Chủ tịch", position="chu-tich", runs_for=chair)
    make_template(house["women"], "Đích danh", person=officer.person, organizations=[house["women"]])
    make_template(house["women"], "Không lịch", position="chu-tich", every="never")
    make_template(house["youth"], "Của Đoàn", position="chu-tich")
    client = site(chair)

    def shown(**query):
        return [row.title for row in client.get(LIST, query).context["page_obj"].object_list]

    assert shown() == ["Của Chủ tịch", "Đích danh", "Không lịch"]
    assert shown(position=matrix["chu-tich"].pk, unit=house["women"].pk) == ["Của Chủ tịch", "Không lịch"]
    assert shown(person=officer.person.pk) == shown(organization=house["women"].pk) == ["Đích danh"]
    assert [shown(state=state) for state in ("running", "paused", "never")] == [
        ["Của Chủ tịch"],
        ["Đích danh"],
        ["Không lịch"],
    ]
    assert shown(q="dich DANH", every="month") == ["Đích danh"]
    assert shown(position="x", every="x", state="x", unit="999999") == shown()


def test_it_is_set_going_and_paused_with_a_sentence(house, site, chair, officer):
    template = make_template(house["women"], position="chu-tich")
    assert "tự giao dưới tên bạn" in texts(act(site(chair), template, "activation"))[0]
    assert TaskTemplate.objects.get().activated_by == chair
    assert site(officer).post(f"{template.get_absolute_url()}edit/").status_code == 403
    assert "Đã tạm dừng" in texts(act(site(chair), template, "suspension"))[0]
    assert site(officer).get(f"{template.get_absolute_url()}edit/").status_code == 200
    never = make_template(house["women"], every="never")
    assert "không định kỳ" in texts(act(site(chair), never, "activation"))[0]


def test_who_changes_a_running_template_answers_for_what_it_makes(house, site, chair, officer):
    deputy = make_member(house["women"], "unit_deputy", "Hoàng Thị Duyến")
    template = make_template(house["women"], position="chu-tich", runs_for=deputy)
    TaskTemplate.objects.update(since=day(-30))
    url = f"{template.get_absolute_url()}edit/"
    page = site(chair).get(url).context["form"]
    kept = {"version": page["version"].value(), "position": template.position_id}
    wrong = site(chair).post(url, typed(house, deliverable="", **kept))
    assert "đang chạy không được thiếu" in str(wrong.context["form"].errors["deliverable"])
    assert site(chair).post(url, typed(house, title="Báo cáo mới", **kept)).status_code == 302
    template.refresh_from_db()
    assert (template.title, template.activated_by, template.since) == ("Báo cáo mới", chair, day())


@time_machine.travel("2026-11-05 02:00Z")
def test_the_page_tells_the_next_days_and_who_answers_no_more(house, site, chair, officer):
    template = make_template(house["women"], position="chu-tich", runs_for=officer)
    page = site(chair).get(template.get_absolute_url())
    assert [occasion.person for occasion in page.context["upcoming"]] == [chair.person] * 6
    assert "Chẩu Thị Xoa không còn quyền giao việc" in text_of(page)
    act(site(chair), template, "activation")
    page = site(chair).get(template.get_absolute_url())
    assert (page.context["unanswered"], "giao dưới tên Nông Thị Thuyên" in text_of(page)) == (False, True)


@time_machine.travel("2026-11-05 02:00Z")
def test_a_task_is_made_by_hand_for_who_holds_the_post_today(house, site, chair, officer):
    template = make_template(
        house["women"],
        "Lịch tháng {tháng}",
        position="chu-tich",
        checker=officer.person,
        area=make_area("Côn Lôn"),
        work_days=5,
        organizations=[house["women"]],
    )
    url = reverse("tasks:tasktemplate_task", args=[template.pk])
    form = site(officer).get(url).context["form"]
    assert {name: form[name].value() for name in ("title", "deliverable", "unit", "accountable", "checker", "due")} == {
        "title": "Lịch tháng 11",
        "deliverable": "Báo cáo",
        "unit": house["women"].pk,
        "accountable": chair.person.pk,
        "checker": officer.person.pk,
        "due": day(7),
    }
    names = ("title", "deliverable", "unit", "accountable", "checker", "organizations", "area", "address", "token")
    data = {name: form[name].value() for name in names} | {"due": written(day(7)), "description": ""}
    assert [site(officer).post(url, data).status_code for _ in range(2)] == [302, 302]
    task = Task.objects.get()
    assert (task.template, task.occurrence, task.state, task.created_by) == (template, None, "draft", officer)
    assert f'<a href="{template.get_absolute_url()}">' in text_of(site(officer).get(task.get_absolute_url()))


def test_a_private_template_is_not_named_on_the_page_of_its_task(house, site, chair, officer):
    template = make_template(house["women"], "Kín {tháng}", position="chu-tich", private=True)
    task = make_task(house["women"], template=template)
    page = text_of(site(officer).get(task.get_absolute_url()))
    assert ("Kín" in page, "Từ việc mẫu" in page) == (False, False)
    assert "Kín" in text_of(site(chair).get(task.get_absolute_url()))
    assert site(officer).get(LIST, {"q": "kin"}).context["page_obj"].paginator.count == 0


def test_a_task_becomes_a_template_for_the_post_or_for_the_person(house, site, chair, officer, matrix):
    task = make_task(
        house["women"], accountable=chair.person, checker=officer.person, organizations=[house["women"]], urgency=2
    )
    assert f"{NEW}?task={task.pk}" in site(chair).get(task.get_absolute_url()).content.decode()
    names = ("title", "unit", "position", "person", "checker", "urgency", "organizations")
    form = site(officer).get(NEW, {"task": task.pk}).context["form"]
    assert [form[name].value() for name in names] == [
        task.title,
        house["women"].pk,
        matrix["chu-tich"].pk,
        None,
        officer.person.pk,
        2,
        [house["women"].pk],
    ]
    Task.objects.update(accountable=officer.person, checker=None)
    form = site(officer).get(NEW, {"task": task.pk}).context["form"]
    assert (form["position"].value(), form["person"].value()) == (None, officer.person.pk)


def test_of_a_task_one_does_not_see_nothing_is_taken(house, site, officer):
    hidden = make_task(house["youth"], "Việc của Đoàn")
    for key in (hidden.pk, 999999, "x", "9" * 30, ""):
        assert site(officer).get(NEW, {"task": key}).context["form"]["title"].value() is None


def test_one_takes_back_ones_own_template_that_never_ran(house, site, officer):
    template = make_template(house["women"], created_by=officer)
    act(site(officer), template, "voiding")
    assert not TaskTemplate.objects.live().exists()
    act(site(officer), template, "restoration")
    verbs = Event.objects.about(template).order_by("pk").values_list("verb", flat=True)
    assert (list(verbs), TaskTemplate.objects.live().count()) == (["voided", "restored"], 1)


def test_the_list_costs_the_same_at_one_and_at_sixty(house, site, chair, queries):
    client, counts = site(chair), []
    client.get(LIST)
    for many in (1, 59):
        for _ in range(many):
            make_template(house["women"], position="chu-tich", person=None)
        with queries(at_most=8) as seen:
            client.get(LIST, {"size": 100})
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_whom_a_running_template_names_does_not_take_it_over(house, site, chair):
    deputy = make_member(house["women"], "unit_deputy", "Hoàng Thị Duyến")
    template = make_template(house["women"], person=chair.person, runs_for=deputy)
    page = site(chair).get(template.get_absolute_url())
    assert not {action.get("suffix") for action in page.context["actions"]} & {"edit", "pause", "activation", "voiding"}
    refused = site(chair).get(f"{template.get_absolute_url()}edit/")
    told = "Việc mẫu do người khác cho chạy thì Nông Thị Thuyên không tự làm bước này. Người làm được: Hoàng Thị Duyến."
    assert (refused.status_code, told in text_of(refused)) == (403, True)
    for action in ("change", "activate", "pause", "void"):
        assert (template.permits(chair, action), action == "void" or template.permits(deputy, action)) == (False, True)
    own = make_template(house["women"], person=chair.person, runs_for=chair)
    assert own.permits(chair, "change")
