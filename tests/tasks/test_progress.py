"""How far a task is: what people note, and what pages tell."""

from tests.factories import make_member, make_task

PEOPLE = (("Nông Thị Thuyên", "organization_head"), ("Chẩu Thị Xoa", "officer"), ("Hoàng Thị Duyến", "officer"))


def test_what_was_handed_in_is_told_as_whole_until_it_is_sent_back(house):
    head, worker, second = (make_member(house["women"], post, name) for name, post in PEOPLE)
    task = make_task(house["women"], accountable=worker.person, checker=second.person)
    task.give(by=head)
    task.note(by=worker, text="Được một nửa", percent=40)
    told = [task.told_percent]
    task.complete(by=worker, result="Xong")
    told.append(task.told_percent)
    task.send_back(by=second, reason="Thiếu số liệu")
    assert [*told, task.told_percent, task.percent] == [40, 100, 40, 40]
