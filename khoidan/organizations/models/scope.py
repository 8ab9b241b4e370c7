"""What an account may do today, and the one statement that reads all of it."""

from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.lookups import Exact
from django.utils import timezone

from khoidan.core.prepared import Prepared

from .grant import UnitUserObjectPermission


@dataclass(frozen=True)
class Scope:
    """What an account may do today: {capability: {bloc id: unit ids}}, and which blocs it covers whole."""

    by_bloc: dict = field(default_factory=dict)
    whole: frozenset = frozenset()  # (capability, bloc id)

    def units(self, capability):
        """Sorted ids of the units that grant `capability`."""
        return sorted(pk for ids in self.by_bloc.get(capability, {}).values() for pk in ids)

    def whole_blocs(self, capability):
        """Bloc ids if every unit granting `capability` lies in a bloc that grants it throughout, else nothing."""
        blocs = self.by_bloc.get(capability, {})
        return sorted(blocs) if all((capability, bloc) in self.whole for bloc in blocs) else []

    def any_unit(self):
        return sorted({pk for blocs in self.by_bloc.values() for ids in blocs.values() for pk in ids})

    def any_bloc(self):
        return sorted({bloc for blocs in self.by_bloc.values() for bloc in blocs})

    def grants(self, capability, unit_id):
        return any(unit_id in ids for ids in self.by_bloc.get(capability, {}).values())


def works(user):
    """A locked account does nothing, and a superuser configures but never works."""
    return bool(user.pk and user.is_active and not user.is_superuser)


def is_fresh(user):
    """Rights computed for another day, or before something they rest on changed, grant nothing."""
    return works(user) and user.grants_on == timezone.localdate()


def scope_of(user):
    """The Scope of `user`, read once per instance and day; empty for who is locked, stale or unknown."""
    if not is_fresh(user):
        return Scope()
    known = getattr(user, "_scope", None)  # not __dict__: request.user is a lazy wrapper
    if known is None or known[0] != user.grants_on:
        known = user._scope = (user.grants_on, read_scope(user))
    return known[1]


def grants_by_bloc(user):
    """Of the account with that key, by capability and bloc: the ids of the units, and whether they are all it has."""
    unit = UnitUserObjectPermission.content_object.field.related_model
    size = unit.objects.filter(bloc=OuterRef("bloc")).order_by().values("bloc").annotate(n=Count("pk")).values("n")
    rows = UnitUserObjectPermission.objects.filter(user=user)
    rows = rows.values("bloc", capability=F("permission__codename"))
    return rows.annotate(ids=ArrayAgg("content_object"), all=Exact(Count("pk"), Subquery(size)))


read_rights = Prepared(grants_by_bloc, user=int)


def read_scope(user):
    by_bloc, whole = {}, set()
    for bloc, capability, ids, is_all in read_rights(user=user.pk):
        by_bloc.setdefault(capability, {})[bloc] = frozenset(ids)
        if is_all:
            whole.add((capability, bloc))
    return Scope(by_bloc, frozenset(whole))
