"""The button that stands out on the page of a task: what its reader most probably does next, and nothing else."""

import pytest

from khoidan.tasks.models import Task
from khoidan.tasks.views.leading import leading
from tests.factories import day, make_member, make_task


@pytest.fixture
def people(house):
    """{who: account}: those of one task of the women's union, and those who look on."""
    women = house["women"]
    roles = dict.fromkeys(["doer", "helper", "checker"], "officer") | {"giver": "unit_head", "deputy": "unit_deputy"}
    found = {who: make_member(women, role, f"Nguyễn Thị {who}") for who, role in roles.items()}
    return found | {"head": make_member(house["bloc"], "bloc_head", "Hoàng Đình Khuê")}


@pytest.fixture
def make(house, people):
    def make(**fields):
        named = {"accountable": people["doer"].person, "created_by": people["giver"], "given_by": people["giver"]}
        task = make_task(house["women"], **(named | fields))
        task.helpers.add(people["helper"].person)
        return task

    return make


def standing_out(task, people):
    """{who: act that stands out}; those to whom none does are left out."""
    task = Task.objects.for_detail().telling_parts().get(pk=task.pk)
    found = {who: leading(task, user) for who, user in people.items()}
    return {who: act for who, act in found.items() if act}


WORK = {"helper": "progress", "doer": "progress"}
HAND_IN = WORK | {"doer": "completion"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"state": "draft", "given_by": None}, {"giver": "giving", "deputy": "giving"}),
        ({"state": "draft", "given_by": None, "deliverable": ""}, {"giver": "edit", "deputy": "edit"}),
        ({"given": True}, WORK | {"doer": "beginning"}),
        ({"state": "doing"}, WORK),
        ({"state": "doing", "percent": 100}, HAND_IN),
        ({"state": "doing", "due": day(-2)}, HAND_IN),
        ({"state": "checking"}, {"checker": "acceptance"}),
        ({"state": "done"}, {}),
    ],
    ids=["clear", "unclear", "given", "doing", "whole", "late", "checking", "done"],
)
def test_what_each_does_next(people, make, fields, expected):
    task = make(checker=people["checker"].person, **fields)
    assert standing_out(task, people) == expected


def test_a_wish_that_waits_is_answered_first(people, make):
    task = make(state="doing", due=day(0))
    task.ask(by=people["doer"], due=day(5), reason="Mưa lũ")
    assert standing_out(task, people) == WORK | {"giver": "extension_grant", "deputy": "extension_grant"}


def test_the_page_begins_with_it_and_has_no_other_like_it(site, people, make):
    task = make(state="doing", percent=100)
    acts = site(people["doer"]).get(task.get_absolute_url()).context["actions"]
    assert [(str(act["label"]), act.get("style")) for act in acts][:2] == [
        ("Hoàn thành", "primary"),
        ("Ghi tiến độ", "outline"),
    ]
    assert [act["label"] for act in acts[1:] if act.get("style") == "primary"] == []


def test_who_looks_on_finds_the_acts_of_who_works_behind_their_own(site, people, make):
    acts = site(people["head"]).get(make(state="doing").get_absolute_url()).context["actions"]
    assert "primary" not in {act.get("style") for act in acts}
    assert [str(act["label"]) for act in acts] == [
        "Sửa",
        "Giao cho nhiều đơn vị",
        "Đổi hạn",
        "Chuyển người",
        "Dừng việc",
        "Hoàn thành",
        "Ghi tiến độ",
        "Hủy",
        "Lưu làm việc mẫu",
    ]
