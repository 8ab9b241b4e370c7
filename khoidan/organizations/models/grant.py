"""Rights in force: guardian's rows on Unit."""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from .copied import copy_bloc


class UnitUserObjectPermission(UserObjectPermissionBase):
    """One right of one account on one unit; written by staffing.grants alone."""

    # Neither has an index of its own: the unique one begins with the account, and rights are never sought by name.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    permission = models.ForeignKey(Permission, models.CASCADE, db_index=False)
    content_object = models.ForeignKey("organizations.Unit", models.CASCADE, related_name="grants")
    # Goes with the unit, and is read with it: else all units of the country are read to know of a few where they lie.
    bloc = models.ForeignKey(
        "organizations.Unit",
        models.DO_NOTHING,
        editable=False,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("khối"),
    )

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("quyền đang có")
        verbose_name_plural = pgettext_lazy("số nhiều", "quyền đang có")
        triggers = [copy_bloc("content_object_id")]

    def __str__(self):
        return f"{self.user} · {self.content_object} · {self.permission.codename}"


class UnitGroupObjectPermission(GroupObjectPermissionBase):
    """Required by guardian beside the table for users; stays empty, rights come from appointments only."""

    content_object = models.ForeignKey("organizations.Unit", models.CASCADE, related_name="+")

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = _("quyền của nhóm")
        verbose_name_plural = pgettext_lazy("số nhiều", "quyền của nhóm")
