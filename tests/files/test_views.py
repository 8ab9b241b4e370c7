"""The pages of files: adding without scripts, the download and its headers, what is told when something is wrong."""

import io
import resource
import tracemalloc
from email.message import Message

import pytest
from django.urls import reverse

from khoidan.core.serving import command
from khoidan.files import forms, uploading
from khoidan.files.checking import LARGEST, pdfs
from khoidan.files.models import Attachment
from khoidan.organizations.models import Event
from tests.factories import make_member
from tests.files.makers import pdf, picture, sent
from tests.reading import text_of

pytestmark = pytest.mark.django_db
TOKEN = "6b2f6f0c-5a52-4a6e-9d8c-6d8a8c3a1f10"


def add(browser, task, *files, token=TOKEN):
    return browser.post(task.get_files_url(), {"files": files, "token": token}, follow=True)


def names(task):
    return sorted(Attachment.objects.on(task).live().values_list("name", flat=True))


def test_files_are_added_and_listed(site, worker, task):
    browser = site(worker)
    page = add(browser, task, sent("Báo cáo.pdf", pdf()), sent("Ảnh.jpeg", picture("JPEG")))
    assert page.redirect_chain == [(task.get_files_url(), 302)]
    assert "Đã thêm 2 tệp." in text_of(page)
    assert [file.name for file in page.context["files"]] == ["Ảnh.jpg", "Báo cáo.pdf"]
    assert page.context["tabs"] == [
        ("Nội dung", task.get_absolute_url(), False),
        ("Tệp", task.get_files_url(), True),
        ("Lịch sử", reverse("tasks:task_history", args=[task.pk]), False),
    ]


def test_the_same_form_sent_twice(site, worker, task):
    browser = site(worker)
    for said in ("Đã thêm 1 tệp.", "Các tệp này đã được thêm trước đó."):
        assert said in text_of(add(browser, task, sent("a.pdf", pdf())))
    assert names(task) == ["a.pdf"]


def test_refusals_stand_at_the_field_and_nothing_is_stored(site, worker, task):
    page = add(site(worker), task, sent("a.pdf", pdf()), sent("b.pdf.exe", pdf()), sent("c.docx", b"x"))
    assert page.status_code == 200
    assert [error.partition(":")[0] for error in page.context["form"].errors["files"]] == [
        "Không nhận tệp «b.pdf.exe»",
        "Không nhận tệp «c.docx»",
    ]
    assert names(task) == []


@pytest.mark.parametrize(("count", "said"), [(0, "không được để trống"), (11, "không quá 10 tệp")])
def test_how_many_at_once(site, worker, task, count, said):
    page = add(site(worker), task, *(sent(f"{n}.png", picture()) for n in range(count)))
    assert said in str(page.context["form"].errors["files"])


class Pipe(io.RawIOBase):
    """`head`, a number of bytes that nobody has in memory, `foot`."""

    def __init__(self, head, nothings, foot):
        self.parts, self.nothings = [io.BytesIO(head), None, io.BytesIO(foot)], nothings

    def read(self, size=-1):
        while self.parts:
            data = self.nothing(size) if self.parts[0] is None else self.parts[0].read(size)
            if data:
                return data
            self.parts.pop(0)
        return b""

    def nothing(self, size):
        given = min(self.nothings, size)
        self.nothings -= given
        return bytes(given)


