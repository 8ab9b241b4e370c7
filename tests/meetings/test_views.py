"""Screens of meetings: the list, the form, and the one page before, during and after."""

from collections import Counter
from datetime import datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from khoidan.meetings.models import AgendaItem, Attendance, Conclusion, Meeting, MeetingKind
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task
from tests.factories import appoint, day, make_area, make_bloc, make_meeting, make_member, make_person, written

LIST, NEW = "/meetings/", "/meetings/new/"


@pytest.fixture
def secretary(house):
    return make_member(house["women"], "officer", "Chẩu Thị Xoa")


@pytest.fixture
def meeting(house):
    return make_meeting(house["women"], organizations=[house["women"], house["youth"]])


def at(name, meeting, *parts):
    return reverse(f"meetings:{name}", args=[meeting.pk, *(part.pk for part in parts)])


def texts(response):
    return [str(message) for message in response.context["messages"]]


def moment(offset, hour):
    return timezone.make_aware(datetime.combine(day(offset), time(hour)))


def typed(house, **changes):
    kind = MeetingKind.objects.get_or_create(code="giao-ban", defaults={"name": "Giao ban", "minutes": 90})[0]
    filled = {
        "title": "Giao ban tuần",
        "kind": kind.pk,
        "unit": house["women"].pk,
        "day": "05/11/2026",
        "start": "7h30",
        "end": "",
        "address": "Phòng họp",
        "audience": "",
    }
    return filled | changes


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Sắp tới", "Chưa khóa", "Đã khóa"]),
        ("state=planned&sort=time", ["Sắp tới"]),
        ("state=held", ["Chưa khóa"]),
        ("state=closed", ["Đã khóa"]),
        ("day_from={today}&day_to={today}", ["Chưa khóa"]),
        ("organization={youth}", ["Chưa khóa"]),
        ("unit={women}&q=da+khoa", ["Đã khóa"]),
        ("kind={kind}", ["Sắp tới", "Chưa khóa", "Đã khóa"]),
        ("state=x&day_from=99/99/9999&kind=0&page=0", ["Sắp tới", "Chưa khóa", "Đã khóa"]),
    ],
)
def test_the_list_shows_what_is_asked_for_and_permitted(house, site, secretary, query, titles):
    women, youth = house["women"], house["youth"]
    make_meeting(women, "Sắp tới", starts_at=moment(3, 8))
    make_meeting(women, "Chưa khóa", starts_at=moment(0, 0), organizations=[women, youth])
    make_meeting(women, "Đã khóa", starts_at=moment(-3, 8), closed_at=timezone.now())
    make_meeting(youth, "Của Đoàn")
    known = {"today": written(day()), "youth": youth.pk, "women": women.pk, "kind": MeetingKind.objects.get().pk}
    page = site(secretary).get(f"{LIST}?{query.format(**known)}")
    assert [meeting.title for meeting in page.context["page_obj"].object_list] == titles


def test_a_meeting_lasts_as_long_as_its_kind_unless_told(house, site, secretary):
    site(secretary).post(NEW, typed(house))
    meeting = Meeting.objects.get()
    assert [f"{timezone.localtime(t):%d/%m/%Y %H:%M}" for t in (meeting.starts_at, meeting.ends_at)] == [
        "05/11/2026 07:30",
        "05/11/2026 09:00",
    ]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("end", "07:30", "Giờ kết thúc phải sau giờ bắt đầu."),
        ("end", "25:00", "Giờ viết chưa đúng"),
        ("start", "23:30", "Hãy ghi giờ kết thúc"),
        ("day", "31/02/2026", "Ngày không có trong lịch"),
        ("title", "x" * 10_000, "300"),
        ("title", "<script>alert(1)</script>", "thẻ HTML"),
        ("unit", "{youth}", ""),
        ("chair", "{foreigner}", ""),
        ("people", ["x"], ""),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(house, site, secretary, field, value, sentence):
    foreigner = make_member(make_bloc(mark="2")["bloc"], "officer").person
    if isinstance(value, str):
        value = value.format(foreigner=foreigner.pk, youth=house["youth"].pk)
    form = site(secretary).post(NEW, typed(house, **{field: value})).context["form"]
    assert list(form.errors) == ["end" if field == "start" else field]
    assert sentence in next(iter(form.errors.values()))[0]
    assert form["address"].value() == "Phòng họp"
    assert Meeting.objects.count() == 0


