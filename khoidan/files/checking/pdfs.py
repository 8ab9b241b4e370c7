"""PDF: a language rich enough to hang its reader, so a short-lived process reads it, bounded by the system."""

import json
import subprocess
import sys
from pathlib import Path

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
    found = ask(data)
    if "unfit" in found:
        raise Unfit(found["unfit"])
    for mark in filter(None, map(secrecy.mark_in, found["lines"])):
        raise Unfit("secret", mark=mark)


def ask(data):
    """What the reader prints; one that was ended by the system found too much to read."""
    command = [sys.executable, "-I", str(READER)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, env={})  # noqa: S603
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        raise Unfit("complex") from error
