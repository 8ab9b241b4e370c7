"""What is told to who sees a task and may not do something to it: who may, or what stands in the way, once."""

from django.utils.translation import gettext as _

from khoidan.accounts.models import User
from khoidan.notices.models import account_of

from .rights import BOUND
from .states import STANDS, State

EDITS = ("change", "attach", "detach")
CHECKS = ("accept", "send_back")
FOR_WHO_WORKS = ("begin", "note", "complete")  # steps of who does the work; who helps tells how far it is, too


class Refusing:
    """Mixin of Task."""

    def refusal(self, action):
        """Who may do it, in a sentence; the state is told instead where it is what stands in the way."""
        if action in EDITS and self.state == State.DONE:
            return _("Nhiệm vụ đã hoàn thành nên không sửa được; hãy mở lại trước.")
        if action in EDITS and self.state == State.CANCELLED:
            return _("Nhiệm vụ đã dừng nên không sửa được; hãy mở lại trước.")
        if self.state not in STANDS.get(action, State):
            return self.told_place()
        if action in ("hand_back", "ask"):
            return _("Chỉ người chủ trì (%(who)s) làm được bước này.") % {"who": self.accountable or "–"}
        return self.who_may(action)

    def who_may(self, action):
        """Names those whom nothing else bars, so that nobody reads that they may and may not."""
        once_given = self.state != State.DRAFT or self.given_by_id is not None
        needed = "give" if action in (*EDITS, "fan_out") and once_given else action
        holders, doer = self.able(needed), self.accountable and self.accountable.user_id
        bound = action in BOUND and doer in dict(holders) and self.given_by_id not in (None, doer)
        if action in CHECKS:
            holders, barred = dict([*self.checkers(), *holders]).items(), self.barred_from_checking()
        else:
            barred = {doer} if bound or action == "mark" else set()
        people = [(user, name) for user, name in holders if user not in barred]
        return self.sentence_on(action, bound) % (self.told_right(needed, people) | {"who": self.accountable or "–"})

    def barred_from_checking(self):
        """Ids of the accounts that did it, or a part of it, or handed it in."""
        return {self.accountable and self.accountable.user_id, self.submitted_by_id, *self.did_parts()}

    def who_may_check(self):
        """Whoever checks it and who gave it; where neither may, for having handed it in, everybody who may."""
        asked, barred = [self.checker, self.given_by], self.barred_from_checking()
        if {account_of(each) for each in asked if each} <= barred:
            asked = [*User.objects.filter(pk__in=dict(self.able("accept")).keys() - barred)]
        return asked

    def checkers(self):
        return [(self.checker.user_id, self.checker.name)] if self.checker and self.checker.user_id else []

    @staticmethod
    def sentence_on(action, bound):
        if action in CHECKS:
            return _("Người làm và người báo xong không tự nghiệm thu. Người nghiệm thu được: %(names)s.")
        if bound:
            return _(
                "Việc do người khác giao thì người chủ trì (%(who)s) không tự làm bước này. Người làm được: %(names)s."
            )
        if action in FOR_WHO_WORKS:
            own = _("Bước này của người chủ trì (%(who)s) hoặc người có quyền «%(right)s» ở %(unit)s.")
            if action == "note":
                own = _(
                    "Bước này của người chủ trì (%(who)s), người phối hợp hoặc người có quyền «%(right)s» ở %(unit)s."
                )
            able = _("Người có quyền: %(names)s.")
            return f"{own} {able}"
        return _("Việc này cần quyền «%(right)s» ở %(unit)s. Người có quyền: %(names)s.")