def test_people_and_whole_units_are_invited_with_the_meeting(house, site, secretary, head):
    guest, gone = make_member(house["youth"], "officer").person, make_person(house["office"])
    appoint(gone, house["office"], "clerk", end=day(-1))
    here = make_member(house["office"], "clerk").person
    invited = {"chair": head.person.pk, "people": [guest.pk], "invited_units": [house["office"].pk]}
    site(secretary).post(NEW, typed(house, day=written(day()), **invited))
    invited = set(Meeting.objects.get().attendances.values_list("person", flat=True))
    assert invited == {head.person.pk, guest.pk, here.pk}


def test_two_clicks_make_one_meeting(house, site, secretary):
    client = site(secretary)
    token = client.get(NEW).context["form"].initial["token"]
    answers = [client.post(NEW, typed(house, token=token)).url for _ in range(2)]
    assert answers == [Meeting.objects.get().get_absolute_url()] * 2


def test_a_stale_form_shows_both_versions(house, site, secretary, meeting):
    client = site(secretary)
    version = client.get(at("meeting_edit", meeting)).context["form"].initial["version"]
    Meeting.objects.filter(pk=meeting.pk).update(title="Tên của người khác")
    page = client.post(at("meeting_edit", meeting), typed(house, version=version))
    theirs = {conflict["name"]: conflict["theirs"] for conflict in page.context["form"].conflicts}
    assert theirs["title"] == "Tên của người khác"
    client.post(at("meeting_edit", meeting), typed(house, version=page.context["form"].data["version"]))
    meeting.refresh_from_db()
    assert meeting.title == "Giao ban tuần"


def test_the_page_tells_the_time_of_each_item_and_what_is_too_long(house, site, secretary):
    meeting = make_meeting(house["women"], starts_at=moment(1, 8), hours=1)
    for order, minutes in enumerate([30, 45], 1):
        AgendaItem.objects.create(meeting=meeting, order=order, title=f"Mục {order}", minutes=minutes)
    minutes = site(secretary).get(meeting.get_absolute_url()).context["minutes"]
    assert [f"{timezone.localtime(item.starts_at):%H:%M}" for item in minutes.items] == ["08:00", "08:30"]
    assert (minutes.total, minutes.planned, minutes.over) == (75, 60, 15)


def titles(meeting):
    return list(meeting.agenda.values_list("title", flat=True))


def test_the_agenda_is_written_ordered_and_cut(site, secretary, meeting):
    client = site(secretary)
    for title in ("Một", "Hai", "Hai", "Ba", "Hai"):
        client.post(at("item_new", meeting), {"title": title, "minutes": "15"})
    *_rest, again = meeting.agenda.all()
    client.post(at("item_removal", meeting, again))
    one, two, three = meeting.agenda.all()
    assert titles(meeting) == ["Một", "Hai", "Ba"]  # the second «Hai» is the same form sent twice
    client.post(at("item_move", meeting, three), {"to": "up"})
    client.post(at("item_move", meeting, one), {"to": "up"})
    assert titles(meeting) == ["Một", "Ba", "Hai"]
    client.post(at("item_removal", meeting, two))
    form = client.get(at("item_edit", meeting, one)).context["form"]
    client.post(at("item_edit", meeting, one), {"title": "Mở đầu", "minutes": "5", "version": form.initial["version"]})
    assert titles(meeting) == ["Mở đầu", "Ba"]
    verbs = Counter(Event.objects.about(meeting).values_list("verb", flat=True))
    assert verbs == {"item_added": 4, "item_changed": 1, "item_moved": 1, "item_removed": 2}


