"""Who may do what to a task, as conditions on its rows; one line for each act."""

from django.db.models import F, Q
from django.utils.functional import cached_property

from khoidan.core.expressions import AnyOf, ArrayOf
from khoidan.organizations.models import Capability, CountedQuerySet, scope_of
from khoidan.organizations.models.owned import within
from khoidan.staffing.models import Person

from .states import OPEN, State

NOBODY = Q(pk__in=[])
WORK = (Capability.VIEW_WORK, Capability.ENTER_WORK, Capability.DIRECT_WORK, Capability.APPROVE_WORK)

RULES = {
    "add": lambda who: who.enters,
    "change": lambda who: (Q(state=State.DRAFT) & who.enters) | (Q(state__in=OPEN) & who.directs & who.free),
    "attach": lambda who: (Q(state=State.DRAFT) & who.enters) | (Q(state__in=OPEN) & (who.directs | who.works)),
    "detach": lambda who: (Q(state=State.DRAFT) & who.enters) | (Q(state__in=OPEN) & who.directs & who.free),
    "fan_out": lambda who: who.enters,
    "give": lambda who: who.directs & (who.free | Q(given_by=None)),
    "begin": lambda who: who.directs | who.answers,
    "note": lambda who: who.directs | who.answers | who.helps,
    "complete": lambda who: who.directs | who.answers,
    "accept": lambda who: (who.directs | who.checks) & who.second,
    "send_back": lambda who: (who.directs | who.checks) & who.second,
    "hand_back": lambda who: who.answers,
    "ask": lambda who: who.answers,
    "decide": lambda who: who.directs & who.free,
    "reschedule": lambda who: who.directs & who.free,
    "cancel": lambda who: who.directs & who.free,
    "reassign": lambda who: who.directs & who.free,
    "mark": lambda who: who.directs & who.apart,
    "reopen": lambda who: who.approves,
    "void": lambda who: (who.approves & (who.free | Q(given_by=None))) | who.drafted,
    "restore": lambda who: who.approves | who.drafted,
}

BOUND = ("change", "detach", "give", "decide", "reschedule", "cancel", "reassign", "void")  # what `free` is asked of


class Standing:
    """What an account is to tasks, as conditions for RULES; parts are taken only while seated in the bloc."""

    def __init__(self, user, rows):
        self.user, self.rows, self.scope = user, rows, scope_of(user)
        self.person = Person.objects.filter(user=user.pk).values("pk")[:1]  # one account, one person

    def holding(self, capability):
        return within(self.scope, capability)

    def seated(self, condition):
        blocs = self.scope.any_bloc()
        return Q(bloc__in=blocs) & condition if blocs else NOBODY

    @cached_property
    def enters(self):
        return self.holding(Capability.ENTER_WORK)

    @cached_property
    def directs(self):
        return self.holding(Capability.DIRECT_WORK)

    @cached_property
    def approves(self):
        return self.holding(Capability.APPROVE_WORK)

    @property
    def drafted(self):
        """One's own draft that was never given, or came back."""
        return Q(state=State.DRAFT, created_by=self.user.pk) & self.enters

    @property
    def is_accountable(self):
        return Q(accountable=self.person)

    @property
    def is_helping(self):
        rows = self.rows.model.helpers.through.objects.filter(person=self.person)
        return Q(AnyOf(F("pk"), ArrayOf(rows.values("task_id"))))

    @property
    def answers(self):
        return self.seated(self.is_accountable)

    @property
    def helps(self):
        return self.seated(self.is_helping)

    @property
    def checks(self):
        return self.seated(Q(checker=self.person))

    @property
    def works(self):
        """Has a part in it: does it, helps, or checks it."""
        return self.answers | self.helps | self.checks

    @property
    def apart(self):
        return ~self.is_accountable

    @property
    def second(self):
        """Neither did the work nor handed it in: a check is made by a second person."""
        return self.apart & ~Q(submitted_by=self.user.pk)

    @property
    def free(self):
        """Not bound by the task: what somebody else gave one to do, one neither alters, passes on nor stops."""
        return self.apart | Q(given_by=self.user.pk)

    @property
    def wrote(self):
        """Wrote or gave it, and still reads the work of its unit: being private opens a task to nobody."""
        author = Q(created_by=self.user.pk) | Q(given_by=self.user.pk)
        return self.holding(Capability.VIEW_WORK) & Q(private=True) & author


class Rights(CountedQuerySet):
    """A private task is read by who may read private data of its unit, takes part in it, wrote it or gave it."""

    def condition(self, user, action):
        who = Standing(user, self)
        if action == "view":
            return self.readable(who)
        allowed = RULES[action](who)
        return allowed if self.sees_through(who.scope) else allowed & (Q(private=False) | self.known(who))

    def readable(self, who):
        scope = who.scope
        if scope.whole_blocs(Capability.VIEW_WORK) == scope.any_bloc() and self.sees_through(scope):
            return within(scope, Capability.VIEW_WORK)  # nothing that the rest could add
        shared = self.counting_for(scope) | self.issued_to(scope)
        if self.sees_through(scope):
            return within(scope, Capability.VIEW_WORK) | (shared & Q(private=False)) | self.known(who)
        return ((within(scope, Capability.VIEW_WORK) | shared) & Q(private=False)) | self.known(who)

    @staticmethod
    def sees_through(scope):
        """True when every unit in whose work the account has any right shows it private data too."""
        worked_in = {unit for capability in WORK for unit in scope.units(capability)}
        return worked_in <= set(scope.units(Capability.VIEW_PRIVATE))

    def known(self, who):
        """Tasks whose being private keeps nothing from the account."""
        if self.sees_through(who.scope):
            return self.taking_part(who.user)
        both = set(who.scope.units(Capability.VIEW_WORK)) & set(who.scope.units(Capability.VIEW_PRIVATE))
        units = Q(AnyOf(F("unit_id"), sorted(both))) if both else NOBODY
        return units | self.taking_part(who.user) | who.wrote

    def naming(self, user):
        who = Standing(user, self)
        return who.is_accountable | Q(checker=who.person) | who.is_helping
