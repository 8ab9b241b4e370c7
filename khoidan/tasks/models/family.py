"""One task for many: a parent that shows how those below it stand, and is done when they are."""

from django.db.models import Q
from django.utils import timezone

from khoidan.organizations.models import Kind

from .moves import finished_at
from .states import OPEN, State

# A parent is done by those below it alone, whoever writes the row.
WAITS_FOR_CHILDREN = """
    IF EXISTS (
        SELECT 1 FROM tasks_task child
        WHERE child.parent_id = NEW.id AND child.voided_at IS NULL AND child.state NOT IN ('done', 'cancelled')
    ) THEN
        RAISE EXCEPTION 'task % is not done before its children', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
HANDED_DOWN = ("title", "deliverable", "requirement", "description", "area", "address", "start", "due", "urgency")


class Family:
    """Mixin of Task: fanning out, and what the states of the children mean for the parent."""

    def open_children(self):
        return self.children.live().filter(Q(state=State.DRAFT) | Q(state__in=OPEN))

    def fan_out(self, unit, accountable, *, by):
        """The draft for one more unit and its accountable person; it counts for the unit if that is an organization."""
        child = type(self)(parent=self, unit=unit, accountable=accountable, created_by=by, private=self.private)
        for name in HANDED_DOWN:
            setattr(child, name, getattr(self, name))
        child.checker = self.checker if self.checker != accountable else None
        child.save()
        if unit.kind == Kind.ORGANIZATION:
            child.organizations.add(unit)
        child.record("created", by=by, parent=self.pk)
        return child

    def settle_parent(self):
        """After a move of this one: bring the parent to where its children are. The parent's row is held meanwhile."""
        if self.parent_id:
            type(self).objects.select_for_update(of=("self",)).get(pk=self.parent_id).settle()

    def settle(self):
        states = set(self.children.live().values_list("state", flat=True))
        finished = State.DONE in states and states <= {State.DONE, State.CANCELLED}
        if finished and self.state in OPEN:
            self.move(State.DONE, by=None, **finished_at(timezone.now()))
            self.record("completed", by=None)
        elif self.state == State.DONE and not finished:
            self.move(State.DOING, by=None, completed_at=None, completed_on=None, above=False, above_reason="")
            self.record("reopened", by=None)
        elif self.state == State.GIVEN and states - {State.DRAFT, State.GIVEN}:
            self.begin(by=None)