def test_bad_minutes_are_told_at_their_field(site, secretary, meeting):
    for minutes in ("0", "601", "-5", "mười"):
        page = site(secretary).post(at("item_new", meeting), {"title": "Báo cáo", "minutes": minutes})
        assert list(page.context["form"].errors) == ["minutes"]
    assert titles(meeting) == []


def test_what_was_said_or_concluded_is_not_thrown_away(site, secretary, meeting):
    item = AgendaItem.objects.create(meeting=meeting, title="Báo cáo", discussion="Đồng ý")
    page = site(secretary).post(at("item_removal", meeting, item), follow=True)
    assert texts(page) == ["Mục này đã có ý kiến hoặc kết luận nên không bỏ được."]
    assert titles(meeting) == ["Báo cáo"]


def test_two_people_writing_one_discussion_lose_nothing(site, secretary, meeting):
    item = AgendaItem.objects.create(meeting=meeting, title="Báo cáo")
    client, url = site(secretary), at("item_discussion", meeting, item)
    seen = client.get(meeting.get_absolute_url()).context["discussion"].initial["version"]
    client.post(url, {"discussion": "Bản của người thứ nhất", "version": seen})
    page = client.post(url, {"discussion": "Bản của người thứ hai", "version": seen})
    form = page.context["form"]
    assert [(c["mine"], c["theirs"]) for c in form.conflicts] == [("Bản của người thứ hai", "Bản của người thứ nhất")]
    assert "Bản của người thứ hai" in page.content.decode()
    item.refresh_from_db()
    assert item.discussion == "Bản của người thứ nhất"
    client.post(url, {"discussion": "Cả hai bản", "version": form.data["version"], "_next": item.pk})
    item.refresh_from_db()
    assert item.discussion == "Cả hai bản"


def mark(client, meeting, **marks):
    """Send the roll call as the page shows it, with `marks` {status-…: value} tapped."""
    page = client.get(at("attendance", meeting))
    data = {}
    for row in page.context["form"].rows():
        pk = row["attendance"].pk
        data |= {f"seen-{pk}": row["seen"], f"status-{pk}": row["status"], f"note-{pk}": row["note"]}
    return lambda **more: client.post(at("attendance", meeting), data | marks | more, follow=True)


@pytest.fixture
def roll(house, meeting):
    """Three people invited: two women, one of the youth."""
    people = [
        make_member(house[unit], "officer", name).person
        for unit, name in [
            ("women", "Nông Thị Ân"),
            ("women", "Bàn Văn An"),
            ("youth", "Ma Văn Ổn"),
        ]
    ]
    return [Attendance.objects.create(meeting=meeting, person=person) for person in people]


def statuses(meeting):
    return {row.person.name: (row.status, row.note) for row in meeting.attendances.select_related("person")}


def test_attendance_is_taken_by_taps(site, secretary, meeting, roll):
    tapped = {f"status-{roll[0].pk}": "excused", f"note-{roll[0].pk}": "Đi công tác"}
    page = mark(site(secretary), meeting, **tapped)(_rest="1")
    assert statuses(meeting) == {
        "Nông Thị Ân": ("excused", "Đi công tác"),
        "Bàn Văn An": ("present", ""),
        "Ma Văn Ổn": ("present", ""),
    }
    shown = page.context["roll"]
    assert (len(shown.present), len(shown.absent), shown.total) == (2, 1, 3)
    by_unit = [(unit, len(part.present), part.total) for unit, part in shown.by_unit()]
    assert by_unit == [("women", 1, 2), ("youth", 1, 1)]


