"""Where uploaded files stand: under random names, on the disk for good, and behind no address."""

import os
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from khoidan.core import durable

_written = ContextVar("written", default=None)


class DurableStorage(FileSystemStorage):
    """Django's own storage loses what it has acknowledged when the power fails; this one does not."""

    @property
    def base_location(self):
        return settings.FILES_ROOT

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    def url(self, name):
        raise ValueError("Files are read through the rule of their record, at no address of their own.")

    def _save(self, name, content):
        durable.write(Path(self.location), name, content.chunks())
        written = _written.get()
        if written is not None:
            written.append(name)
        return name


@contextmanager
def noting_names():
    """Gives a list to which the name of every file written meanwhile is added."""
    token = _written.set([])
    try:
        yield _written.get()
    finally:
        _written.reset(token)
