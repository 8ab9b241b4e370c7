"""What is too big is not kept while it comes in: neither in memory nor on the disk."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from .checking import LARGEST, Unfit

MOST_AT_ONCE = 5 * LARGEST  # bytes of one request


class Unread(UploadedFile):
    """Stands for a file that was not kept, and says why."""

    def __init__(self, name, size, unfit):
        super().__init__(ContentFile(b""), name=name, size=size)
        self.unfit = unfit


class Ceiling(FileUploadHandler):
    """First of the handlers: beyond its limits the bytes are read and forgotten, so that the page can still answer."""

    def __init__(self, request=None):
        super().__init__(request)
        self.total = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.unfit = None

    def receive_data_chunk(self, raw_data, start):
        self.total += len(raw_data)
        if start + len(raw_data) > LARGEST:
            self.unfit = Unfit("too_big")
        elif self.total > MOST_AT_ONCE and self.unfit is None:
            self.unfit = Unfit("too_much")
        return raw_data if self.unfit is None else None

    def file_complete(self, file_size):
        if self.unfit is None:
            return None
        for handler in self.request.upload_handlers:
            if getattr(handler, "file", None):
                handler.file.close()  # with what came before the limit
        return Unread(self.file_name, file_size, self.unfit)
