"""From appointments to rights: the only writer of grants, and the only reading of the matrix."""

from collections import defaultdict
from typing import NamedTuple

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.organizations.models import Unit, UnitUserObjectPermission, works

from .models import Appointment, Reach, RoleGrant

AT_ONCE = 200  # accounts


class Right(NamedTuple):
    """This appointment gives this capability on this unit, because its role reaches it so."""

    appointment: Appointment
    unit_id: int
    capability: str
    reach: str


class Tree:
    """The units of some blocs, read once: who stands below whom, and which issue documents."""

    def __init__(self, blocs):
        self.children, self.of_bloc, self.issuing = defaultdict(list), defaultdict(list), defaultdict(list)
        rows = Unit.objects.filter(bloc__in=blocs).values_list("pk", "parent_id", "bloc_id", "issues_documents")
        for pk, parent, bloc, issues in rows:
            self.children[parent].append(pk)
            self.of_bloc[bloc].append(pk)
            if issues:
                self.issuing[bloc].append(pk)

    def below(self, unit_id):
        found, waiting = [], list(self.children[unit_id])
        while waiting:
            unit = waiting.pop()
            found.append(unit)
            waiting.extend(self.children[unit])
        return found

    def reached(self, appointment, reach):
        """Ids of the units that `reach` means, seen from the unit of the appointment."""
        if reach == Reach.OWN:
            return [appointment.unit_id]
        if reach == Reach.BELOW:
            return self.below(appointment.unit_id)
        return (self.of_bloc if reach == Reach.BLOC else self.issuing)[appointment.bloc_id]


def rights(seats):
    """Every Right that `seats` (appointments with their position) give, in order of the seats."""
    tree = Tree({seat.bloc_id for seat in seats})
    matrix = defaultdict(list)
    for grant in RoleGrant.objects.filter(role__in={seat.position.role_id for seat in seats}):
        matrix[grant.role_id].append((grant.reach, grant.capability))
    return [
        Right(seat, unit, capability, reach)
        for seat in seats
        for reach, capability in matrix[seat.position.role_id]
        for unit in tree.reached(seat, reach)
    ]


def rights_of(user, day):
    """Every Right of `user` on `day`: none when locked, or when a superuser."""
    if not works(user):
        return []
    seats = Appointment.objects.held(day).filter(person__user=user, person__voided_at=None)
    return rights(list(seats.select_related("position__role", "unit", "acting_for__person")))


def wanted(user, day):
    """Pairs (unit id, capability) that `user` should hold on `day`."""
    return {(right.unit_id, right.capability) for right in rights_of(user, day)}


def held(user):
    """Pairs (unit id, capability) that the rows of `user` say."""
    rows = UnitUserObjectPermission.objects.filter(user=user)
    return set(rows.values_list("content_object_id", "permission__codename"))


@transaction.atomic
def rebuild(user):
    """Make the rows of `user` what today's appointments say; returns (added, removed) as sets of pairs."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    today = timezone.localdate()
    should, have = wanted(user, today), held(user)
    kind = ContentType.objects.get_for_model(Unit)
    permissions = dict(Permission.objects.filter(content_type=kind).values_list("codename", "pk"))
    rows = UnitUserObjectPermission.objects.filter(user=user)
    for unit, capability in have - should:
        rows.filter(content_object=unit, permission=permissions[capability]).delete()
    UnitUserObjectPermission.objects.bulk_create(
        UnitUserObjectPermission(user=user, content_object_id=unit, permission_id=permissions[capability])
        for unit, capability in sorted(should - have)
    )
    User.objects.filter(pk=user.pk).update(grants_on=today)
    return should - have, have - should


@transaction.atomic
def settle(bloc=None):
    """Rebuild what a change has made stale, of people who sit in `bloc` if told; {account: (added, removed)}.

    No more than one page can wait for, and nobody whom another transaction holds: stale rights grant nothing, and
    are rebuilt when their owner comes.
    """
    stale = User.objects.filter(grants_on=None).order_by("pk")
    if bloc is not None:
        stale = stale.filter(pk__in=Appointment.objects.filter(bloc=bloc).values("person__user"))
    return rebuild_each(stale.select_for_update(skip_locked=True, no_key=True)[:AT_ONCE])


def rebuild_stale():
    """Rebuild every account whose rows are not known to be today's."""
    return rebuild_each(User.objects.exclude(grants_on=timezone.localdate()).order_by("pk"))


def rebuild_each(users):
    """{account: (added, removed)} of those of `users` whose rows differed."""
    changed = {}
    for user in users:
        added, removed = rebuild(user)
        if added or removed:
            changed[user] = (added, removed)
    return changed


def explain(unit, day):
    """Every Right on `unit` on `day`, with the person and, for acting ones, whom they stand in for."""
    seats = (
        Appointment.objects.held(day)
        .filter(bloc=unit.bloc_id, person__voided_at=None)
        .select_related("person__user", "position__role", "unit", "acting_for__person")
        .order_by("position__order", "person__sort_key")
    )
    return [right for right in rights(list(seats)) if right.unit_id == unit.pk]