def test_two_people_taking_attendance_keep_both(site, secretary, meeting, roll):
    client = site(secretary)
    send_first, send_second = mark(client, meeting), mark(client, meeting)
    send_first(**{f"status-{roll[0].pk}": "present"})
    send_second(**{f"status-{roll[1].pk}": "absent"})
    assert [status for status, _note in statuses(meeting).values()].count("invited") == 1
    page = send_second(**{f"status-{roll[0].pk}": "represented"})
    assert statuses(meeting)["Nông Thị Ân"] == ("represented", "")
    assert "Người khác cũng vừa điểm danh: Nông Thị Ân" in texts(page)[-1]


def test_ids_above_a_thousand_are_written_without_dots(house, site, secretary):
    meeting = make_meeting(house["women"])
    item = AgendaItem.objects.create(pk=71001, meeting=meeting, title="Báo cáo")
    AgendaItem.objects.create(pk=71002, meeting=meeting, title="Thảo luận", order=2)
    row = Attendance.objects.create(pk=71003, meeting=meeting, person=make_person(house["women"]))
    Conclusion.objects.create(pk=71004, meeting=meeting, number=1, text="Giao việc", item=item).units.set(
        [meeting.unit]
    )
    for url in (meeting.get_absolute_url(), f"{meeting.get_absolute_url()}?view=minutes", at("attendance", meeting)):
        page = site(secretary).get(url)
        assert "71.00" not in page.content.decode()
    assert f'name="seen-71003" value="{page.context["form"].row(row)["seen"]}"' in page.content.decode()


def test_a_bad_note_is_told_and_the_taps_stay(site, secretary, meeting, roll):
    page = mark(site(secretary), meeting)(**{f"status-{roll[0].pk}": "excused", f"note-{roll[0].pk}": "<b>ốm</b>"})
    row = next(row for row in page.context["form"].rows() if row["attendance"] == roll[0])
    assert (row["status"], row["note"], "thẻ HTML" in row["errors"][0]) == ("excused", "<b>ốm</b>", True)
    assert statuses(meeting)["Nông Thị Ân"] == ("invited", "")


def test_more_people_are_invited_and_invitations_taken_back(house, site, secretary, meeting, roll):
    client = site(secretary)
    new = make_member(house["office"], "clerk").person
    units = {"invited_units": [house["office"].pk, house["youth"].pk]}
    page = client.post(at("invitation", meeting), units, follow=True)
    assert texts(page) == ["Đã mời thêm 1 người."]
    assert new.pk in meeting.attendances.values_list("person", flat=True)
    assert client.post(at("invitation", meeting), {}).context["form"].non_field_errors()
    client.post(at("attendance_removal", meeting, roll[0]))
    mark(client, meeting)(**{f"status-{roll[1].pk}": "present"})
    page = client.post(at("attendance_removal", meeting, roll[1]), follow=True)
    assert texts(page)[-1] == "Người này đã được điểm danh nên không bỏ mời được."
    assert meeting.attendances.count() == 3


def test_the_roll_goes_back_to_the_item_in_hand(site, secretary, meeting, roll):
    answer = site(secretary).post(f"{at('attendance', meeting)}?item=7", {f"status-{roll[0].pk}": "present"})
    assert answer["Location"] == f"{meeting.get_absolute_url()}?item=7#attendance"
    answer = site(secretary).post(f"{at('attendance', meeting)}?item=//x.vn", {f"status-{roll[0].pk}": "present"})
    assert answer["Location"] == f"{meeting.get_absolute_url()}#attendance"


def test_items_are_added_one_after_the_other(site, secretary, meeting):
    answer = site(secretary).post(at("item_new", meeting), {"title": "Một", "minutes": "15", "_again": "1"})
    assert answer["Location"] == at("item_new", meeting)


def test_who_may_lock_the_minutes_is_named(site, secretary, head, meeting):
    assert head.name in site(secretary).get(meeting.get_absolute_url()).context["awaits"]
    assert site(head).get(meeting.get_absolute_url()).context["awaits"] == ""


def conclude(client, meeting, text, **more):
    return client.post(at("conclusion_new", meeting), {"text": text} | more, follow=True)


