"""The base of every record: it belongs to a unit, and keeps its history."""

import uuid
from collections import defaultdict
from functools import reduce
from operator import or_

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.expressions import AnyOf
from khoidan.core.ways import with_ways

from .capability import Capability
from .copied import copy_bloc
from .event import Event
from .grant import UnitUserObjectPermission
from .kept import Kept
from .permitted import Permitted
from .scope import scope_of
from .unit import Unit

HOLDERS_NAMED = 5
NOBODY = Q(pk__in=[])


def either(*conditions):
    """OR of those of `conditions` that somebody may meet."""
    return reduce(or_, (condition for condition in conditions if condition != NOBODY), Q()) or NOBODY


def within(scope, capability):
    """Condition on `unit`/`bloc`: never the two together, the planner misjudges them."""
    units = scope.units(capability)
    if not units:
        return NOBODY
    blocs = scope.whole_blocs(capability)
    if blocs:
        return Q(bloc=blocs[0]) if len(blocs) == 1 else Q(bloc__in=blocs)
    return Q(AnyOf(F("unit_id"), units))


def because(sentence, unit):
    """A reason that rests on a right on `unit`, with the page that explains it."""
    return {"sentence": sentence % {"unit": unit}, "url": unit.get_rights_url()}


def holders(units):
    """{(unit id, capability): [(id of account, name)] of those who hold it today}, those longest in it first."""
    rows = UnitUserObjectPermission.objects.filter(content_object__in=units, user__is_active=True).order_by("pk")
    found = defaultdict(list)
    for unit, right, *holder in rows.values_list("content_object", "permission__codename", "user", "user__name"):
        found[unit, right].append(tuple(holder))
    return found


class OwnedQuerySet(Permitted):
    def live(self):
        return self.filter(voided_at=None)

    def permitting(self, user, action):
        """Records on which `user` may do `action` today: the only door to them."""
        found = self.filter(voided_at__isnull=False) if action == "restore" else self.live()
        return with_ways(found, self.condition(user, action))

    def condition(self, user, action):
        scope = scope_of(user)
        allowed = within(scope, self.model.needs[action])
        return allowed | self.shared(user, scope) if action == "view" else allowed

    def shared(self, user, scope):
        """Who may read besides the unit's own: takers-part, and readers of issued work."""
        return self.taking_part(user) | self.issued_to(scope)

    def taking_part(self, user):
        """Records that name `user`, in blocs where that person holds a seat today: an ended one reads nothing."""
        blocs = scope_of(user).any_bloc()
        return Q(bloc__in=blocs) & self.naming(user) if blocs else NOBODY

    def naming(self, user):
        """Nobody, unless the model names people."""
        return NOBODY

    def issued_to(self, scope):
        if not scope.units(Capability.VIEW_ISSUED):
            return NOBODY
        return within(scope, Capability.VIEW_ISSUED) & self.model.issued()

    def with_voiding(self):
        """Annotate voided_by and voided_reason, as the newest act of voiding tells them."""
        kind = ContentType.objects.get_for_model(self.model)
        acts = Event.objects.filter(target_type=kind, target_id=OuterRef("pk"), verb="voided").order_by("-at", "-pk")
        told = {"voided_by": "actor_name", "voided_reason": "reason"}
        return self.annotate(**{name: Subquery(acts.values(column)[:1]) for name, column in told.items()})


class Owned(Kept, models.Model):
    """A record of one unit: who does it."""

    needs = {
        "view": Capability.VIEW_WORK,
        "add": Capability.ENTER_WORK,
        "change": Capability.ENTER_WORK,
        "void": Capability.APPROVE_WORK,
        "restore": Capability.APPROVE_WORK,
    }
    known_holders = None
    acts = {"created": _("Lập"), "changed": _("Sửa"), "voided": _("Hủy bỏ"), "restored": _("Khôi phục")}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị thực hiện"))
    bloc = models.ForeignKey(Unit, models.PROTECT, editable=False, related_name="+", verbose_name=_("khối"))
    created_at = models.DateTimeField(_("lập lúc"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("người lập"),
    )
    voided_at = models.DateTimeField(_("hủy lúc"), null=True, editable=False)
    # A form carries the token of the record it makes, so that sending it twice makes one record.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Raised by the database at each change, so that a form can tell that it is stale.
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        triggers = [
            copy_bloc(),
            pgtrigger.Trigger(
                name="raise_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="NEW.version = OLD.version + 1; RETURN NEW;",
            ),
            pgtrigger.Protect(name="voided_never_deleted", operation=pgtrigger.Delete),
        ]

    @classmethod
    def may_somewhere(cls, user, action):
        """True when there is a unit for whose records `user` may do `action`; a part taken in one is not counted."""
        return bool(scope_of(user).units(cls.needs[action]))

    @classmethod
    def may_add(cls, user):
        """True when there is a unit in which `user` may make such a record."""
        return cls.may_somewhere(user, "add")

    @classmethod
    def may_restore(cls, user):
        """True when there is a unit in which `user` may bring back what was voided."""
        return cls.may_somewhere(user, "restore")

    @classmethod
    def issued(cls):
        """Condition under which a reader of issued work sees the record; none unless the model says."""
        return NOBODY

    def refusal(self, action):
        """Sentence for who may see the record but not do this: what is needed, and who has it."""
        sentence = _now("Việc này cần quyền «%(right)s» ở %(unit)s. Người có quyền: %(names)s.")
        return sentence % self.told_right(action, self.able(action))

    def told_right(self, action, people):
        """Words for a sentence on who may do it: those of `people`, [(id of account, name)]."""
        return {
            "right": Capability(self.needs[action]).label,
            "unit": self.unit.name,
            "names": ", ".join(name for _user, name in people[:HOLDERS_NAMED]) or _now("chưa có ai"),
        }

    def able(self, action):
        """[(id of account, name)] of those whose right on the unit allows it today."""
        known = holders([self.unit_id]) if self.known_holders is None else self.known_holders
        return known.get((self.unit_id, self.needs[action]), [])

    @classmethod
    def refusals(cls, records, action):
        """{pk: refusal} of many records; who has which right is read once for all."""
        known = holders({record.unit_id for record in records}) if records else {}
        for record in records:
            record.known_holders = known
        return {record.pk: record.refusal(action) for record in records}

    def reasons(self, user):
        """[{sentence, url}]: why `user` sees this record; the page of a unit's rights tells the rest."""
        told = [{"sentence": sentence, "url": None} for sentence in self.parts_taken(user)]
        return told + self.rights_held(scope_of(user))

    def rights_held(self, scope):
        """Those of the reasons that are rights."""
        if scope.grants(Capability.VIEW_WORK, self.unit_id):
            return [because(_now("Bạn được xem công việc của %(unit)s."), self.unit)]
        if scope.grants(Capability.VIEW_ISSUED, self.unit_id):
            return [because(_now("Bạn được xem bản ghi đã ban hành của %(unit)s."), self.unit)]
        return []

    def parts_taken(self, user):
        """Sentences on what `user` is in this record: accountable, invited."""
        return []

    def void(self, *, by, reason=""):
        """Take the record out of every list; nothing is deleted, and it can be restored. Idempotent."""
        if self.voided_at is None:
            self.voided_at = timezone.now()
            self.save(update_fields=["voided_at"])
            self.record("voided", by=by, reason=reason)

    def restore(self, *, by):
        """Undo `void`; idempotent."""
        if self.voided_at is not None:
            self.voided_at = None
            self.save(update_fields=["voided_at"])
            self.record("restored", by=by)
