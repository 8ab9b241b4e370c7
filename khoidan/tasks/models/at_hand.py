"""The rules of rights.py about one task that is at hand: the same answers, without asking the database for each."""

from django.utils.functional import cached_property

from khoidan.organizations.models import Capability, scope_of

from .rights import RULES
from .states import OPEN, State


class AtHand:
    """What an account is to a task that it sees, in the words of rights.Standing; its people are read already."""

    def __init__(self, user, task):
        self.user, self.task, self.scope = user, task, scope_of(user)

    def holding(self, capability):
        return self.scope.grants(capability, self.task.unit_id)

    def seated(self, holds):
        return holds and self.task.bloc_id in self.scope.any_bloc()

    def is_user(self, person):
        return person is not None and person.user_id == self.user.pk

    @property
    def draft(self):
        return self.task.state == State.DRAFT

    @property
    def open(self):
        return self.task.state in OPEN

    @property
    def ungiven(self):
        return self.task.given_by_id is None

    @property
    def enters(self):
        return self.holding(Capability.ENTER_WORK)

    @property
    def directs(self):
        return self.holding(Capability.DIRECT_WORK)

    @property
    def approves(self):
        return self.holding(Capability.APPROVE_WORK)

    @property
    def drafted(self):
        return self.draft and self.ungiven and self.task.created_by_id == self.user.pk and self.enters

    @property
    def answers(self):
        return self.seated(self.is_user(self.task.accountable))

    @property
    def helps(self):
        return self.seated(any(self.is_user(person) for person in self.task.helpers.all()))

    @property
    def checks(self):
        return self.seated(self.is_user(self.task.checker))

    @property
    def works(self):
        return self.answers or self.helps or self.checks

    @property
    def apart(self):
        return not self.is_user(self.task.accountable)

    @cached_property
    def second(self):
        own_part = self.task.state == State.CHECKING and self.user.pk in self.task.did_parts()
        return self.apart and self.task.submitted_by_id != self.user.pk and not own_part

    @property
    def free(self):
        return self.apart or self.task.given_by_id == self.user.pk


def answers(task, user, actions):
    """{action: whether `user`, who sees the task, may do it}."""
    who = AtHand(user, task)
    return {action: bool(RULES[action](who)) for action in actions}
