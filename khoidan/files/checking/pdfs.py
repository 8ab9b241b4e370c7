"""PDF: a language rich enough to hang its reader, so it is read apart."""

from pathlib import Path

from khoidan.core.apart import ask

from . import secrecy
from .reasons import Unfit

READER = Path(__file__).with_name("pdf_reader.py")
PATIENCE = 15  # seconds on a busy machine; the reader is allowed far fewer of the processor
TAIL = 2048


def check(file):
    """Raises Unfit."""
    file.seek(0)
    data = file.read()
    if b"%%EOF" not in data[-TAIL:]:
        raise Unfit("broken")
    found = ask(READER, data, patience=PATIENCE)
    if "unfit" in found:
        raise Unfit(found["unfit"])
    for mark in filter(None, map(secrecy.mark_in, found["lines"])):
        raise Unfit("secret", mark=mark)
