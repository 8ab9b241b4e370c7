"""Records that count for organizations: whose charter the work serves, whoever does it."""

from functools import cache

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.expressions import AnyOf
from khoidan.core.prepared import Prepared

from .capability import Capability
from .owned import Owned, OwnedQuerySet, because
from .unit import Kind, Unit


class CountedQuerySet(OwnedQuerySet):
    def shared(self, user, scope):
        """Organizations read what counts for them."""
        return super().shared(user, scope) | self.counting_for(scope)

    def counting_for(self, scope):
        units = scope.units(Capability.VIEW_WORK)
        if not units or scope.whole_blocs(Capability.VIEW_WORK):
            return Q(pk__in=[])
        return Q(AnyOf(F("pk"), counting(self.model).array(units=units)))


@cache
def counting(model):
    """Keys of the records of `model` that count for one of `units`."""
    links, own = model.organizations.through.objects, model.organizations.field.m2m_field_name() + "_id"
    return Prepared(lambda units: links.filter(AnyOf(F("unit_id"), units)).values(own), units=list)


class Counted(Owned):
    """A record of one unit (who does it), counted for any number of organizations (whose charter it serves)."""

    organizations = models.ManyToManyField(
        Unit,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Kind.ORGANIZATION},
        verbose_name=_("tính cho tổ chức"),
        help_text=_("Tổ chức được ghi nhận kết quả này trong báo cáo của mình."),
    )

    class Meta(Owned.Meta):
        abstract = True

    def rights_held(self, scope):
        return super().rights_held(scope) or [
            because(_now("Bản ghi tính cho %(unit)s."), organization)
            for organization in self.organizations.all()
            if scope.grants(Capability.VIEW_WORK, organization.pk)
        ]
