"""What the forms of tasks ask about once: a day that is over; and where they tell what does not fit together."""

import re

import pytest
from django.urls import reverse

from khoidan.tasks.models import Task
from tests.factories import day, make_task, make_template, written
from tests.reading import text_of

NEW, RESCHEDULE, GIVE = "/tasks/new/", "/tasks/bulk/reschedule/", "/tasks/bulk/give/"
GONE = f"Hạn {written(day(-3))} đã qua."
ASKED = f"{GONE} Nếu đúng như vậy, hãy đánh dấu «Đúng, hạn này đã qua» rồi gửi lại."
TICK = 'name="past_due"'


@pytest.fixture
def given(house, head, officer):
    """A given task whose person wishes for the day that was the day before yesterday."""
    task = make_task(house["women"], accountable=officer.person, due=day(-9))
    task.give(by=head)
    task.ask(by=officer, due=day(-2), reason="Chờ xã")
    return task


def typed(house, **changes):
    filled = {"title": "Ghi sổ muộn", "unit": house["women"].pk, "due": written(day(-3))}
    return filled | changes


def asked(page):
    """(what is told at the day, whether there is a box to tick): the form came back, or None if it did not."""
    if page.context is None:
        return None
    return page.context["form"].errors.get("due", []), TICK in text_of(page)


def test_a_day_that_is_over_is_asked_about_once_and_then_kept(house, site, officer):
    client = site(officer)
    assert TICK not in text_of(client.get(NEW))
    assert asked(client.post(NEW, typed(house, due=written(day())))) is None
    page = client.post(NEW, typed(house))
    assert asked(page) == ([ASKED], True)
    form = page.context["form"]
    assert form.fields["past_due"] is not form.base_fields["past_due"]  # each form has boxes of its own
    assert not Task.objects.filter(due=day(-3)).exists()
    assert asked(client.post(NEW, typed(house, past_due="on"))) is None
    task = Task.objects.get(due=day(-3))
    again = typed(house, token=str(task.token))
    assert asked(client.post(NEW, again)) is None  # Back, and the box is not there yet
    assert Task.objects.filter(due=day(-3)).count() == 1
    edit = f"{task.get_absolute_url()}edit/"
    form = {"version": client.get(edit).context["form"]["version"].value()}
    assert asked(client.post(edit, typed(house, title="Chữ khác") | form)) is None
    form = {"version": client.get(edit).context["form"]["version"].value()}
    moved = f"Hạn {written(day(-4))} đã qua."
    assert moved in asked(client.post(edit, typed(house, due=written(day(-4))) | form))[0][0]


def test_a_series_entered_late_is_asked_about_once(house, site, officer):
    page = site(officer).post(NEW, typed(house, past_due="on", _again="1"), follow=True)
    form = page.context["form"]
    assert (form["due"].value(), form["past_due"].value()) == (written(day(-3)), "on")


@pytest.mark.parametrize(
    ("noun", "who", "told"),
    [
        ("extension", "officer", {"reason": "Chờ xã"}),
        ("extension-grant", "head", {"answer": ""}),
        ("rescheduling", "head", {"reason": "Chờ xã"}),
    ],
)
def test_the_acts_on_a_day_ask_the_same(site, head, officer, given, noun, who, told):
    if noun == "extension":
        given.refuse(by=head, reason="Không")
    client, url = site({"head": head, "officer": officer}[who]), f"{given.get_absolute_url()}{noun}/"
    sent = told | {"due": written(day(-3))}
    assert asked(client.post(url, sent)) == ([ASKED], True)
    given.refresh_from_db()
    assert given.due == day(-9)
    assert asked(client.post(url, sent | {"past_due": "on"})) is None
    given.refresh_from_db()
    assert (given.due, given.extensions.filter(due_asked=day(-3)).exists()) == {
        "extension": (day(-9), True),
        "extension-grant": (day(-3), False),
        "rescheduling": (day(-3), False),
    }[noun]


def test_many_rows_say_it_before_anything_is_done(house, site, head, officer):
    tasks = [make_task(house["women"], f"Việc {n}", accountable=officer.person, given=True) for n in range(2)]
    client = site(head)
    page = client.post(RESCHEDULE, {"pk": [task.pk for task in tasks]})
    lines = {"pk": [line.chosen for line in page.context["able"]], "_do": "1", "_token": page.context["token"]}
    sent = lines | {"due": written(day(-3)), "reason": "Ghi lại theo sổ"}
    assert {line.note for line in page.context["able"]} == {""}
    page = client.post(RESCHEDULE, sent)
    assert asked(page) == ([ASKED], True)
    assert [line.note for line in page.context["able"]] == [GONE] * 2
    assert GONE in text_of(page)
    assert set(Task.objects.values_list("due", flat=True)) == {day(7)}
    client.post(RESCHEDULE, sent | {"past_due": "on"})
    assert set(Task.objects.values_list("due", flat=True)) == {day(-3)}


