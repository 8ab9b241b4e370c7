"""Tasks from a spreadsheet: what is read, what is refused, what is entered once."""

import io
import zipfile
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from khoidan.organizations.models import Event
from khoidan.tasks.importing import entering, plan
from khoidan.tasks.importing.columns import NAMES, label
from khoidan.tasks.importing.forms import UploadForm
from khoidan.tasks.models import Sheet, Task
from khoidan.tasks.models.sheet import KEPT_FOR
from tests.checks import beside, elsewhere, send
from tests.factories import appoint, day, fresh, make_area, make_bloc, make_member, make_person, make_task, written
from tests.files.makers import MAIN, OLE, bomb, listed, office, picture, zipped

IMPORT, TEMPLATE, RESULT = "/tasks/import/", "/tasks/import/template/", "/tasks/import/result/"
PREVIEW, CONFIRM = "/tasks/import/preview/", "/tasks/import/preview/confirmation/"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BASE = ("Nhiệm vụ", "Sản phẩm", "Đơn vị thực hiện", "Người chủ trì", "Nơi làm", "Hạn")


def workbook(*rows, heads=BASE):
    book = openpyxl.Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def line(title="Thăm hội viên", **changes):
    """A row of a clear task, in the order of BASE."""
    filled = {
        "deliverable": "Danh sách ký nhận",
        "unit": "women",
        "accountable": "Chẩu Thị Xoa",
        "address": "Hội trường",
        "due": day(9),
    }
    return [title, *(filled | changes).values()]


def upload(client, content, name="việc.xlsx"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)}, follow=True)


def looked_at(answer):
    """{number of the row: (state, sentences)} of a preview or a result."""
    assert "plan" in answer.context, answer.context["form"].errors
    return {row.number: (row.state, row.told) for row in answer.context["plan"].rows}


def complaints(content, name="việc.xlsx"):
    """What the form that takes the sheet says of it, to who enters work in several units."""
    files = {"file": SimpleUploadedFile(name, content)}
    return UploadForm({}, files, required_columns=["title", "unit"]).errors.get("file", [])


def confirm(client, answer, **more):
    return client.post(CONFIRM, {"sheet": answer.context["sheet"].key} | more, follow=True)


def test_every_column_reaches_the_task_which_is_given_at_once(house, site, head, officer):
    area = make_area("Côn Lôn")
    helper, checker = (make_member(house["women"], "officer", name).person for name in ("Lý Thị Mai", "Ma Văn Tú"))
    row = {
        "title": "Tập huấn cán bộ hội",
        "deliverable": "Báo cáo",
        "requirement": "Đủ 12 xã\nđúng hạn",
        "description": "=cmd là chữ, không phải công thức",
        "unit": "WOMEN",
        "accountable": "chau thi xoa",
        "helpers": "Lý Thị Mai; Nông Thị Thuyên",
        "checker": "Ma Văn Tú",
        "organizations": "women, youth",
        "area": "con lon",
        "address": "Hội trường",
        "start": "1/12/2026",
        "due": day(30),
        "urgency": "Hỏa tốc",
        "private": "có",
    }
    book = openpyxl.load_workbook(io.BytesIO(workbook(list(row.values()), heads=[label(name) for name in NAMES])))
    book.active["D2"].data_type = "s"
    made = io.BytesIO()
    book.save(made)
    client = site(head)
    preview = upload(client, made.getvalue())
    assert looked_at(preview) == {2: ("ready", [])}
    assert Task.objects.count() == 0
    assert looked_at(confirm(client, preview, give="1")) == {2: ("given", [])}
    task = Task.objects.get()
    assert (task.title, task.deliverable, task.requirement) == ("Tập huấn cán bộ hội", "Báo cáo", "Đủ 12 xã\nđúng hạn")
    assert (task.description, task.unit, task.accountable) == (row["description"], house["women"], officer.person)
    assert (list(task.helpers.all()), task.checker) == ([helper, head.person], checker)
    assert (set(task.organizations.all()), task.area) == ({house["women"], house["youth"]}, area)
    assert (written(task.start), task.due, task.urgency, task.private) == ("01/12/2026", day(30), 3, True)
    assert (task.created_by, task.given_by, task.state, task.unclear_at) == (head, head, "given", None)
    events = Event.objects.about(task).order_by("pk").values_list("verb", "details")
    assert list(events) == [("created", {"import": True}), ("given", {})]


