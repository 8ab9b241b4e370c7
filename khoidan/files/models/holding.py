"""Records on which files may hang."""

import operator
from functools import cache, reduce

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class HoldsFiles:
    """Mixin of records with files: who sees the record reads them; its own actions say who adds and removes.

    Each of the three names actions of the record, of which one is enough.
    """

    adds_files = ("change",)
    removes_files = ("change",)
    removes_own_files = ()  # besides, for who added the file
    private = False  # who reads a file of a private record is noted
    file_acts = {
        "file_added": _("Thêm tệp"),
        "file_removed": _("Gỡ tệp"),
        "file_restored": _("Lấy lại tệp"),
        "file_read": _("Tải tệp về"),
    }

    def get_files_url(self):
        """The page of the record's files."""
        return self.get_absolute_url() + "files/"


@cache
def holders():
    """The models whose records may hold files."""
    return [model for model in apps.get_models() if issubclass(model, HoldsFiles) and not model._meta.proxy]


def hanging_on(permitted):
    """Condition on attachments: they hang on a record that `permitted(model)` finds; asked of each, by its key."""
    return reduce(operator.or_, (hanging_on_one(model, permitted(model)) for model in holders()), Q(pk__in=[]))


def hanging_on_one(model, rows):
    kind = ContentType.objects.get_for_model(model)
    return Q(Exists(rows.filter(pk=OuterRef("target_id")))) & Q(target_type=kind)


def permitting_any(model, user, actions):
    """Records of `model` on which `user` may do one of `actions`."""
    return reduce(operator.or_, (model._default_manager.permitting(user, action) for action in actions))
