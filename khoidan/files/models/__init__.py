"""Files of records."""

from .attachment import Attachment
from .holding import HoldsFiles
from .quota import FileQuota

__all__ = ["Attachment", "FileQuota", "HoldsFiles"]
