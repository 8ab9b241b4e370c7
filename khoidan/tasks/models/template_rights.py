"""Who may do what to templates of tasks."""

from django.db.models import F, Q

from khoidan.core.expressions import AnyOf
from khoidan.organizations.models import Capability, CountedQuerySet, scope_of
from khoidan.organizations.models.owned import within
from khoidan.staffing.models import Person

# Not of its person while somebody else lets it run, as with a task that somebody else gave.
BOUND = ("change", "activate", "pause", "void")


class TemplateQuerySet(CountedQuerySet):
    """One that runs is changed by who may give tasks: its tasks are given in that person's name. One of private work
    is read by who may read private data of its unit, is named in it, or reads that work and wrote or lets it run."""

    def condition(self, user, action):
        scope = scope_of(user)
        allowed = super().condition(user, action)
        if action == "change":
            allowed = self.writable(scope)
        elif action in ("void", "restore"):
            allowed |= within(scope, Capability.ENTER_WORK) & Q(activated_by=None, created_by=user.pk)
        if action in BOUND:
            allowed &= ~Q(person__user=user.pk) | Q(activated_by=None) | Q(activated_by=user.pk)
        return allowed & (Q(private=False) | self.known(user, scope))

    @staticmethod
    def writable(scope):
        drafts = within(scope, Capability.ENTER_WORK) & Q(activated_by=None)
        return drafts | (within(scope, Capability.DIRECT_WORK) & Q(activated_by__isnull=False))

    def known(self, user, scope):
        both = set(scope.units(Capability.VIEW_WORK)) & set(scope.units(Capability.VIEW_PRIVATE))
        units = Q(AnyOf(F("unit_id"), sorted(both))) if both else Q(pk__in=[])
        wrote = within(scope, Capability.VIEW_WORK) & (Q(created_by=user.pk) | Q(activated_by=user.pk))
        return units | wrote | self.taking_part(user)

    def naming(self, user):
        person = Person.objects.filter(user=user.pk).values("pk")[:1]
        return Q(person=person) | Q(checker=person)

    def running(self):
        """Those that make tasks by themselves, in units that are at work."""
        return self.live().filter(activated_by__isnull=False, unit__in=self.units_at_work())

    def units_at_work(self):
        return self.model._meta.get_field("unit").related_model.objects.current().values("pk")

    def for_list(self):
        return self.select_related("unit", "position", "person", "activated_by").defer("description", "requirement")

    def for_detail(self):
        rows = self.select_related("unit", "position", "person", "checker", "area", "activated_by", "created_by")
        return rows.prefetch_related("organizations")
