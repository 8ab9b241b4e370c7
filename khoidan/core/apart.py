"""Files that may be made to hang or fill whoever reads them: a short-lived process does, bounded by the system."""

import json
import logging
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("apart_program.py")
logger = logging.getLogger(__name__)
COMPLEX = {"unfit": "complex"}  # what the system had to end


def ask(reader, data, *, patience):
    """The dict that `look(data)` of the file `reader` makes of bytes, or {"unfit": why}: "broken" or "complex".

    `reader` says how much MEMORY (bytes of address space) and how many SECONDS of the processor it is allowed;
    `patience` is how many seconds by the clock are waited, more of them, for the machine may be busy.
    """
    command = [sys.executable, "-I", str(PROGRAM), str(reader)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=patience, env={})  # noqa: S603
    except subprocess.TimeoutExpired:
        return COMPLEX
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:  # ended by the system, or unable to begin: only the log tells which
        logger.warning("%s ended with %s: %s", reader, done.returncode, done.stderr[-300:].decode(errors="replace"))
        return COMPLEX