def test_conclusions_are_numbered_linked_and_sent_once(house, site, secretary, meeting):
    item = AgendaItem.objects.create(meeting=meeting, title="Báo cáo")
    client = site(secretary)
    for text in ("Làm chung một hội nghị", "Làm chung một hội nghị", "Văn phòng chuẩn bị"):
        conclude(client, meeting, text, item=item.pk, units=[house["women"].pk, house["youth"].pk])
    found = list(meeting.conclusions.values_list("number", "text", "item"))
    assert found == [(1, "Làm chung một hội nghị", item.pk), (2, "Văn phòng chuẩn bị", item.pk)]
    client.post(at("conclusion_removal", meeting, meeting.conclusions.get(number=2)))
    assert meeting.conclusions.count() == 1


def test_a_conclusion_is_for_units_of_the_bloc(house, site, secretary, meeting):
    other = make_bloc(mark="2")["women"]
    page = conclude(site(secretary), meeting, "Giao việc", units=[other.pk])
    assert list(page.context["form"].errors) == ["units"]
    assert Conclusion.objects.count() == 0


@pytest.fixture
def conclusion(house, meeting):
    one = Conclusion.objects.create(meeting=meeting, number=1, text="Mỗi tổ chức chuẩn bị phần nội dung của mình")
    one.units.set([house["women"], house["women_branch"], house["youth"]])
    return one


def test_a_conclusion_becomes_a_task_for_each_unit_in_turn(house, site, head, meeting, conclusion):
    chair = make_person(house["women"], "Trưởng thật")
    appoint(chair, house["women"], "chu-tich")
    client, url = site(head), at("conclusion_task", meeting, conclusion)
    page = client.get(meeting.get_absolute_url())
    assert [unit.short_name for unit in page.context["minutes"].conclusions[0].waiting] == ["women", "women_branch"]
    form = client.get(f"{url}?unit={house['women'].pk}").context["form"]
    filled = {name: form.initial[name] for name in ("title", "unit", "accountable", "organizations")}
    assert filled == {
        "title": conclusion.text,
        "unit": house["women"].pk,
        "accountable": chair,
        "organizations": [house["women"].pk],
    }
    data = {
        "title": conclusion.text,
        "unit": house["women"].pk,
        "accountable": chair.pk,
        "deliverable": "Bài phát biểu",
        "address": "Hội trường",
        "due": "31/12/2026",
        "token": form.initial["token"],
    }
    answer = client.post(url, data | {"_give": "1"})
    task = Task.objects.get()
    assert (task.state, task.origin, answer.url) == ("given", conclusion, conclusion.get_absolute_url())
    client.post(url, data)
    assert Task.objects.count() == 1
    assert client.get(url).context["form"].initial["unit"] == house["women_branch"].pk
    minutes = client.get(meeting.get_absolute_url()).context["minutes"]
    assert [unit.short_name for unit in minutes.conclusions[0].waiting] == ["women_branch"]
    assert minutes.conclusions[0].tasks == [task]
    last = data | {"unit": house["women_branch"].pk, "token": "", "_again": "1"}
    assert client.post(url, last).url == conclusion.get_absolute_url()
    origin = client.get(task.get_absolute_url()).context["origin"]
    assert (origin["url"], origin["label"]) == (conclusion.get_absolute_url(), str(conclusion))


def test_a_task_says_nothing_of_a_meeting_its_reader_may_not_see(house, site, conclusion):
    stranger = make_member(house["office"], "clerk")
    task = Task.objects.create(unit=house["office"], title="Chuẩn bị", origin=conclusion, accountable=stranger.person)
    origin = site(stranger).get(task.get_absolute_url()).context["origin"]
    assert list(origin) == ["kind"]


