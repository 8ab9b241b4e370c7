from guardian.backends import ObjectPermissionBackend

from .models import Unit
from .models.grant import is_fresh


class AppointmentBackend(ObjectPermissionBackend):
    """guardian's answer about a unit, for accounts whose rights are computed for today; else no."""

    def has_perm(self, user_obj, perm, obj=None):
        return isinstance(obj, Unit) and is_fresh(user_obj) and super().has_perm(user_obj, perm, obj)
