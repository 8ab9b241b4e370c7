"""Who may do what to a task, as conditions on its rows; one line for each act."""

from functools import cache

from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property

from khoidan.core.expressions import AnyOf, ArrayOf
from khoidan.core.prepared import Prepared
from khoidan.organizations.models import Capability, CountedQuerySet, scope_of
from khoidan.organizations.models.owned import NOBODY, either, within
from khoidan.staffing.models import Person

from .states import OPEN, State

WORK = (Capability.VIEW_WORK, Capability.ENTER_WORK, Capability.DIRECT_WORK, Capability.APPROVE_WORK)


def edits(who):
    """A draft never given is changed by who enters work; what was given, even if it came back, by who directs it."""
    return (who.draft & who.ungiven & who.enters) | ((who.draft | who.open) & who.directs & who.free)


RULES = {
    "add": lambda who: who.enters,
    "change": edits,
    "attach": lambda who: (who.draft & who.ungiven & who.enters) | ((who.draft | who.open) & (who.directs | who.works)),
    "detach": edits,
    "fan_out": lambda who: edits(who) | (who.open & who.directs),
    "give": lambda who: who.directs & (who.free | who.ungiven),
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
    "void": lambda who: (who.approves & (who.free | who.ungiven)) | who.drafted,
    "restore": lambda who: who.approves | who.drafted,
}

BOUND = ("change", "detach", "give", "decide", "reschedule", "cancel", "reassign", "void")  # what `free` is asked of


OWN = {"hand_back", "ask"}  # of who takes part, and so knows the task even when it is private

# One account, one person.
PERSON = Prepared(lambda user: Person.objects.filter(user=user).order_by().values("pk")[:1], user=int)


class Standing:
    """What an account is to tasks, as conditions for RULES; parts are taken only while seated in the bloc."""

    def __init__(self, user, rows):
        self.user, self.rows, self.scope = user, rows, scope_of(user)
        self.person = PERSON.one(user=user.pk)

    def holding(self, capability):
        return within(self.scope, capability)

    def seated(self, condition):
        blocs = self.scope.any_bloc()
        return Q(AnyOf(F("bloc_id"), blocs)) & condition if blocs else NOBODY

    draft, open, ungiven = Q(state=State.DRAFT), Q(state__in=OPEN), Q(given_by=None)

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
        """One's own draft that was never given: what came back is also of who gave it."""
        return Q(state=State.DRAFT, created_by=self.user.pk, given_by=None) & self.enters

    @property
    def is_accountable(self):
        return Q(accountable=self.person)

    @property
    def is_helping(self):
        return Q(AnyOf(F("pk"), helped(self.rows.model).array(user=self.user.pk)))

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
    def assists(self):
        return self.seated(Q(checker=self.person) | self.is_helping)

    @property
    def works(self):
        """Has a part in it: does it, helps, or checks it."""
        return self.answers | self.helps | self.checks

    @property
    def apart(self):
        return ~self.is_accountable

    @property
    def second(self):
        """Neither did the work or a part of it nor handed one in: a check is made by a second person."""
        did = Q(accountable=self.person) | Q(submitted_by=self.user.pk)
        done = self.rows.model.objects.filter(did, state=State.DONE)
        own_part = Q(Exists(done.filter(parent=OuterRef("pk"))), state=State.CHECKING)
        return self.apart & ~Q(submitted_by=self.user.pk) & ~own_part

    @property
    def free(self):
        """Not bound by the task: what somebody else gave one to do, one neither alters, passes on nor stops."""
        return self.apart | Q(given_by=self.user.pk)

    @property
    def wrote(self):
        """Wrote or gave it, and still reads the work of its unit: being private opens a task to nobody."""
        return self.holding(Capability.VIEW_WORK) & Q(AnyOf(F("pk"), made(self.rows.model).array(user=self.user.pk)))


@cache
def helped(model):
    """Keys of the tasks that the person of the account `user` helps with."""
    links = model.helpers.through.objects
    return Prepared(lambda user: links.filter(person__user=user).values("task_id"), user=int)


@cache
def made(model):
    """Keys of the private tasks that the account `user` wrote or gave."""
    rows = model.objects.filter(private=True).order_by().values("pk")
    return Prepared(lambda user: rows.filter(Q(created_by=user) | Q(given_by=user)), user=int)


@cache
def parts(model):
    """Keys of the tasks in which the account `user` has a part."""

    def keys(user):
        person = Person.objects.filter(user=user).order_by().values("pk")[:1]
        links = model.helpers.through.objects.filter(person=person).values("task_id")
        rows = model.objects.live().order_by().values("pk")
        small = rows.filter(Q(checker=person) | Q(AnyOf(F("pk"), ArrayOf(links))))
        return rows.filter(accountable=person).union(small, all=True)

    return Prepared(keys, user=int)


class Rights(CountedQuerySet):
    """A private task is read by who may read private data of its unit, takes part in it, wrote it or gave it."""

    def condition(self, user, action):
        who = Standing(user, self)
        if action == "view":
            return self.readable(who)
        allowed = RULES[action](who)
        return (
            allowed if action in OWN or self.sees_through(who.scope) else allowed & (Q(private=False) | self.known(who))
        )

    def readable(self, who):
        """An OR whose every part an index answers, for core.ways."""
        scope = who.scope
        own, others = within(scope, Capability.VIEW_WORK), Q(private=False)
        if scope.whole_blocs(Capability.VIEW_WORK) == scope.any_bloc():  # but for what is private, all there is
            return own if self.sees_through(scope) else own & (others | self.known(who))
        shared = [ways & others for ways in (self.counting_for(scope), self.issued_to(scope)) if ways != NOBODY]
        if self.sees_through(scope):
            return either(own, *shared, who.answers, who.assists)
        wrote = who.wrote if own != NOBODY else NOBODY
        return either(own & (others | self.private_to(scope)), *shared, who.answers, who.assists, wrote)

    def confided(self, who):
        """Tasks that the account takes part in; few, so their keys are read first."""
        return who.seated(Q(AnyOf(F("pk"), parts(self.model).array(user=who.user.pk))))

    @staticmethod
    def sees_through(scope):
        """True when every unit in whose work the account has any right shows it private data too."""
        worked_in = {unit for capability in WORK for unit in scope.units(capability)}
        return worked_in <= set(scope.units(Capability.VIEW_PRIVATE))

    def known(self, who):
        """Tasks whose being private keeps nothing from the account."""
        if self.sees_through(who.scope):
            return self.confided(who)
        return either(self.private_to(who.scope), self.confided(who), who.wrote)

    @staticmethod
    def private_to(scope):
        """Those of the units whose work the account reads which show it private data too."""
        both = set(scope.units(Capability.VIEW_WORK)) & set(scope.units(Capability.VIEW_PRIVATE))
        return Q(AnyOf(F("unit_id"), sorted(both))) if both else NOBODY

    def of(self, user):
        """Tasks that `user` is accountable for; theirs to see, while seated in the bloc."""
        return self.live().filter(Standing(user, self).answers)

    def helped_by(self, user):
        """Tasks that `user` helps with; theirs to see, while seated in the bloc."""
        return self.live().filter(Standing(user, self).helps)

    def naming(self, user):
        who = Standing(user, self)
        return who.is_accountable | Q(checker=who.person) | who.is_helping
