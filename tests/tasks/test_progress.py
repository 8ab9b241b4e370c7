"""What was done so far, and the files sent with it."""

from khoidan.files.models import Attachment
from tests.factories import make_member, make_task
from tests.files.makers import picture, sent

PEOPLE = (("Nông Thị Thuyên", "organization_head"), ("Chẩu Thị Xoa", "officer"), ("Hoàng Thị Duyến", "officer"))


def shown(page):
    """{words of a note: names of its files} on the page of a task."""
    return {note.text: [file.name for file in note.files.all()] for note in page.context["notes"]}


def test_a_note_shows_the_files_sent_with_it_while_they_are_there(house, site, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    worker = make_member(house["women"], "officer", "Chẩu Thị Xoa")
    task = make_task(house["women"], accountable=worker.person, given=True)
    Attachment.objects.attach([sent("Kế hoạch.png", picture())], to=task, by=worker)
    page = site(worker).get(f"{task.get_absolute_url()}progress/")
    form = {"token": page.context["form"].initial["token"], "percent": "30", "text": "Đã chụp"}
    for _click in range(2):
        files = [sent("Cổng.png", picture()), sent("Sân.jpg", picture("JPEG"))]
        site(worker).post(f"{task.get_absolute_url()}progress/", form | {"files": files})
    task.note(by=worker, text="Đã in", percent=60)
    page = site(worker).get(task.get_absolute_url())
    assert shown(page) == {"Đã in": [], "Đã chụp": ["Cổng.png", "Sân.jpg"]}
    first = Attachment.objects.get(name="Cổng.png")
    assert f'href="{first.get_absolute_url()}"' in page.content.decode()
    first.void(by=worker)
    assert shown(site(worker).get(task.get_absolute_url())) == {"Đã in": [], "Đã chụp": ["Sân.jpg"]}


def test_a_form_that_comes_back_names_the_files_to_be_chosen_again(house, site):
    worker = make_member(house["women"], "officer", "Chẩu Thị Xoa")
    task = make_task(house["women"], accountable=worker.person, given=True)
    url = f"{task.get_absolute_url()}progress/"
    words = "Trang đã mở lại nên phải chọn lại các tệp:"
    assert words not in site(worker).get(url).content.decode()
    again = site(worker).post(url, {"percent": "140", "text": "x", "files": [sent("Cổng.png", picture())]})
    assert words in again.content.decode()
    assert "Cổng.png" in again.content.decode()


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
