"""What the states of the parts mean for the whole."""

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from khoidan.core.errors import Refused

from .moves import finished_at
from .states import AT_WORK, State

LIVE = Q(voided_at=None)
ENDS = {  # when the last part was handed in, was stopped, or was voided while it was open
    "done": Max("completed_at", filter=LIVE),
    "stopped": Max("cancelled_at", filter=LIVE),
    "voided": Max("voided_at", filter=~Q(state__in=[State.DONE, State.CANCELLED])),
}


class Settling:
    """Mixin of Task."""

    def did_parts(self):
        """Ids of the accounts that did or handed in what is done of this one, voided or not; a part has no parts."""
        done = self.children.done().values_list("accountable__user", "submitted_by")
        return {account for accounts in done for account in accounts} - {None}

    def held_parent(self):
        """The parent, its row held until the transaction ends; None if there is none, or none any more."""
        return self.parent_id and type(self).objects.live().locked().filter(pk=self.parent_id).first()

    def settle_parent(self):
        """After a move of this one: bring the parent to where its children are."""
        if parent := self.held_parent():
            parent.settle()

    def refuse_under_stopped_parent(self):
        """No work comes back to life below one that was stopped."""
        parent = self.held_parent()
        if parent and parent.state == State.CANCELLED:
            raise Refused(_("Việc chung của việc này đã dừng; cần mở lại việc chung trước."))

    def refuse_under_finished_parent(self):
        """Nor from having been voided below what was done by itself; what is done by parts opens again for it."""
        self.refuse_under_stopped_parent()
        parent = self.held_parent()
        if parent and parent.state == State.DONE and not parent.children.live().exists():
            raise Refused(_("Việc chung của việc này đã hoàn thành; cần mở lại việc chung trước."))

    def settle(self):
        states = set(self.children.live().values_list("state", flat=True))
        finished = State.DONE in states and states <= {State.DONE, State.CANCELLED}
        if finished and self.state in AT_WORK:
            self.finish_with_parts()
        elif self.state == State.CHECKING and states and not finished:
            self.move(State.DOING, by=None)
            self.record("reopened", by=None)
        elif self.state == State.DONE and states and not finished:
            self.move(State.DOING, by=None, completed_at=None, completed_on=None, above=False, above_reason="")
            self.record("reopened", by=None)
        elif self.state == State.GIVEN and states & {State.DOING, State.CHECKING, State.DONE}:
            self.begin(by=None)

    def finish_with_parts(self):
        """All below are done: so is this one, once a second person has looked at it where somebody shall.

        It came when the last of them was handed in, or given up: what a check of theirs took is nobody's delay.
        """
        came = max(filter(None, self.children.aggregate(**ENDS).values()))
        if self.checker_id:
            self.move(State.CHECKING, by=None, submitted_at=came, submitted_by=None)
            self.record("submitted", by=None)
        else:
            self.move(State.DONE, by=None, **finished_at(came))
            self.record("completed", by=None)