def test_columns_come_in_any_order_and_what_means_nothing_is_told(house, site, head, officer):
    heads = ["STT", "HẠN", "đơn vị thực hiện *", "Task", "Ghi chú"]
    preview = upload(site(head), workbook([1, "31/12/2026", "women", "Việc một", "x"], heads=heads))
    assert preview.context["sheet"].unused == ["STT", "Ghi chú"]
    (row,) = preview.context["plan"].rows
    assert (row.facts["title"], row.facts["unit"]) == ("Việc một", house["women"])
    assert written(row.facts["due"]) == "31/12/2026"


@pytest.mark.parametrize(
    ("heads", "sentence"),
    [
        (["Nhiệm vụ", "Hạn"], "Dòng đầu của trang tính thiếu cột: Đơn vị thực hiện. Hãy dùng tệp mẫu."),
        (["Hạn"], "Dòng đầu của trang tính thiếu cột: Nhiệm vụ, Đơn vị thực hiện. Hãy dùng tệp mẫu."),
        (["Nhiệm vụ", "Đơn vị thực hiện", "nhiem vu"], "Cột «Nhiệm vụ» có hai lần. Hãy bỏ một cột."),
        ([f"Cột {n}" for n in range(21)], "Trang tính có quá 20 cột. Hãy dùng tệp mẫu."),
    ],
)
def test_a_head_that_lacks_or_repeats_a_column_is_told(heads, sentence):
    assert complaints(workbook(["x"], heads=heads)) == [sentence]


def test_who_enters_work_in_one_unit_only_need_not_name_it(house, site, officer):
    preview = upload(site(officer), workbook(["Việc một"], heads=["Nhiệm vụ"]))
    assert [row.notes for row in preview.context["plan"].rows] == [["Đơn vị để trống: lấy «women»."]]
    assert "Đơn vị để trống: lấy «women»." in preview.content.decode()
    confirm(site(officer), preview)
    assert Task.objects.get().unit == house["women"]


def test_a_day_that_is_over_is_told_in_the_preview(house, site, head, officer):
    """The sheet may be of what is long done; its preview is where one is asked."""
    preview = upload(site(head), workbook(line(due=day(-3)), line("Còn hạn", due=day())))
    told = [(row.state, row.notes) for row in preview.context["plan"].rows]
    assert told == [("ready", [f"Hạn {written(day(-3))} đã qua."]), ("ready", [])]
    assert f"Hạn {written(day(-3))} đã qua." in preview.content.decode()
    confirm(site(head), preview)
    assert Task.objects.count() == 2


