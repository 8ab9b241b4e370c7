"""Files of every kind and every malice, made here: nothing hostile lies in the repository."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

TYPES = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", f"{TYPES}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{TYPES}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{TYPES}presentationml.presentation.main+xml"),
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def sent(name, content):
    """As a browser sends it."""
    return SimpleUploadedFile(name, content)


def zipped(entries, *, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def endless_tag():
    """Twelve megabytes between < and >, which a parser has to hold."""
    entry = {"word/a.xml": f'<a b="{"x" * 12 * 2**20}"/>'}
    parts = {"[Content_Types].xml": listed(MAIN["docx"][1]), "word/document.xml": paragraphs("a"), **entry}
    return zipped(parts, method=zipfile.ZIP_STORED)


def paragraphs(*texts):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'


def listed(*types):
    parts = "".join(f'<Override PartName="/p{n}" ContentType="{kind}"/>' for n, kind in enumerate(types))
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{parts}</Types>'


def office(kind="docx", *texts, **entries):
    """A file of Word, Excel or PowerPoint; `entries` are further parts, "/" written "__"."""
    part, declared = MAIN[kind]
    body = paragraphs(*(texts or ["Kế hoạch tháng"])) if kind == "docx" else "<root/>"
    more = {name.replace("__", "/"): content for name, content in entries.items()}
    return zipped({"[Content_Types].xml": listed(declared), part: body, **more})


def open_document(kind="text", content="<office/>", manifest="<manifest/>"):
    parts = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    return zipped({**parts, "META-INF/manifest.xml": manifest, "Configurations2/accelerator/current.xml": ""})


def rels(kind, target):
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return f'<Relationships><Relationship Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'


def bomb():
    """A hundred and twenty megabytes of nothing in as many kilobytes."""
    return office(word__media__image1=bytes(120 * 2**20))


def lying_bomb():
    """A directory that tells of small files, before data that is large."""
    honest = bytearray(office(word__media__image1=bytes(30 * 2**20)))
    return bytes(honest.replace(struct.pack("<L", 30 * 2**20), struct.pack("<L", 1000)))


def picture(kind="PNG", size=(40, 30), mode="RGB"):
    made = io.BytesIO()
    Image.new(mode, size, "white").save(made, kind)
    return made.getvalue()


def scans(number=4_000):
    """A progressive JPEG that walks over the whole picture again and again."""
    made = io.BytesIO()
    Image.new("L", (64, 64), "white").save(made, "JPEG", progressive=True)
    whole = made.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * number + whole[-2:]


def chunk(name, data):
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


def png_bomb(side=30_000):
    """A picture of nine hundred million points in a few kilobytes."""
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")


MARKED = "TỐI MẬT"
TO_UNICODE = "1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n%s\nendbfchar"


def with_mark(writer):
    """A line of Vietnamese capitals, in a font that says which letters its codes mean."""
    codes = "\n".join(f"<{n:02x}> <{ord(letter):04x}>" for n, letter in enumerate(MARKED))
    table, drawn = StreamObject(), StreamObject()
    table.set_data((TO_UNICODE % (len(MARKED), codes)).encode())
    drawn.set_data(b"BT /F1 12 Tf 50 800 Td <%s> Tj ET" % bytes(range(len(MARKED))).hex().encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    font[NameObject("/ToUnicode")] = writer._add_object(table)
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.pages[0][NameObject("/Contents")] = writer._add_object(drawn)


def pdf(*texts, change=None, password=None):
    """One page with these lines of ASCII; `change(writer)` makes it worse."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    if texts:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
        font = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        drawn = StreamObject()
        shown = " ".join(f"({text}) Tj 0 -20 Td" for text in texts)
        drawn.set_data(f"BT /F1 12 Tf 50 800 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(drawn)
    if change:
        change(writer)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def launches(writer):
    action = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def runs(writer):
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(action))


def with_link(writer):
    """A harmless link on the page."""
    action = {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("https://example.org")}
    link = {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): DictionaryObject(action)}
    writer.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject(link)])
