"""The moves of a task from state to state, each an act of somebody."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from khoidan.core.errors import Refused
from khoidan.files.models import Attachment

from .clarity import Unclear
from .states import AT_WORK, MOVES, STANDS, State


class Moves:
    """Mixin of Task. Verbs raise Refused, with a sentence, when the state has become another one meanwhile."""

    def move(self, to, *, by, out_of=tuple(State), **columns):
        """Go to the state `to`; False when the same person has just done so, as a second click does.

        `out_of`: the states from which this act leads there, where other acts lead there from others. What was written
        otherwise the second time is no second click.
        """
        if self.state == to and self.moved_by == by:
            if any(isinstance(value, str) and value != getattr(self, name) for name, value in columns.items()):
                raise Refused(self.overtaken())
            return False
        if self.state not in out_of or (self.state, to) not in MOVES:
            raise Refused(self.overtaken())
        changed = {"state": to, "moved_by": by, "moved_at": timezone.now()} | columns
        for name, value in changed.items():
            setattr(self, name, value)
        self.save(update_fields=list(changed))
        if to not in AT_WORK:
            self.drop_wish(by=by)
        return True

    def overtaken(self):
        """What stands in the way: the state it is in, by whom and since when."""
        if self.moved_at is None:
            return self.told_place()
        return _("Việc này đã chuyển sang «%(state)s» (%(who)s, lúc %(at)s) nên không làm bước này được nữa.") % {
            "state": self.told_state,
            "who": self.moved_by or _("hệ thống"),
            "at": date_format(timezone.localtime(self.moved_at), "DATETIME_FORMAT"),
        }

    def told_place(self):
        """That it stands where the act is none."""
        return _("Việc này đang ở trạng thái «%(state)s» nên không làm bước này được.") % {"state": self.told_state}

    @property
    def told_state(self):
        return self.get_state_display()

    def give(self, *, by):
        """Tell the accountable person to work on it. Raises Unclear while anything is missing."""
        missing = self.missing() if self.state == State.DRAFT else []
        if missing:
            raise Unclear(missing)
        if self.move(State.GIVEN, by=by, given_at=timezone.now(), given_by=by, handed_back_by=None):
            self.record("given", by=by)
            self.give_children(by=by)
            self.settle()

    def begin(self, *, by):
        if self.move(State.DOING, by=by, out_of=STANDS["begin"], started_at=timezone.now()):
            self.record("started", by=by)
            self.settle_parent()

    def complete(self, *, by, result="", files=()):
        """Hand the result in, with `files`: to who checks where somebody does, else the task is done."""
        if self.children.live().exists():
            raise Refused(_("Việc này xong khi mọi việc con của nó xong; hãy hoàn thành từng việc con."))
        handed_in = {"result": result, "submitted_at": timezone.now(), "submitted_by": by}
        if self.checker_id:
            if self.move(State.CHECKING, by=by, out_of=STANDS["complete"], **handed_in):
                Attachment.objects.attach(files, to=self, by=by)
                self.record("submitted", by=by)
        elif self.move(State.DONE, by=by, out_of=STANDS["complete"], **handed_in, **finished_at(timezone.now())):
            Attachment.objects.attach(files, to=self, by=by)
            self.record("completed", by=by)
            self.settle_parent()

    def accept(self, *, by, above=False, above_reason=""):
        """Find the result good; the day it was handed in is the day it was done. `above`: better than asked for."""
        if self.state == State.CHECKING and by in (self.submitted_by, self.accountable and self.accountable.user):
            raise Refused(_("Người làm hoặc người báo xong không tự nghiệm thu được; cần người thứ hai."))
        if self.state == State.CHECKING and by.pk in self.did_parts():
            raise Refused(_("Người đã làm một phần của việc này không nghiệm thu được cả việc; cần người thứ hai."))
        if self.open_children().exists():
            raise Refused(_("Việc này xong khi mọi việc con của nó xong; hãy hoàn thành từng việc con."))
        praise = {"above": bool(above), "above_reason": above_reason if above else ""}
        day = finished_at(self.submitted_at or timezone.now())
        if self.move(State.DONE, by=by, out_of=STANDS["accept"], **day, **praise):
            self.record("accepted", by=by, reason=praise["above_reason"])
            self.settle_parent()

    def send_back(self, *, by, reason):
        """Ask for more work on what was handed in."""
        if self.state == State.CHECKING and self.children.live().exists():
            raise Refused(_("Việc này xong theo các việc con; hãy mở lại việc con cần làm tiếp."))
        if self.move(State.DOING, by=by, out_of=STANDS["send_back"]):
            self.record("sent_back", by=by, reason=reason)

    def hand_back(self, *, by, reason):
        """The accountable person gives the task back, as unclear or not theirs; it is a draft again."""
        if self.open_children().exists():
            raise Refused(_("Việc này còn việc con đang làm nên không trả lại được."))
        kept = {"unclear_at": self.unclear_at or timezone.now(), "handed_back_by": self.accountable}
        if self.move(State.DRAFT, by=by, out_of=STANDS["hand_back"], **kept):
            self.record("handed_back", by=by, reason=reason)

    def cancel(self, *, by, reason):
        """Stop the work for good; parts at work are stopped first, parts that were never given go with it."""
        parts = self.parts_never_given()
        if self.move(State.CANCELLED, by=by, cancelled_at=timezone.now()):
            self.record("cancelled", by=by, reason=reason)
            self.withdraw(parts, by=by)
            self.settle_parent()

    def reopen(self, *, by, reason):
        """Back to work what was done; back to a draft, which the gate sees again, what was stopped."""
        undone = {"completed_at": None, "completed_on": None, "above": False, "above_reason": ""}
        self.refuse_under_stopped_parent()
        if self.state == State.DONE and self.children.live().exists():
            raise Refused(_("Việc này xong theo các việc con; hãy mở lại việc con cần làm tiếp."))
        if self.state in (State.CANCELLED, State.DRAFT):
            moved = self.move(State.DRAFT, by=by, out_of=(State.CANCELLED,), cancelled_at=None)
        else:
            moved = self.move(State.DOING, by=by, out_of=(State.DONE,), **undone)
        if moved:
            self.record("reopened", by=by, reason=reason)
            self.settle_parent()

    def mark(self, *, by, reason):
        """Say of a finished task that it went above what was asked for, and in what."""
        if self.state not in STANDS["mark"]:
            raise Refused(_("Chỉ việc đã hoàn thành mới ghi nhận vượt yêu cầu được."))
        if (self.above, self.above_reason) != (True, reason):
            self.above, self.above_reason = True, reason
            self.save(update_fields=["above", "above_reason"])
            self.record("marked_above", by=by, reason=reason)


def finished_at(moment):
    return {"completed_at": moment, "completed_on": timezone.localdate(moment)}