@pytest.fixture
def small_disk(settings, tmp_path):
    """No file grows beyond what is taken."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST + 2**16, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_hundred_megabytes_are_read_and_forgotten(site, worker, task, small_disk):
    part = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}'
    head = part.format("files", '; filename="phim.pdf"', "%PDF-").encode()
    foot = f"\r\n{part.format('token', '', TOKEN)}\r\n--x--\r\n".encode()
    body, size = Pipe(head, 100 * 2**20, foot), len(head) + 100 * 2**20 + len(foot)
    browser = site(worker)
    tracemalloc.start()
    kind = "multipart/form-data; boundary=x"
    page = browser.generic(
        "POST", task.get_files_url(), b"x", content_type=kind, CONTENT_LENGTH=size, **{"wsgi.input": body}
    )
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert page.context["form"].errors == {
        "files": ["Không nhận tệp «phim.pdf»: tệp lớn hơn 20 MB. Hãy thu nhỏ hoặc chia thành nhiều tệp."]
    }
    assert peak < 20 * 2**20


SLOW = "Các tệp này cần xem quá lâu; hãy gửi ít tệp hơn mỗi lần."


@pytest.mark.parametrize(("patience", "errors"), [(0.02, {"files": [SLOW]}), (forms.PATIENCE, None)])
def test_files_that_take_too_long_together_are_refused_together(site, worker, task, monkeypatch, patience, errors):
    """The first, which another program reads, takes longer than the little patience; the control has the usual one."""
    monkeypatch.setattr(forms, "PATIENCE", patience)
    page = add(site(worker), task, sent("a.pdf", pdf()), sent("b.png", picture()))
    found = page.context["form"].errors if errors else None
    assert (found, names(task)) == (errors, [] if errors else ["a.pdf", "b.png"])


def test_one_file_may_take_its_time(site, worker, task, monkeypatch):
    monkeypatch.setattr(forms, "PATIENCE", 0.02)
    add(site(worker), task, sent("a.pdf", pdf()))
    assert names(task) == ["a.pdf"]


def test_a_worker_outlives_the_slowest_form():
    given = command("127.0.0.1", 8000)
    assert int(given[given.index("--timeout") + 1]) > forms.PATIENCE + pdfs.PATIENCE


def test_too_much_at_once_is_told_for_what_came_too_late(site, worker, task, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_AT_ONCE", len(picture()) + 1)
    page = add(site(worker), task, sent("a.png", picture()), sent("b.png", picture()))
    [error] = page.context["form"].errors["files"]
    assert error.startswith("Không nhận tệp «b.png»: các tệp gửi cùng lúc lớn hơn 100 MB")


def test_the_download(site, worker, attach):
    name = "Báo cáo kết quả công tác dân vận quý IV " + "đ" * 160 + ".png"
    file = attach(name)
    answer = site(worker).get(file.get_absolute_url())
    assert b"".join(answer.streaming_content) == picture()
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store, private"
    told = Message()
    told["Content-Disposition"] = answer["Content-Disposition"]
    assert told.get_content_disposition() == "attachment"
    assert told.get_filename() == file.name == name


def test_a_name_breaks_out_of_no_header_and_no_page(site, worker, attach, task):
    file, browser = attach('a";\r\nX-A: b <img src=x onerror=alert(1)>.png'), site(worker)
    answer = browser.get(file.get_absolute_url())
    assert b"".join(answer.streaming_content) == picture()
    assert answer["Content-Disposition"] == 'attachment; filename="a\\"; X-A: b <img src=x onerror=alert(1)>.png"'
    assert "<img src=x" not in text_of(browser.get(task.get_files_url()))


def test_a_lost_file_is_told_and_noted(site, worker, attach, root, caplog):
    file = attach()
    (root / file.file.name).unlink()
    page = site(worker).get(file.get_absolute_url())
    assert page.status_code == 503
    assert "Chưa mở được tệp này" in text_of(page)
    assert file.file.name in caplog.text


def test_files_come_with_progress_and_with_the_result(site, worker, task):
    browser = site(worker)
    progress, completion = (reverse(f"tasks:task_{noun}", args=[task.pk]) for noun in ("progress", "completion"))
    assert 'enctype="multipart/form-data"' in text_of(browser.get(progress))
    note = {"percent": 50, "text": "Đã khảo sát", "token": TOKEN}
    for _click in range(2):
        browser.post(progress, note | {"files": [sent("Ảnh.png", picture())]})
    refused = browser.post(completion, {"result": "Xong", "files": [sent("a.exe", b"MZ")]})
    assert "Không nhận tệp «a.exe»" in str(refused.context["form"].errors["files"])
    browser.post(completion, {"result": "Xong", "files": [sent("Báo cáo.pdf", pdf())]})
    task.refresh_from_db()
    assert (task.state, task.notes.count(), names(task)) == ("done", 1, ["Báo cáo.pdf", "Ảnh.png"])


def test_removed_with_a_way_back(site, worker, attach, task):
    file, browser = attach(), site(worker)
    page = browser.post(reverse("files:attachment_removal", args=[file.pk]), follow=True)
    assert page.redirect_chain == [(task.get_files_url(), 302)]
    undo = reverse("files:attachment_restoration", args=[file.pk])
    assert f'action="{undo}"' in text_of(page)
    assert names(task) == []
    assert browser.get(file.get_absolute_url()).status_code == 404
    browser.post(undo)
    assert names(task) == ["Ảnh.png"]


def test_who_only_reads_may_not_add(site, house, task):
    browser = site(make_member(house["bloc"], "observer"))
    assert 'type="file"' not in text_of(browser.get(task.get_files_url()))
    refused = add(browser, task, sent("a.pdf", pdf()))
    assert (refused.status_code, names(task)) == (403, [])


@pytest.mark.parametrize(("private", "noted"), [(False, []), (True, ["file_read"])])
def test_reading_private_files_is_noted(site, worker, task, attach, private, noted):
    type(task).objects.filter(pk=task.pk).update(private=private)
    file, browser = attach(), site(worker)
    assert browser.head(file.get_absolute_url()).status_code == 405
    assert b"".join(browser.get(file.get_absolute_url()).streaming_content) == picture()
    assert [e.verb for e in Event.objects.about(task).exclude(verb="file_added")] == noted


def test_the_list_costs_the_same_with_many(site, worker, attach, task, queries):
    browser = site(worker)
    attach()
    browser.get(task.get_files_url())
    with queries(at_most=12) as one:
        browser.get(task.get_files_url())
    for n in range(20):
        attach(f"{n}.png")
    with queries(at_most=12) as many:
        browser.get(task.get_files_url())
    assert len(many) == len(one)
