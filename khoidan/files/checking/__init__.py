"""What is taken, and the checks before anything of it is stored."""

import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from . import archives, names, pdfs, pictures, secrecy
from .kinds import ACCEPT, KINDS, recognise
from .reasons import Unfit

__all__ = ["ACCEPT", "KINDS", "LARGEST", "Checked", "Unfit", "check"]

LARGEST = 20 * 2**20  # bytes


@dataclass(frozen=True)
class Checked:
    """A file that may be stored."""

    file: File
    name: str
    kind: str
    size: int
    sha256: str


def check(file):
    """The file as Checked, or ValidationError with a sentence that names it."""
    try:
        return examine(file)
    except Unfit as unfit:
        told = {"name": names.clean(file.name or "") or names.NAMELESS, "why": str(unfit)}
        raise ValidationError(_("Không nhận tệp «%(name)s»: %(why)s"), code=unfit.why, params=told) from unfit


def examine(file):
    if getattr(file, "unfit", None):  # by the upload handler already
        raise file.unfit
    names.refuse_programs(file.name)
    if not file.size:
        raise Unfit("empty")
    if file.size > LARGEST:
        raise Unfit("too_big")
    kind = look_into(file)
    name = names.agreed(file.name, KINDS[kind])
    mark = secrecy.mark_in_name(name)
    if mark:
        raise Unfit("secret", mark=mark)
    return Checked(file, name, kind, file.size, checksum(file))


def look_into(file):
    """The key of the kind, by content alone."""
    file.seek(0)
    kind = recognise(file.read(16))
    if kind == "zip":
        return archives.check(file)
    if kind == "pdf":
        pdfs.check(file)
    else:
        pictures.check(file, kind)
    return kind


def checksum(file):
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