def test_who_gives_a_task_whose_day_is_over_reads_it_first(house, site, head, officer):
    late, fine = (make_task(house["women"], accountable=officer.person, due=due) for due in (day(-3), day()))
    client = site(head)
    page = client.post(GIVE, {"pk": [late.pk, fine.pk]})
    assert [line.note for line in page.context["able"]] == [GONE, ""]
    told = {task: text_of(client.get(task.get_absolute_url())) for task in (late, fine)}
    assert ["đã qua. Vẫn giao?" in told[task] for task in (late, fine)] == [True, False]
    assert [f"Rõ hạn: ngày phải xong. {GONE}" in told[task] for task in (late, fine)] == [True, False]


def linked(page):
    """Ids of the boxes that the summary of mistakes leads to; a mistake that leads nowhere is None."""
    summary = re.search(r'<div class="error-summary".*?</div>', text_of(page), re.DOTALL)[0]
    rows = re.findall(r"<li>(.*?)</li>", summary, re.DOTALL)
    found = [re.match(r'<a href="#(.*?)">', row.strip()) for row in rows]
    return [each and each[1] for each in found]


@pytest.mark.parametrize(
    ("changes", "boxes"),
    [
        ({"start": "{tomorrow}", "due": "{today}"}, ["id_due"]),
        ({"accountable": "{me}", "checker": "{me}"}, ["id_checker"]),
        ({"accountable": "{me}", "helpers": "{me}"}, ["id_helpers"]),
        ({"helpers": "{me}", "checker": "{me}"}, ["id_checker"]),
    ],
)
def test_what_does_not_fit_together_leads_to_a_box(house, site, officer, changes, boxes):
    known = {"me": officer.person.pk, "today": written(day()), "tomorrow": written(day(1))}
    sent = typed(house, due="") | {name: value.format(**known) for name, value in changes.items()}
    assert linked(site(officer).post(NEW, sent)) == boxes


def test_a_given_task_begins_by_its_due_day(house, site, head, officer):
    """Its form shows no due date, so the mistake is told at the start."""
    task = make_task(house["women"], accountable=officer.person, given=True)
    url = reverse("tasks:task_edit", args=[task.pk])
    client = site(head)
    kept = {"version": client.get(url).context["form"]["version"].value(), "title": "Việc"}
    kept |= {"deliverable": "Báo cáo", "address": "Hội trường"}
    page = client.post(url, kept | {"start": written(day(8))})
    assert page.context["form"].errors == {"start": [f"Ngày bắt đầu không thể sau hạn ({written(day(7))})."]}
    assert client.post(url, kept | {"start": written(day(7))}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "boxes"),
    [
        ({"start": "10/11/2026", "end": "01/11/2026"}, ["id_end"]),
        ({"position": "{seat}", "person": "{me}"}, ["id_person"]),
        ({"person": "{me}", "checker": "{me}"}, ["id_checker"]),
        ({"every": "month"}, ["id_month_day"]),
        ({"deliverable": ""}, ["id_deliverable"]),
        ({"position": ""}, ["id_position"]),
        ({"address": ""}, ["id_address"]),
        ({"every": "never"}, ["id_every"]),
    ],
)
def test_what_a_template_lacks_leads_to_a_box(house, site, head, officer, matrix, changes, boxes):
    template = make_template(house["women"], position="chu-tich", runs_for=head)
    url = reverse("tasks:tasktemplate_edit", args=[template.pk])
    known = {"me": officer.person.pk, "seat": matrix["chu-tich"].pk}
    sent = {"title": "Báo cáo", "deliverable": "Bản in", "unit": house["women"].pk, "position": known["seat"]}
    sent |= {"address": "Hội trường", "every": "week", "weekday": "3", "lead_days": "3"}
    client = site(head)
    sent |= {"version": client.get(url).context["form"]["version"].value()}
    sent |= {name: value.format(**known) for name, value in changes.items()}
    sent |= {"position": ""} if changes.get("checker") else {}
    assert linked(client.post(url, sent)) == boxes
