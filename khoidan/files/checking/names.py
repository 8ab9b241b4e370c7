"""Names of files as people gave them, made fit to be stored, shown and handed back."""

import re

from khoidan.core.text import tidy

from .reasons import Unfit

LONGEST = 255
NAMELESS = "tep"
PROGRAMS = {
    *("exe", "scr", "bat", "cmd", "msi", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "lnk", "jar"),
    *("dll", "cpl", "pif", "apk", "html", "htm", "svg", "php"),
}


def clean(name):
    """NFC, one line, without path, control, invisible and direction marks."""
    base = re.split(r"[/\\]", name)[-1]
    seen = "".join(" " if char.isspace() else char for char in base if char.isprintable() or char.isspace())
    return " ".join(tidy(seen).split()).strip(". ")


def refuse_programs(name):
    """By name alone: what calls itself a program, openly or before a harmless extension."""
    for part in clean(name).split(".")[1:]:
        if part.lower() in PROGRAMS:
            raise Unfit("program", extension=f".{part.lower()}")


def agreed(name, kind):
    """The clean name with the usual extension of `kind`; refused where it says something else."""
    stem, _dot, extension = clean(name).rpartition(".")  # what had nothing before its dot has lost the dot, too
    if extension.lower() not in (kind.key, *kind.also):
        raise Unfit("extension", kind=kind.label)
    room = LONGEST - len(kind.key) - 1
    return f"{stem.rstrip('. ')[:room].rstrip('. ') or NAMELESS}.{kind.key}"