def test_who_sees_the_meeting_but_no_task_is_shown_none(house, site, secretary, conclusion, meeting):
    Task.objects.create(unit=house["office"], title="Việc của Văn phòng", origin=conclusion)
    text = site(secretary).get(meeting.get_absolute_url()).content.decode()
    assert "Việc của Văn phòng" not in text
    assert "Đã có đơn vị nhận việc từ kết luận này." in text  # lest it be given twice


def test_the_gate_remembers_what_it_stopped_of_a_conclusion(house, site, head, meeting, conclusion):
    data = {"title": "Chuẩn bị", "unit": house["women"].pk, "_give": "1"}
    site(head).post(at("conclusion_task", meeting, conclusion), data)
    task = Task.objects.get()
    assert (task.state, task.origin, task.unclear_at is None) == ("draft", conclusion, False)
    missing = [event.details["missing"] for event in Event.objects.about(task) if event.verb == "stopped_at_gate"]
    assert missing == [["accountable", "deliverable", "place", "due"]]


def give_from(client, meeting, conclusion, unit, **changes):
    return client.post(at("conclusion_task", meeting, conclusion), {"title": "Việc kín", "unit": unit.pk} | changes)


def test_a_conclusion_gives_work_to_the_units_that_it_names(house, site, head, meeting, conclusion):
    client = site(head)
    conclusion.units.set([house["women_branch"], house["youth"]])
    form = give_from(client, meeting, conclusion, house["women"]).context["form"]
    assert list(form.errors) == ["unit"]
    assert [unit.pk for unit in form.fields["unit"].queryset] == [house["women_branch"].pk]
    assert give_from(client, meeting, conclusion, house["women_branch"]).status_code == 302
    assert [task.unit for task in Task.objects.all()] == [house["women_branch"]]
    conclusion.units.set([house["youth"]])
    assert give_from(client, meeting, conclusion, house["women"]).status_code == 404
    conclusion.units.clear()
    assert give_from(client, meeting, conclusion, house["women"]).status_code == 302


def test_other_items_may_conclude_in_the_same_words(house, site, secretary, meeting):
    items = [
        AgendaItem.objects.create(meeting=meeting, title=title, order=n) for n, title in enumerate(("Một", "Hai"), 1)
    ]
    for item, unit in zip(items, ("women", "youth"), strict=True):
        conclude(site(secretary), meeting, "Nhất trí với báo cáo.", item=item.pk, units=[house[unit].pk])
    assert [(one.item.title, str(one.units.get())) for one in meeting.conclusions.all()] == [
        ("Một", str(house["women"])),
        ("Hai", str(house["youth"])),
    ]


def test_minutes_name_the_chair_first_and_why_somebody_is_absent(site, head, meeting, roll):
    client = site(head)
    mark(client, meeting)(
        **{f"status-{roll[0].pk}": "absent", f"status-{roll[1].pk}": "excused", f"note-{roll[1].pk}": "Đi học"},
        _rest="1",
    )
    text = client.get(f"{meeting.get_absolute_url()}?view=minutes").content.decode()
    assert "(có lý do: Đi học)" in text
    assert "(vắng)" not in text


def test_a_conclusion_with_a_task_stays(site, secretary, meeting, conclusion):
    Task.objects.create(unit=meeting.unit, title="Chuẩn bị", origin=conclusion)
    page = site(secretary).post(at("conclusion_removal", meeting, conclusion), follow=True)
    assert texts(page) == ["Kết luận này đã thành nhiệm vụ; hãy hủy nhiệm vụ trước."]


def parts(meeting, roll, conclusion):
    """Every URL below a meeting that changes it."""
    item = AgendaItem.objects.create(meeting=meeting, title="Báo cáo")
    for name in ("item_new", "attendance", "invitation", "conclusion_new"):
        yield at(name, meeting)
    for name in ("item_edit", "item_discussion", "item_move", "item_removal"):
        yield at(name, meeting, item)
    yield at("attendance_removal", meeting, roll[0])
    for name in ("conclusion_edit", "conclusion_removal"):
        yield at(name, meeting, conclusion)


