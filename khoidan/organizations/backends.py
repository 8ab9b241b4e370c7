from guardian.backends import ObjectPermissionBackend

from .models import Unit
from .models.scope import is_fresh


class AppointmentBackend(ObjectPermissionBackend):
    """guardian's answers about a unit, for accounts whose rights are computed for today; else no, and none."""

    def has_perm(self, user_obj, perm, obj=None):
        return speaks(user_obj, obj) and super().has_perm(user_obj, perm, obj)

    def get_all_permissions(self, user_obj, obj=None):
        return super().get_all_permissions(user_obj, obj) if speaks(user_obj, obj) else set()

    def get_group_permissions(self, user_obj, obj=None):
        return set()  # rights come from appointments alone


def speaks(user, obj):
    return isinstance(obj, Unit) and is_fresh(user)
