"""One task for many: a parent that shows how those below it stand, and is done when they are."""

from django.db.models import Q
from django.utils.translation import gettext as _

from khoidan.core.attempts import attempt
from khoidan.core.errors import Refused
from khoidan.organizations.models import Kind

from .clarity import Unclear
from .settling import Settling
from .states import OPEN, STANDS, State
from .written import IN_PARTS

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
MOST_PARTS = 100  # units that a task is fanned out to at a time


class Family(Settling):
    """Mixin of Task: fanning out, and what an act on the whole does to its parts."""

    def open_children(self):
        return self.children.live().filter(Q(state=State.DRAFT) | Q(state__in=OPEN))

    def parts_never_given(self):
        """Drafts below that nobody was given to do, held; raises Refused while any other part is open."""
        waiting = list(self.children.live().filter(state=State.DRAFT, given_by=None).locked().order_by("pk"))
        if self.open_children().exclude(pk__in=[part.pk for part in waiting]).exists():
            raise Refused(_("Việc này còn việc con đang làm; hãy dừng các việc con trước."))
        return waiting

    @staticmethod
    def withdraw(parts, *, by):
        """Void drafts that go with the whole, whosever unit they wait in: or they would hold it against who gave it."""
        for part in parts:
            part.void(by=by, reason=_("Việc chung đã dừng."))

    def fan_out(self, *, by, chosen):
        """One task below this one for each (unit, person) of `chosen` that has none yet, each given where `by` may.

        Raises Refused when this task is itself a part of another, or is over, or for more than MOST_PARTS units;
        Unclear when it is not clear itself.
        """
        if len(chosen) > MOST_PARTS:
            told = {"count": len(chosen), "most": MOST_PARTS}
            raise Refused(_("Bạn chọn %(count)s đơn vị; mỗi lần giao nhiều nhất %(most)s đơn vị.") % told)
        if refusal := self.why_whole():
            raise Refused(refusal)
        taken = set(self.children.live().values_list("unit", flat=True))
        for unit, person in chosen:
            if unit.pk not in taken:
                self.hand_down(unit, person, by=by)
        if self.state == State.DRAFT and self.permits(by, "give"):
            self.give(by=by)
        else:
            self.give_children(by=by)

    def why_whole(self):
        """Why it has no parts to be made of it now; empty where it may have some."""
        divisible = self.parent_id is None and self.state in STANDS["fan_out"]
        return "" if divisible else _("Chỉ chia được việc chưa xong và không phải là việc con.")

    def hand_down(self, unit, person, *, by):
        """The draft for one unit and its accountable person; it counts for the unit if that is an organization."""
        handed = {name: getattr(self, name) for name in IN_PARTS}
        child = type(self)(parent=self, unit=unit, accountable=person, created_by=by, **handed)
        if child.checker == person:
            child.checker = None
        child.save()
        if unit.kind == Kind.ORGANIZATION:
            child.organizations.add(unit)
        child.record("created", by=by, parent=self.pk)

    def give_children(self, *, by):
        """Give the drafts below that `by` may give and that are clear; the others wait, and the gate remembers why.

        One that somebody else holds is left to them: who acts on a child holds it and then waits for the parent.
        """
        drafts = type(self).objects.permitting(by, "give").filter(parent=self.pk, state=State.DRAFT)
        held = drafts.select_for_update(of=("self",), skip_locked=True)
        for child in held.select_related("unit", "accountable").order_by("pk"):
            attempt(child.give, child, by=by, expecting=Unclear)

    def changed(self, *, by):
        """What became private is so in all its parts; the other way each part stays as it is."""
        super().changed(by=by)
        if self.private:  # voided parts too: they may come back
            for part in self.children.filter(private=False).locked().order_by("pk"):
                part.private = True
                part.save(update_fields=["private"])
                part.record("changed", by=by)
