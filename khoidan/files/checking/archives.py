"""Office files are zip archives: sized up by their directory before anything is unpacked, and again while reading."""

import io
import re
import zipfile
import zlib

from .kinds import KINDS, OLE, ZIP
from .reasons import Unfit
from .words import Part

MOST_ENTRIES, MOST_UNPACKED, HIGHEST_RATIO = 1000, 100 * 2**20, 100
SMALL = 2**20  # bytes unpacked below which no ratio counts
SIP = 2**20  # bytes; a directory larger than this is a bomb
CHUNK = 2**16
MAIN = {f"{KINDS[key].media_type}.main+xml": key for key in ("docx", "xlsx", "pptx")}
OPEN = {KINDS[key].media_type: key for key in ("odt", "ods")}
MACROS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml)$|^(basic|scripts)/|(^|/)(activex|macrosheets)/", re.IGNORECASE
)
PROGRAMS = (OLE, b"MZ", b"\x7fELF", b"#!")
INSIDE = 20 * 2**20  # bytes of an office file inside another, such as the figures of a chart
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class Sips:
    """A file of which nobody reads more than a sip at once."""

    def __init__(self, file):
        self.file, self.seek, self.tell = file, file.seek, file.tell

    def seekable(self):
        return True

    def read(self, size=-1):
        data = self.file.read(SIP + 1 if size is None or size < 0 else min(size, SIP + 1))
        if len(data) > SIP:
            raise Unfit("unpacks")
        return data


def check(file, *, inside=False):
    """The key of its kind; raises Unfit."""
    file.seek(0, io.SEEK_END)
    packed = file.tell()
    try:
        with zipfile.ZipFile(Sips(file)) as archive:
            size_up(archive.infolist(), packed)
            return read(archive, inside)
    except DAMAGE as error:
        raise Unfit("broken") from error


def size_up(entries, packed):
    """What the directory says of itself."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise Unfit("unpacks")
    if unpacked > max(SMALL, packed * HIGHEST_RATIO):
        raise Unfit("unpacks")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or any(".." in name.split("/") or name.startswith("/") for name in names):
        raise Unfit("broken")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit("encrypted")
    if any(MACROS.search(name) for name in names):
        raise Unfit("macros")


def read(archive, inside):
    """Every entry to its end, so that its checksum is compared; the key of the kind."""
    kinds, room = set(), MOST_UNPACKED
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        found, size = read_entry(archive, entry, inside)
        kinds |= found
        room -= size
        if room < 0:
            raise Unfit("unpacks")
    if len(kinds) != 1:
        raise Unfit("unknown")
    return kinds.pop()


def read_entry(archive, entry, inside):
    """({kinds that it declares}, bytes)."""
    name, size, declared = entry.filename, 0, set()
    part = Part(name) if name.endswith((".xml", ".rels")) else None
    with archive.open(entry) as stream:
        head = stream.peek(8)[:8]
        if head.startswith(PROGRAMS):
            raise Unfit("embedded")
        if head.startswith(ZIP):
            size = check_inside(stream, inside)
        elif name == "mimetype":
            declared = {OPEN.get(stream.read(100).decode("ascii", "replace").strip())} - {None}
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if part:
                part.feed(chunk)
    return (declared | close(part) if part else declared), size


def close(part):
    """{kinds} that the list of an archive declares."""
    if part.fed:  # LibreOffice leaves an empty one
        part.feed(b"", last=True)
    if any("macroenabled" in kind.lower() for kind in part.types):
        raise Unfit("macros")
    return {MAIN[kind] for kind in part.types if kind in MAIN}


def check_inside(stream, inside):
    """An office file in an office file is checked like any other; a third one in it is not taken. Its size."""
    data = stream.read(INSIDE + 1)
    if inside or len(data) > INSIDE:
        raise Unfit("embedded")
    try:
        check(io.BytesIO(data), inside=True)
    except Unfit as unfit:
        raise Unfit("embedded" if unfit.why in ("unknown", "broken") else unfit.why, **unfit.parameters) from unfit
    return len(data)
