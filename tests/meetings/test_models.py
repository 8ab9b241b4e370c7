from datetime import timedelta

import pytest
from django.utils import timezone

from khoidan.core.errors import Refused
from khoidan.meetings.models import AgendaItem, Attendance, Conclusion, Meeting
from khoidan.organizations.models import Event
from tests.checks import complaints, refused_by_database, sql
from tests.factories import fresh, make_meeting, make_member, make_person

HOUR = timedelta(hours=1)


@pytest.fixture
def chair(house):
    return make_member(house["women"], "organization_head", "Nông Thị Thuyên")


def acts(meeting):
    return list(Event.objects.about(meeting).order_by("pk").values_list("verb", "reason"))


def soon(hours):
    return timezone.now() + hours * HOUR


@pytest.mark.parametrize(("starts", "state"), [(1, "planned"), (-1, "running"), (-3, "held")])
def test_a_meeting_passes_through_its_day(house, starts, state):
    assert make_meeting(house["women"], starts_at=soon(starts), hours=2).state == state


def test_a_meeting_is_closed_once_and_opened_again_with_a_reason(house, chair):
    meeting = make_meeting(house["women"])
    for _ in range(2):
        meeting.close(by=chair)
    assert (meeting.state, meeting.permits(chair, "change"), meeting.permits(chair, "view")) == ("closed", False, True)
    assert meeting.refusal("change") == "Cuộc họp đã khóa nên không sửa được; hãy mở lại trước."
    for _ in range(2):
        meeting.reopen(by=chair, reason="Sót kết luận 3")
    assert (meeting.state, meeting.permits(chair, "change")) == ("running", True)
    assert acts(meeting) == [("closed", ""), ("reopened", "Sót kết luận 3")]


def test_a_meeting_that_has_not_begun_cannot_be_closed(house, chair):
    meeting = make_meeting(house["women"], starts_at=soon(1))
    with pytest.raises(Refused, match="Cuộc họp chưa diễn ra nên chưa thể kết thúc."):
        meeting.close(by=chair)
    assert (meeting.state, acts(meeting)) == ("planned", [])


@pytest.mark.parametrize("length", [timedelta(0), -HOUR])
def test_a_meeting_ends_after_it_starts(house, length):
    meeting = make_meeting(house["women"])
    meeting.ends_at = meeting.starts_at + length
    assert complaints(meeting) == {"__all__": ["Giờ kết thúc phải sau giờ bắt đầu."]}
    with refused_by_database("activity_ends_after_start"):
        meeting.save()


@pytest.mark.parametrize("minutes", [0, 601])
def test_an_agenda_item_takes_up_to_ten_hours(house, minutes):
    item = AgendaItem(meeting=make_meeting(house["women"]), title="Báo cáo tháng", minutes=minutes)
    assert complaints(item) == {"__all__": ["Thời gian từ 1 đến 600 phút."]}
    with refused_by_database("agendaitem_minutes"):
        item.save()


def test_one_person_is_invited_once(house, chair):
    meeting = make_meeting(house["women"])
    Attendance.objects.create(meeting=meeting, person=chair.person)
    again = Attendance(meeting=meeting, person=chair.person)
    assert complaints(again) == {"__all__": ["Người này đã có trong thành phần dự họp."]}
    with refused_by_database("attendance_once"):
        again.save()


def test_attendances_are_in_order_of_given_names(house):
    meeting = make_meeting(house["women"])
    for name in ["Hoàng Thị Duyến", "Nông Thị Ân", "Bàn Văn An", "Triệu Mùi Đào"]:
        Attendance.objects.create(meeting=meeting, person=make_person(house["women"], name))
    names = [attendance.person.name for attendance in meeting.attendances.all()]
    assert names == ["Bàn Văn An", "Nông Thị Ân", "Hoàng Thị Duyến", "Triệu Mùi Đào"]


def test_conclusions_are_numbered_without_repeat(house):
    meeting = make_meeting(house["women"])
    for number in (1, 2):
        assert Conclusion.next_number(meeting) == number
        Conclusion.objects.create(meeting=meeting, number=number, text="Giao các tổ chức báo cáo trước ngày 25.")
    with refused_by_database("conclusion_number_once"):
        Conclusion.objects.create(meeting=meeting, number=2, text="Trùng số.")
    assert Conclusion.next_number(make_meeting(house["youth"])) == 1


# Letters: view, change, close, open again, void; for an open and for a closed meeting of the women's union.
ACTIONS = {"v": "view", "c": "change", "l": "close", "r": "reopen", "x": "void"}
LINES = {
    ("women", "organization_head"): ("vclrx", "v-lrx"),
    ("women", "unit_deputy"): ("vc---", "v----"),
    ("women", "officer"): ("vc---", "v----"),
    ("women_branch", "unit_head"): ("-----", "-----"),
    ("youth", "organization_head"): ("v----", "v----"),
    ("office", "office_head"): ("v----", "v----"),
    ("office", "clerk"): ("-----", "-----"),
    ("bloc", "bloc_head"): ("vclrx", "v-lrx"),
    ("bloc", "deputy_head"): ("-----", "-----"),
    ("bloc", "personnel_officer"): ("-----", "-----"),
    ("bloc", "observer"): ("-----", "v----"),
}


def permitted(user, meeting):
    return "".join(letter if meeting.permits(user, action) else "-" for letter, action in ACTIONS.items())


@pytest.mark.parametrize(("unit", "role"), LINES)
def test_who_may_do_what(house, unit, role):
    user = make_member(house[unit], role)
    both = [make_meeting(house["women"], organizations=[house["youth"]], closed_at=at) for at in (None, timezone.now())]
    assert tuple(permitted(user, meeting) for meeting in both) == LINES[unit, role]


@pytest.mark.parametrize("part", ["chair", "secretary", "guest"])
def test_whoever_takes_part_reads_and_no_more(house, part):
    user = make_member(house["youth"], "officer")
    meeting = make_meeting(house["women"], **({} if part == "guest" else {part: user.person}))
    if part == "guest":
        Attendance.objects.create(meeting=meeting, person=user.person)
    assert permitted(user, meeting) == "v----"
    sql("UPDATE accounts_user SET is_active = false WHERE id = %s", user.pk)
    assert permitted(fresh(user), meeting) == "-----"


def test_a_meeting_read_for_two_reasons_is_listed_once(house):
    user = make_member(house["women"], "officer")
    meeting = make_meeting(house["women"], chair=user.person, secretary=user.person)
    Attendance.objects.create(meeting=meeting, person=user.person)
    assert list(Meeting.objects.permitting(user, "view")) == [meeting]


def test_meetings_are_found_by_time(house):
    past, now, planned = (make_meeting(house["women"], starts_at=soon(hours)) for hours in (-5, -1, 5))
    assert list(Meeting.objects.between(past.starts_at, now.starts_at)) == [past]
    assert list(Meeting.objects.all()) == [planned, now, past]