def sheet(cells, *, head="", method=zipfile.ZIP_DEFLATED, **parts):
    """A workbook written by hand."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    to_book = f'<Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>'
    to_sheet = f'<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
    sheets = '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{kind}">{sheets}</workbook>'
    entries = {
        "[Content_Types].xml": listed(MAIN["xlsx"][1]).replace("/p0", "/xl/workbook.xml"),
        "_rels/.rels": f'<Relationships xmlns="{rels}">{to_book}</Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}">{to_sheet}</Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return zipped(entries | parts, method=method)


def crowded(cells, rows):
    """So many cells in so many rows, not packed at all."""
    row = f"<row>{'<c><v>1</v></c>' * (cells // rows)}</row>"
    return sheet(row * rows, method=zipfile.ZIP_STORED)


ENTITY = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]>'
HOSTILE = {
    "not a workbook": (lambda: office("docx"), "a.docx", "Chỉ nhận tệp Excel"),
    "a picture": (picture, "a.png", "Chỉ nhận tệp Excel"),
    "text with commas": (lambda: b"Nhi\xe1\xbb\x87m v\xe1\xbb\xa5,H\xe1\xba\xa1n\n", "a.csv", "Chỉ nhận tệp Excel"),
    "an old one": (lambda: OLE, "a.xls", "Chỉ nhận tệp Excel"),
    "a locked one": (lambda: OLE, "a.xlsx", "Không nhận tệp «a.xlsx»: tệp kiểu cũ (.doc, .xls, .ppt) hoặc có mật khẩu"),
    "half a PDF": (lambda: b"%PDF-1.7\n1 0 obj\n", "a.pdf", "Chỉ nhận tệp Excel"),
    "macros renamed": (lambda: sheet("", **{"xl/vbaProject.bin": b"x"}), "a.xlsx", "tệp có macro"),
    "bomb": (bomb, "a.xlsx", "tệp khi mở ra lớn quá mức cho phép"),
    "entity": (lambda: sheet("", head=ENTITY), "a.xlsx", "tệp có khai báo XML không an toàn"),
    "truncated": (lambda: workbook(line())[:900], "a.xlsx", "tệp hỏng hoặc chưa đủ"),
    "only parts of one": (lambda: office("xlsx"), "a.xlsx", "Không đọc được tệp này"),
    "nothing in it": (lambda: sheet(""), "a.xlsx", "Trang tính đầu tiên của tệp không có gì."),
    "a head alone": (workbook, "a.xlsx", "Tệp chỉ có dòng đầu, chưa có việc nào."),
    "a million cells": (lambda: crowded(1_000_000, 10_000), "a.xlsx", "Tệp lớn hơn 5 MB"),
    "crowded": (lambda: crowded(300_000, 1), "a.xlsx", "Tệp quá phức tạp|Trang tính có quá 20 cột"),
    "empty rows without end": (
        lambda: sheet('<row r="1048576"><c t="str"><v>x</v></c></row>'),
        "a.xlsx",
        "dài quá 500",
    ),
    "501 rows": (lambda: workbook(*([f"Việc {n}"] for n in range(501))), "a.xlsx", "Trang tính dài quá 500 dòng"),
    "a book of words": (lambda: workbook(*([f"{n}", "x" * 4000] for n in range(99))), "a.xlsx", "quá nhiều chữ"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_honest_sheet_is_refused_with_a_sentence(case):
    made, name, sentences = HOSTILE[case]
    (told,) = complaints(made(), name)
    assert any(sentence in told for sentence in sentences.split("|")), told


def test_what_is_refused_is_told_on_the_page(house, site, head):
    client = site(head)
    assert client.post(IMPORT).context["form"].errors == {"file": ["Hãy chọn tệp."]}
    assert "Không đọc được tệp này" in upload(client, office("xlsx")).content.decode()


def test_units_and_people_out_of_reach_are_as_if_they_were_not(house, site, head, officer):
    foreign = make_bloc(mark="2")
    appoint(make_person(foreign["women"], "Người khối khác"), foreign["women"], "officer")
    make_person(house["women"], "Người chưa có chức danh")
    for _twice in range(2):
        make_member(house["youth"], "officer", "Vi Văn Hai")
    told = looked_at(
        upload(
            site(head),
            workbook(
                line("1", unit="women2"),
                line("2", unit="youth"),
                line("3", unit="không có"),
                line("4", accountable="Người khối khác"),
                line("5", accountable="Không Ai Cả"),
                line("6", accountable="Người chưa có chức danh"),
                line("7", accountable="Vi Văn Hai"),
            ),
        )
    )
    no_unit = "Đơn vị thực hiện: Không có đơn vị «%s» trong những đơn vị bạn được nhập việc."
    nobody = "Người chủ trì: Không có cán bộ nào tên «%s» trong khối."
    assert [told[n] for n in (2, 3, 4)] == [("wrong", [no_unit % name]) for name in ("women2", "youth", "không có")]
    assert [told[n] for n in (5, 6)] == [("wrong", [nobody % name]) for name in ("Người khối khác", "Không Ai Cả")]
    assert told[7][1] == [
        "Người chủ trì: Người chưa có chức danh hiện không giữ chức danh nào trong khối nên không nhận việc được."
    ]
    (namesakes,) = told[8][1]
    first, second = (person.pk for person in Task.accountable.field.related_model.objects.filter(name="Vi Văn Hai"))
    assert namesakes.startswith("Người chủ trì: Có nhiều «Vi Văn Hai». Hãy ghi rõ một tên: ")
    assert f"#{first}" in namesakes
    assert f"#{second}" in namesakes


def test_one_of_two_namesakes_is_meant_by_the_name_of_the_list(house, site, head):
    first, second = (make_member(house["youth"], "officer", "Vi Văn Hai").person for _twice in range(2))
    client = site(head)
    lists = openpyxl.load_workbook(io.BytesIO(client.get(TEMPLATE).content))["Danh mục"]
    called = next(cell.value for cell in lists["B"] if str(cell.value).endswith(f"#{second.pk}"))
    confirm(client, upload(client, workbook(line(accountable=called))))
    assert Task.objects.get().accountable == second


SENSELESS = [
    ("due", "31/02/2026", "Hạn: Ngày không có trong lịch hoặc viết chưa đúng. Viết ngày/tháng/năm, ví dụ 05/11/2026."),
    ("due", 46000, "Hạn: Ô này là số, không phải ngày. Hãy ghi dạng ngày/tháng/năm, ví dụ 05/11/2026."),
    ("due", "=TODAY()+7", "Hạn: Ô này là công thức. Hãy chép rồi dán lại chỉ lấy giá trị."),
    ("due", "05/11/0001", "Hạn: Năm phải từ 1930 đến 2100."),
    ("due", date(9999, 12, 31), "Hạn: Năm phải từ 1930 đến 2100."),
    ("due", "#REF!", "Hạn: Ô này mang lỗi tính toán của Excel."),
    ("title", "=A1", "Nhiệm vụ: Ô này là công thức. Hãy chép rồi dán lại chỉ lấy giá trị."),
    ("title", None, "Nhiệm vụ: Ô này không được để trống."),
    ("title", "a_x0007_b", "Nhiệm vụ: Nội dung có ký tự điều khiển không đọc được. Hãy gõ lại đoạn đó."),
    ("title", "Hai\ndòng", "Nhiệm vụ: Ô này chỉ nhận một dòng."),
    ("title", "<script>", "Nhiệm vụ: Nội dung có thẻ HTML (dấu < đi liền chữ). Hãy bỏ thẻ, chỉ giữ chữ thường."),
    ("title", "x" * 301, "Nhiệm vụ: Chỉ được tối đa 300 ký tự (hiện có 301)."),
    ("deliverable", "x" * 30_000, "Sản phẩm: Chỉ được tối đa 300 ký tự (hiện có 30000)."),
]


def test_a_cell_that_makes_no_sense_is_told_by_row_and_column(house, site, head, officer):
    rows = [line(value) if column == "title" else line(**{column: value}) for column, value, _sentence in SENSELESS]
    client = site(head)
    preview = upload(client, workbook(*rows, line("Việc tốt")))
    told = looked_at(preview)
    assert [told[n] for n in range(2, 2 + len(SENSELESS))] == [
        ("wrong", [sentence]) for _column, _value, sentence in SENSELESS
    ]
    confirm(client, preview)
    assert [task.title for task in Task.objects.all()] == ["Việc tốt"]


def test_rules_between_columns_are_told_before_anything_is_saved(house, site, head, officer):
    heads = [*BASE, "Bắt đầu", "Người nghiệm thu", "Người phối hợp", "Độ khẩn"]
    late = [*line("1"), day(20), "", "", "gấp"]
    same = [*line("2"), "", "Chẩu Thị Xoa", "Chẩu Thị Xoa", ""]
    assert looked_at(upload(site(head), workbook(late, same, heads=heads))) == {
        2: (
            "wrong",
            [
                "Độ khẩn: Chỉ ghi một trong các từ: thường, khẩn, thượng khẩn, hỏa tốc.",
                "Hạn: Hạn không thể trước ngày bắt đầu.",
            ],
        ),
        3: (
            "wrong",
            [
                "Người phối hợp: Người chủ trì không phối hợp với chính mình; bỏ tên này ở đây.",
                "Người nghiệm thu: Người nghiệm thu phải khác người chủ trì.",
            ],
        ),
    }


def test_what_is_unclear_stays_a_draft_and_the_gate_remembers_it(house, site, head, officer):
    client = site(head)
    preview = upload(client, workbook(line("Rõ"), line("Chưa rõ", due=None, accountable=None)))
    missing = ["Còn thiếu: Rõ người: một người chủ trì; Rõ hạn: ngày phải xong."]
    assert looked_at(preview) == {2: ("ready", []), 3: ("unclear", missing)}
    assert looked_at(confirm(client, preview, give="1")) == {2: ("given", []), 3: ("drafted", missing)}
    stored = {task.title: (task.state, task.unclear_at is None) for task in Task.objects.all()}
    assert stored == {"Rõ": ("given", True), "Chưa rõ": ("draft", False)}


def test_without_being_asked_or_without_the_right_nothing_is_given(house, site, head, officer):
    chief, staff = site(head), workbook(line("Của trưởng"))
    assert looked_at(confirm(chief, upload(chief, staff))) == {2: ("drafted", [])}
    client = site(officer)
    preview = upload(client, workbook(line("Của nhân viên")))
    assert b'name="give"' not in preview.content
    ((state, (told,)),) = looked_at(confirm(client, preview, give="1")).values()
    assert state == "drafted"
    assert told.startswith("Việc này cần quyền «")
    assert {(task.state, task.unclear_at) for task in Task.objects.all()} == {("draft", None)}


def test_what_is_over_already_stays_a_draft_although_all_is_given(house, site, head, officer):
    client = site(head)
    preview = upload(client, workbook(line("Đã qua", due=day(-9)), line("Còn hạn")))
    told = looked_at(confirm(client, preview, give="1"))
    assert [state for state, _told in told.values()] == ["drafted", "given"]
    assert told[2][1][-1].startswith("Hạn đã qua nên để nháp")
    assert list(Task.objects.order_by("pk").values_list("state", flat=True)) == ["draft", "given"]


def test_a_row_is_entered_once_however_often_and_in_whatever_file_it_comes(house, site, head, officer):
    client = site(head)
    first = upload(client, workbook(line("Một"), line("Hai", due="32/1"), line("Một")))
    assert looked_at(first)[4] == ("wrong", ["Giống hệt dòng 2 nên không nhập lần nữa."])
    confirm(client, first, give="1")
    made = Task.objects.get()
    again = confirm(client, first, give="1")
    assert (looked_at(again)[2], again.context["plan"].rows[0].url) == (("given", []), made.get_absolute_url())
    mended = upload(client, workbook(line("Không"), line("Hai"), line("Một")))
    assert {row.number: row.state for row in mended.context["plan"].rows} == {2: "ready", 3: "ready", 4: "known"}
    made.void(by=head)
    assert looked_at(upload(client, workbook(line("Một"))))[2][1] == [
        "Việc này đã bị hủy; muốn dùng lại hãy khôi phục ở trang «Đã hủy»."
    ]
    confirm(client, upload(client, workbook(line("Một"))))
    assert Task.objects.count() == 1


def test_without_the_mark_of_its_words_a_row_would_be_entered_twice(house, site, head, officer, monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(plan, "token_of", lambda *_said: uuid4())
    client = site(head)
    preview = upload(client, workbook(line("Một")))
    for _click in range(2):
        confirm(client, preview)
    assert Task.objects.count() == 2


def test_only_who_looked_at_the_rows_confirms_them_as_they_were(house, site, head, officer):
    key = upload(site(head), workbook(line("Cũ"))).context["sheet"].key
    newer = upload(site(head), workbook(line())).context["sheet"].key
    for user, sent in ((officer, newer), (head, key), (head, ""), (head, "x" * 100), (head, "\x00")):
        answer = site(user).post(CONFIRM, {"sheet": sent, "give": "1"}, follow=True)
        told = [str(message) for message in answer.context["messages"]]
        assert told == ["Bản xem trước không còn nữa. Hãy gửi lại tệp."]
    assert Task.objects.count() == 0


def test_what_was_looked_at_is_there_in_another_language_and_after_signing_in_again(house, site, head, officer):
    client = site(head)
    preview = upload(client, workbook(line("Một"), line("a_x0000_b")))
    assert preview.redirect_chain == [(PREVIEW, 302)]
    told = looked_at(preview)
    client.logout()
    asked = client.post(CONFIRM, {"sheet": preview.context["sheet"].key}).url
    assert asked == f"/sign-in/?next={CONFIRM}"
    client.force_login(head)
    preview = client.get(asked, follow=True)
    assert (preview.redirect_chain, looked_at(preview)) == ([(PREVIEW, 302)], told)
    result = confirm(client, preview)
    assert result.redirect_chain == [(RESULT, 302)]
    english = client.post("/language/", {"language": "en", "next": RESULT}, follow=True)
    assert {n: state for n, (state, _told) in looked_at(english).items()} == {2: "drafted", 3: "wrong"}
    assert client.post("/language/", {"language": "vi", "next": CONFIRM}).url == PREVIEW


def test_a_sheet_is_forgotten_after_half_a_day(house, site, head, officer):
    upload(site(officer), workbook(line("Một")))
    Sheet.objects.update(sent_at=timezone.now() - KEPT_FOR)
    assert site(officer).get(PREVIEW, follow=True).redirect_chain == [(IMPORT, 302)]
    upload(site(head), workbook(line("Hai")))
    assert [sheet.user for sheet in Sheet.objects.all()] == [head]
    call_command("make_recurring", stdout=io.StringIO())
    assert Sheet.objects.count() == 1
    Sheet.objects.update(sent_at=timezone.now() - KEPT_FOR)
    call_command("make_recurring", stdout=io.StringIO())
    assert Sheet.objects.count() == 0


def test_a_right_lost_after_looking_enters_nothing(house, site, head, officer):
    make_member(house["women"], "organization_head")
    client = site(officer)
    appoint(officer.person, house["youth"], "officer")
    officer = fresh(officer)
    client = site(officer)
    preview = upload(client, workbook(line(unit="youth"), line("Hai")))
    assert {state for state, _told in looked_at(preview).values()} == {"ready"}
    officer.person.appointments.filter(unit=house["youth"]).update(end=day())
    result = looked_at(confirm(client, preview))
    assert (result[2][0], result[3][0]) == ("wrong", "drafted")
    assert Task.objects.get().unit == house["women"]


def test_what_there_was_no_time_for_waits_for_another_click(house, site, head, officer, monkeypatch):
    client = site(head)
    preview = upload(client, workbook(line("Một"), line("Hai")))
    monkeypatch.setattr(entering, "PATIENCE", -1)
    result = confirm(client, preview, give="1")
    assert (looked_at(result)[2], Task.objects.count()) == (("left", []), 0)
    monkeypatch.undo()
    assert {state for state, _told in looked_at(confirm(client, result, give="1")).values()} == {"given"}


def test_looking_costs_the_same_for_one_row_and_for_sixty(house, site, head, officer, queries):
    make_area("Côn Lôn")
    client, seen = site(head), {}
    heads = [*BASE, "Người phối hợp", "Người nghiệm thu", "Tính cho tổ chức", "Địa bàn"]
    more = ["", "Nông Thị Thuyên", "women; youth", "Côn Lôn"]
    client.get("/")
    for count in (1, 60):
        rows = [[*line(f"Việc {n}"), *more] for n in range(count)]
        sheet = SimpleUploadedFile("việc.xlsx", workbook(*rows, heads=heads))
        with queries(at_most=12) as sent:
            client.post(IMPORT, {"file": sheet})
        with queries(at_most=12) as looked:
            told = looked_at(client.get(PREVIEW))
        assert {state for state, _sentences in told.values()} == {"ready"}
        seen[count] = len(sent), len(looked)
    assert seen[1] == seen[60]


def test_the_empty_sheet_offers_what_may_be_entered_and_its_example_is_none(house, site, head, officer):
    make_person(make_bloc(mark="2")["women"], "Người khối khác")
    client = site(head)
    content = client.get(TEMPLATE).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["Việc"][1]] == [
        f"{label(name)} *" if name in ("title", "unit") else label(name) for name in NAMES
    ]
    lists = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["Danh mục"].columns}
    assert lists["Đơn vị thực hiện"] == ["women", "women_branch"]
    assert lists["Cán bộ"] == ["Nông Thị Thuyên", "Chẩu Thị Xoa"]
    assert lists["Tính cho tổ chức"] == ["women", "youth"]
    assert upload(client, content).context["form"].errors["file"] == [
        "Tệp chỉ có dòng ví dụ, dòng này không được nhập. Hãy ghi việc của bạn từ dòng dưới rồi gửi lại."
    ]
    book["Việc"]["A2"] = "Việc thật"
    made = io.BytesIO()
    book.save(made)
    assert [row.state for row in upload(client, made.getvalue()).context["plan"].rows] == ["ready"]


def test_the_list_leads_here_for_who_may_enter_work(house, site, head):
    watcher = make_member(house["bloc"], "observer")
    make_task(house["women"], given=True, accountable=head.person)
    assert f'href="{IMPORT}"'.encode() in site(head).get("/tasks/").content
    assert f'href="{IMPORT}"'.encode() not in site(watcher).get("/tasks/").content


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_enter_each_row_once(house, site, head, officer):
    client = site(head)
    sent = {"sheet": upload(client, workbook(line("Một"), line("Hai"))).context["sheet"].key, "give": "1"}

    def other():
        return send(head, CONFIRM, sent)

    status, _form = beside(lambda: client.post(CONFIRM, sent), lambda: None, other)
    assert status == 302
    assert looked_at(client.get(RESULT)) == {2: ("given", []), 3: ("given", [])}
    assert sorted(Task.objects.values_list("title", "state")) == [("Hai", "given"), ("Một", "given")]
    assert elsewhere(Event.objects.filter(verb="given").count) == 2
