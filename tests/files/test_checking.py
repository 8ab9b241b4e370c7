"""What is taken and what is not, each refusal with its own reason; a sentence names the file."""

import tracemalloc
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from khoidan.core.text import tidy
from khoidan.files.checking import KINDS, LARGEST, check, names, pdfs, pictures, secrecy
from khoidan.files.checking.pictures import MOST_SCANS
from khoidan.files.checking.reasons import REASONS
from tests.files import makers
from tests.files.makers import OLE, office, open_document, paragraphs, pdf, picture, rels, sent

DTD = '<?xml version="1.0"?><!DOCTYPE x [{}]><x>&a;</x>'
LAUGHS = DTD.format('<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)))
FOREIGN = DTD.format('<!ENTITY a SYSTEM "file:///etc/passwd">')
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
UTF16_MARK = paragraphs("MẬT").replace("UTF-8", "UTF-16").encode("utf-16")

GOOD = {
    "pdf": ("Báo cáo.pdf", pdf("Bao cao quy", change=makers.with_link)),
    "docx": ("Kế hoạch.docx", office("docx", "Quy chế bảo vệ bí mật nhà nước", "Độ mật: không")),
    "xlsx": ("Biểu 1.XLSX", office("xlsx")),
    "pptx": ("Trình chiếu.pptx", office("pptx")),
    "odt": ("Tờ trình.odt", open_document()),
    "ods": ("Biểu 2.ods", open_document("spreadsheet")),
    "jpg": ("Ảnh.jpeg", picture("JPEG")),
    "png": ("Sơ đồ.png", picture()),
}

BAD = {
    "empty": ("empty", "a.pdf", b""),
    "twenty megabytes and one": ("too_big", "a.pdf", lambda: b"%PDF-" + bytes(LARGEST)),
    "text": ("unknown", "a.txt", b"xin chao"),
    "svg as png": ("unknown", "a.png", SVG),
    "html as pdf": ("unknown", "a.pdf", b"<!doctype html><script>alert(1)</script>"),
    "program": ("program", "a.exe", b"MZ" + bytes(900)),
    "program as docx": ("unknown", "a.docx", b"MZ" + bytes(900)),
    "old word": ("old_office", "a.doc", OLE),
    "locked word": ("old_office", "a.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
    "heic": ("heic", "IMG_1.HEIC", b"\x00\x00\x00\x24ftypheic" + bytes(90)),
    "pdf as docx": ("extension", "a.docx", pdf()),
    "png as jpg": ("extension", "a.jpg", picture()),
    "no extension": ("extension", "baocao", pdf()),
    "double extension": ("program", "a.pdf.exe", pdf()),
    "hidden extension": ("program", "a.exe.pdf", pdf()),
    "cut docx": ("broken", "a.docx", GOOD["docx"][1][:-40]),
    "cut png": ("broken", "a.png", GOOD["png"][1][:-30]),
    "cut jpg": ("broken", "a.jpg", picture("JPEG", (400, 300))[:-600]),
    "cut pdf": ("broken", "a.pdf", GOOD["pdf"][1][:-300]),
    "pdf of nothing": ("broken", "a.pdf", b"%PDF-1.7\n" + b"x" * 400 + b"\n%%EOF"),
    "plain zip": ("unknown", "a.docx", makers.zipped({"a.txt": "x"})),
    "two in one": ("unknown", "a.docx", office("docx", mimetype="application/vnd.oasis.opendocument.text")),
    "path in an entry": ("broken", "a.docx", office("docx", **{"..__..__etc__passwd": "x"})),
    "lying bomb": ("broken", "a.docx", makers.lying_bomb),
    "too many entries": ("unpacks", "a.docx", office("docx", **{f"word__{n}": "" for n in range(1001)})),
    "directory as a bomb": ("unpacks", "a.docx", makers.zipped({"n" * 60_000 + str(n): "" for n in range(20)})),
    "macros": ("macros", "a.docx", office("docx", word__vbaProject=b"x", **{"word__vbaProject.bin": OLE})),
    "docm in disguise": (
        "macros",
        "a.docx",
        makers.zipped({"[Content_Types].xml": makers.listed("application/vnd.ms-word.document.macroEnabled.main+xml")}),
    ),
    "macros of odt": (
        "macros",
        "a.odt",
        makers.zipped({"mimetype": makers.TYPES, "Basic/Standard/Module1.xml": "<x/>"}),
    ),
    "ole object": ("embedded", "a.docx", office("docx", **{"word__embeddings__oleObject1.bin": OLE})),
    "program inside": ("embedded", "a.docx", office("docx", word__media__image1=b"MZ" + bytes(99))),
    "zip inside": ("embedded", "a.docx", office("docx", word__x=makers.zipped({"a": "b"}))),
    "macros in the figures of a chart": (
        "macros",
        "a.docx",
        office("docx", word__embeddings__a=office("xlsx", **{"xl__vbaProject.bin": OLE})),
    ),
    "laughs": ("entities", "a.docx", office("docx", **{"word__a.xml": LAUGHS})),
    "external entity": ("entities", "a.ods", open_document("spreadsheet", content=FOREIGN)),
    "not XML": ("broken", "a.docx", office("docx", **{"word__a.xml": "<a><b></a>"})),
    "one endless tag": ("unpacks", "a.docx", makers.endless_tag),
    "template elsewhere": (
        "remote",
        "a.docx",
        office("docx", **{"word___rels__settings.xml.rels": rels("attachedTemplate", "https://example.org/a.dotm")}),
    ),
    "template on a share": (
        "remote",
        "a.docx",
        office("docx", **{"word___rels__settings.xml.rels": rels("attachedTemplate", "file:///\\\\host\\a.dotm")}),
    ),
    "locked odt": ("encrypted", "a.odt", open_document(manifest="<m:a xmlns:m='m'><m:encryption-data/></m:a>")),
    "locked pdf": ("encrypted", "a.pdf", pdf(password="x")),
    "pdf with rights": ("encrypted", "a.pdf", pdf(password="")),
    "script in pdf": ("script", "a.pdf", pdf(change=makers.runs)),
    "launch in pdf": ("script", "a.pdf", pdf(change=makers.launches)),
    "file in pdf": ("embedded", "a.pdf", pdf(change=lambda writer: writer.add_attachment("a.exe", b"MZ"))),
    "picture bomb": ("pixels", "a.png", makers.png_bomb()),
    "picture of endless scans": ("pixels", "a.jpg", makers.scans()),
    "large picture": ("pixels", "a.png", makers.png_bomb(9_000)),
    "mark in docx": ("secret", "a.docx", office("docx", "Số: 01", "TỐI MẬT", "Kế hoạch")),
    "mark in spaced letters": ("secret", "a.docx", office("docx", "* M Ậ T *")),
    "mark in utf-16": ("secret", "a.docx", office("docx", **{"word__header1.xml": UTF16_MARK})),
    "mark in a line of its own": ("secret", "a.docx", office("docx", "Tỉnh<w:br/>Độ mật: Tuyệt mật<w:br/>Huyện")),
    "mark in xlsx": ("secret", "a.xlsx", office("xlsx", **{"xl__sharedStrings.xml": "<s><si><t>MẬT</t></si></s>"})),
    "mark in odt": ("secret", "a.odt", open_document(content="<o><p>MẬT</p></o>")),
    "mark in pdf": ("secret", "a.pdf", pdf(change=makers.with_mark)),
    "mark in the name": ("secret", "CV 12 (MẬT).pdf", pdf()),
    "mark before the name": ("secret", "TỐI MẬT kế hoạch.pdf", pdf()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken(kind):
    name, content = GOOD[kind]
    found = check(sent(name, content))
    assert (found.kind, found.size) == (kind, len(content))
    assert found.name.rpartition(".")[0] == name.rpartition(".")[0]
    assert found.name.rpartition(".")[2] == kind


@pytest.mark.parametrize(("why", "name", "content"), BAD.values(), ids=BAD)
def test_what_is_not_taken(why, name, content):
    with pytest.raises(ValidationError) as refusal:
        check(sent(name, content() if callable(content) else content))
    assert refusal.value.code == why
    assert f"«{name}»" in refusal.value.message % refusal.value.params


def test_every_reason_has_its_case():
    assert {why for why, *_rest in BAD.values()} == set(REASONS) - {
        "too_much",
        "complex",
    }  # these below, and in test_views


@pytest.mark.parametrize(("number", "taken"), [(MOST_SCANS, True), (MOST_SCANS + 1, False)])
def test_a_picture_of_as_many_scans_as_cameras_write_is_taken(number, taken, monkeypatch):
    content = makers.scans(number - makers.scans(0).count(pictures.SCAN))
    assert content.count(pictures.SCAN) == number
    why = []
    try:
        check(sent("a.jpg", content))
    except ValidationError as refusal:
        why = [refusal.code]
    assert why == ([] if taken else ["pixels"])
    monkeypatch.setattr(pictures, "MOST_SCANS", MOST_SCANS + 1)  # the control: without the bound it would be taken
    assert check(sent("a.jpg", content)).kind == "jpg"


def test_a_bomb_is_refused_before_it_is_unpacked():
    file = sent("a.docx", makers.bomb())
    tracemalloc.start()
    with pytest.raises(ValidationError) as refusal:
        check(file)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (refusal.value.code, peak < 2 * 2**20) == ("unpacks", True)


def test_what_charts_and_offices_do_is_taken():
    """Figures of a chart, a template on one's own disk, a picture: nothing of it is fetched or run."""
    parts = {
        "word__embeddings__Microsoft_Excel_Worksheet.xlsx": office("xlsx"),
        "word___rels__settings.xml.rels": rels("attachedTemplate", "file:///C:\\Users\\an\\Mau.dotx"),
        "word___rels__document.xml.rels": rels("hyperlink", "https://example.org"),
        "word__media__image1.png": picture(),
    }
    assert check(sent("a.docx", office("docx", **parts))).kind == "docx"


@pytest.mark.parametrize(
    "line",
    ["bảo vệ bí mật nhà nước", "MẬT ONG", "Mật", "Hồ sơ MẬT gồm 3 tờ", "1. MẬT", "BẢO MẬT", "Độ mật: …", ""],
)
def test_words_about_secrets_are_no_marks(line):
    assert secrecy.mark_in(line) is None
    assert secrecy.mark_in_name(f"{line}.pdf") in (None, "MẬT" if line == "1. MẬT" else None)


def test_a_pdf_that_leads_its_reader_into_the_depths_is_told():
    deep = "<<" * 5000 + ">>" * 5000
    content = f"%PDF-1.7\n1 0 obj {deep} endobj\ntrailer <</Root 1 0 R>>\n%%EOF".encode()
    with pytest.raises(ValidationError) as refusal:
        check(sent("a.pdf", content))
    assert refusal.value.code in {"broken", "complex"}


def test_a_pdf_that_is_read_for_too_long_is_given_up(monkeypatch, tmp_path):
    """The system ends the reader, not the worker of the site; here after one second of work that never ends."""
    reader = tmp_path / "reader.py"
    reader.write_text("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass")
    monkeypatch.setattr(pdfs, "READER", reader)
    with pytest.raises(ValidationError) as refusal:
        check(sent("a.pdf", pdf()))
    assert refusal.value.code == "complex"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        (unicodedata.normalize("NFD", "Đơn thư tố cáo Nguyễn.pdf"), "Đơn thư tố cáo Nguyễn.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\an\\bao cao.pdf", "bao cao.pdf"),
        ("bao\u202efdp.cao.pdf", "baofdp.cao.pdf"),
        ("a\x00\r\nb.pdf", "a b.pdf"),
        ("....pdf", "tep.pdf"),
        (".pdf", "tep.pdf"),
        ("a\";b'.pdf", "a\";b'.pdf"),
        ("đ" * 300 + ".pdf", "đ" * 251 + ".pdf"),
    ],
)
def test_names(given_name, kept):
    assert names.agreed(given_name, KINDS["pdf"]) == kept


# The surrogates are no characters, and no form can send them.
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_name_is_one_tidy_line_that_stays_as_it_is(text):
    name = names.agreed(f"{text}x.pdf", KINDS["pdf"])
    assert name == tidy(name) == " ".join(name.split())
    assert (name.isprintable(), name.endswith(".pdf"), len(name) <= names.LONGEST) == (True, True, True)
    assert not set(name) & set("/\\\0\r\n")
    assert name[0] != "."
    assert names.agreed(name, KINDS["pdf"]) == name
