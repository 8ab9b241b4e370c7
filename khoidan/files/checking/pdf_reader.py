"""Reads one PDF in a process of its own, see `khoidan.core.apart`; it imports nothing of the house."""

import io
import time
from contextlib import suppress

import pypdf
from pypdf import generic

MEMORY = 320 * 2**20  # bytes of address space; the program itself takes a third
SECONDS = 4
ENOUGH = 2  # seconds after which no further page is read for words
FIRST_PAGES = 3
LINES, LONGEST = 2000, 60
RUNS = {"/JavaScript", "/Launch", "/ImportData", "/Rendition"}


def look(data):
    """{"unfit": why} or {"lines": [short lines of the first and the last pages]}."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        return {"unfit": "encrypted"}
    count = len(reader.pages)
    why = "broken" if count == 0 else next(filter(None, map(complaint, objects(reader))), None)
    return {"unfit": why} if why else {"lines": list(lines(reader, count))[:LINES]}


def objects(reader):
    """Every object of the file that can be read; what nothing refers to as well."""
    seen = {(number, generation) for generation, numbers in reader.xref.items() for number in numbers}
    for number, generation in seen | {(number, 0) for number in reader.xref_objStm}:
        with suppress(Exception):  # a damaged object is passed over
            yield reader.get_object(generic.IndirectObject(number, generation, reader))


def complaint(thing, depth=0):
    """Why a file with this object is not taken; None for a harmless one."""
    if depth > 20:
        return "complex"
    if isinstance(thing, generic.DictionaryObject):
        if "/JS" in thing or "/JavaScript" in thing or str(thing.get("/S")) in RUNS:
            return "script"
        if "/EF" in thing or thing.get("/Type") == "/EmbeddedFile":
            return "embedded"
        below = thing.values()
    else:
        below = thing if isinstance(thing, list) else ()
    return next(filter(None, (complaint(each, depth + 1) for each in below)), None)


def lines(reader, count):
    for number in sorted({*range(min(count, FIRST_PAGES)), count - 1}):
        if time.process_time() > ENOUGH:
            return
        text = ""
        with suppress(Exception):  # words that cannot be read are no reason to refuse a scan
            text = reader.pages[number].extract_text()
        yield from (line for line in map(str.strip, text.splitlines()) if line and len(line) <= LONGEST)
