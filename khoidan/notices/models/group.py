from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """What people choose by: each kind of notice belongs to one of these."""

    GIVEN = "given", _("Việc được giao")
    DUE = "due", _("Việc sắp đến hạn")
    LATE = "late", _("Việc quá hạn")
    RETURNED = "returned", _("Việc bị trả lại, mở lại")
    WAITING = "waiting", _("Chờ tôi nghiệm thu, quyết định")
    OTHER = "other", _("Việc lặp và thông báo khác")


@dataclass(frozen=True)
class Told:
    """One entry of a model's `notices`: its group, and words with %(actor)s, %(name)s, %(day)s and details.

    `opens(notice)` gives the address that it leads to; of others that is the page of the record.
    """

    group: Group
    words: str
    opens: Callable | None = None
