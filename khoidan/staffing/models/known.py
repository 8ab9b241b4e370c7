"""Records of the staff: read by whoever sits in the bloc, kept by who manages staff."""

from django.utils.translation import gettext as _now

from khoidan.organizations.models import Capability, Owned, OwnedQuerySet, scope_of
from khoidan.organizations.models.unit import in_blocs

STAFF_NEEDS = Owned.needs | dict.fromkeys(["add", "change", "void", "restore"], Capability.MANAGE_STAFF)


class KnownInBlocQuerySet(OwnedQuerySet):
    def condition(self, user, action):
        if action == "view":
            return in_blocs(scope_of(user).any_bloc())
        return super().condition(user, action)

    def known_in(self, blocs):
        return self.filter(in_blocs(blocs))


class KnownInBloc:
    """Mixin of their models."""

    def reasons(self, user):
        return [{"sentence": _now("Ai đang giữ chức danh trong khối cũng xem được mục này."), "url": None}]