def test_a_closed_meeting_is_locked_in_every_part_and_read_as_minutes(site, head, meeting, roll, conclusion):
    client = site(head)
    page = client.post(at("meeting_closure", meeting), follow=True)
    assert page.context["works"] is False
    assert [str(action["label"]) for action in page.context["actions"]] == ["Mở lại"]
    for url in [*parts(meeting, roll, conclusion), at("meeting_edit", meeting)]:
        answer = client.post(url, {"text": "x", "title": "x"})
        assert answer.status_code == 403, url
        assert "Cuộc họp đã khóa nên không sửa được; hãy mở lại trước." in answer.content.decode()
    refused = client.post(at("meeting_voiding", meeting), follow=True)
    assert texts(refused)[-1] == "Cuộc họp đã khóa nên không hủy được; hãy mở lại trước."
    assert list(client.post(at("meeting_reopening", meeting)).context["form"].errors) == ["reason"]
    assert client.post(at("meeting_reopening", meeting), {"reason": "Sót"}, follow=True).context["works"] is True


def test_parts_of_a_foreign_meeting_do_not_exist(house, site, meeting, roll, conclusion):
    client = site(make_member(house["committee"], "unit_head"))
    codes = {client.post(url).status_code for url in parts(meeting, roll, conclusion)}
    assert codes == {404}
    assert client.get(at("conclusion_task", meeting, conclusion)).status_code == 404


def test_a_reader_works_on_nothing_and_reads_the_agenda(house, site, meeting, roll, conclusion):
    reader = make_member(house["youth"], "organization_head")
    client = site(reader)
    page = client.get(meeting.get_absolute_url())
    assert (page.context["works"], page.context["actions"]) == (False, [])
    assert {client.post(url).status_code for url in parts(meeting, roll, conclusion)} == {403}


def test_a_part_of_another_meeting_does_not_exist_here(house, site, secretary, meeting, roll, conclusion):
    other = make_meeting(house["women"], "Cuộc họp khác")
    item = AgendaItem.objects.create(meeting=meeting, title="Báo cáo")
    client = site(secretary)
    urls = [at(name, other, item) for name in ("item_edit", "item_discussion", "item_move", "item_removal")]
    urls += [at(name, other, conclusion) for name in ("conclusion_edit", "conclusion_removal", "conclusion_task")]
    assert {client.post(url).status_code for url in [*urls, at("attendance_removal", other, roll[0])]} == {404}
    assert (meeting.agenda.count(), meeting.conclusions.count(), meeting.attendances.count()) == (1, 1, 3)


def test_a_meeting_that_has_not_begun_is_not_closed(house, site, head):
    meeting = make_meeting(house["women"], starts_at=moment(1, 8))
    page = site(head).post(at("meeting_closure", meeting), follow=True)
    assert texts(page) == ["Cuộc họp chưa diễn ra nên chưa thể kết thúc."]


def test_a_meeting_is_taken_out_and_brought_back_by_undo(site, head, meeting):
    client = site(head)
    page = client.post(at("meeting_voiding", meeting), follow=True)
    assert next(iter(page.context["messages"])).extra_tags == at("meeting_restoration", meeting)
    assert client.get(meeting.get_absolute_url()).status_code == 404
    client.post(at("meeting_restoration", meeting))
    assert client.get(meeting.get_absolute_url()).status_code == 200


def test_who_is_invited_reads_the_meeting_and_is_told_why(house, site, meeting):
    guest = make_member(house["committee"], "officer")
    assert site(guest).get(meeting.get_absolute_url()).status_code == 404
    Attendance.objects.create(meeting=meeting, person=guest.person)
    page = site(guest).get(meeting.get_absolute_url())
    assert [reason["sentence"] for reason in page.context["reasons"]] == ["Bạn được mời dự cuộc họp này."]


