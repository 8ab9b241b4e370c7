"""The kinds of files that are taken, known by what is in them."""

from dataclasses import dataclass

from .reasons import Unfit

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    key: str  # and usual extension
    label: str
    media_type: str
    icon: str
    also: tuple = ()  # extensions that mean the same


KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", "file-earmark-pdf"),
        Kind("docx", "Word (docx)", f"{OFFICE}wordprocessingml.document", "file-earmark-word"),
        Kind("xlsx", "Excel (xlsx)", f"{OFFICE}spreadsheetml.sheet", "file-earmark-excel"),
        Kind("pptx", "PowerPoint (pptx)", f"{OFFICE}presentationml.presentation", "file-earmark-slides"),
        Kind("odt", "OpenDocument (odt)", f"{OPEN}text", "file-earmark-text"),
        Kind("ods", "OpenDocument (ods)", f"{OPEN}spreadsheet", "file-earmark-spreadsheet"),
        Kind("jpg", "JPG", "image/jpeg", "file-earmark-image", also=("jpeg", "jpe", "jfif")),
        Kind("png", "PNG", "image/png", "file-earmark-image"),
    )
}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", ZIP: "zip"}
APPLE = (b"heic", b"heix", b"hevc", b"mif1", b"heif")
# What browsers are told; the camera is offered for the pictures.
ACCEPT = ",".join([f".{key}" for key in KINDS] + [".jpeg", "image/jpeg", "image/png"])


def recognise(head):
    """A key of KINDS, or "zip", for the first bytes of a file."""
    if head.startswith(OLE):
        raise Unfit("old_office")
    if head[4:8] == b"ftyp" and head[8:12] in APPLE:
        raise Unfit("heic")
    found = next((kind for start, kind in SIGNATURES.items() if head.startswith(start)), None)
    if found is None:
        raise Unfit("unknown")
    return found