def test_the_history_names_the_part_that_changed(site, secretary, meeting):
    client = site(secretary)
    client.post(at("item_new", meeting), {"title": "Báo cáo tháng", "minutes": "15"})
    conclude(client, meeting, "Làm chung một hội nghị")
    told = {entry.what for entry in client.get(at("meeting_history", meeting)).context["entries"]}
    assert {"Thêm nội dung họp: Báo cáo tháng", "Ghi kết luận: 1. Làm chung một hội nghị"} <= told


def test_the_history_of_a_meeting_tells_no_title_of_a_task(house, site, head, meeting, conclusion):
    site(head).post(at("conclusion_task", meeting, conclusion), {"title": "Việc kín", "unit": house["women"].pk})
    meeting.record("tasked", by=head, part="1. Việc kín khác", task=0)  # as it was once noted
    page = site(head).get(at("meeting_history", meeting))
    told = {entry.what for entry in page.context["entries"]}
    assert {"Lập nhiệm vụ từ kết luận số 1", "Lập nhiệm vụ từ kết luận"} <= told
    assert "Việc kín" not in " ".join(told)
    noted = Event.objects.filter(verb="tasked").earliest("pk").details
    assert noted == {"number": 1, "task": Task.objects.get().pk}


def test_a_list_costs_the_same_for_one_row_and_for_sixty(house, site, secretary, queries):
    client, urls = site(secretary), [f"{LIST}?size=100", f"{LIST}?size=100&organization={house['youth'].pk}&q=giao"]

    def cost(url):
        client.get(url)
        with queries(at_most=8) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    def more(count):
        for _ in range(count):
            chair, area = make_person(house["women"]), make_area()
            make_meeting(house["women"], chair=chair, area=area, organizations=[house["women"], house["youth"]])

    more(1)
    one = [cost(url) for url in urls]
    more(59)
    assert [cost(url) for url in urls] == one
    assert len(client.get(urls[0]).context["page_obj"].object_list) == 60


def test_no_page_of_a_meeting_costs_more_than_twelve_with_sixty_of_everything(house, site, secretary, head, queries):
    common = {"organizations": [house["women"]], "chair": head.person, "secretary": secretary.person}
    meeting = make_meeting(house["women"], **common)
    closed = make_meeting(house["women"], **common, closed_at=timezone.now())
    for one in (meeting, closed):
        for order in range(60):
            item = AgendaItem.objects.create(meeting=one, order=order, title=f"Mục {order}", proposer=house["youth"])
            person = make_member(house["women"], "officer").person
            Attendance.objects.create(meeting=one, person=person)
            made = Conclusion.objects.create(meeting=one, number=order + 1, text=f"Kết luận {order}", item=item)
            made.units.set([house["women"], house["youth"]])
            Task.objects.create(unit=house["women"], title=f"Việc {order}", origin=made, accountable=person)
    item, made = meeting.agenda.first(), meeting.conclusions.first()
    urls = [at(f"meeting_{name}", meeting) for name in ("detail", "edit", "history")]
    urls += [at(name, meeting) for name in ("item_new", "attendance", "invitation", "conclusion_new")]
    urls += [at("meeting_detail", meeting) + "?view=minutes", at("meeting_detail", closed), NEW]
    urls += [at(name, meeting, item) for name in ("item_edit", "item_discussion")]
    urls += [at(name, meeting, made) for name in ("conclusion_edit", "conclusion_task")]
    client = site(head)
    for url in urls:
        client.get(url)
        with queries(at_most=12):
            assert client.get(url).status_code == 200, url


def test_a_conclusion_leads_back_to_itself_beside_its_item(site, secretary, meeting):
    item = AgendaItem.objects.create(meeting=meeting, title="Báo cáo")
    for chosen, query in (("", ""), (item.pk, f"?item={item.pk}")):
        answer = site(secretary).post(at("conclusion_new", meeting), {"text": f"Giao việc {chosen}", "item": chosen})
        made = meeting.conclusions.latest("pk")
        assert answer["Location"] == f"{meeting.get_absolute_url()}{query}#conclusion-{made.pk}"
