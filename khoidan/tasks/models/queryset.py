"""Which tasks: the words of lists and figures."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, Subquery

from khoidan.accounts.models import User
from khoidan.core.dates import today
from khoidan.core.expressions import AnyOf
from khoidan.core.prepared import Prepared
from khoidan.staffing.models import Appointment

from .deadline import Extension
from .figures import Figures
from .lateness import Late
from .reminding import Reminding
from .rights import Rights
from .shown import COLUMNS, TaskRow
from .states import AT_WORK, OPEN, State

IN_SHORT = (
    *("title", "deliverable", "address", "due", "urgency", "private", "state", "percent", "submitted_at"),
    *("completed_on", "result"),
)

# Units in which the person of the account `user` sits on `day`.
SEATS = Prepared(
    lambda user, day: Appointment.objects.held(day).filter(person__user=user).order_by().values("unit"),
    user=int,
    day=date,
)
ACCOUNTS = {"giver": "given_by", "author": "created_by"}


class TaskQuerySet(Late, Figures, Reminding, Rights):
    row = TaskRow

    def drafts(self):
        return self.filter(state=State.DRAFT)

    def open(self):
        return self.filter(state__in=OPEN)

    def at_work(self):
        """Open, and the accountable person's turn."""
        return self.filter(state__in=AT_WORK)

    def done(self):
        return self.filter(state=State.DONE)

    def due_within(self, start, end):
        """Open and due on days from `start` until before `end`."""
        return self.open().filter(due__gte=start, due__lt=end)

    def done_within(self, start, end):
        """Completed on days from `start` until before `end`."""
        return self.done().filter(completed_on__gte=start, completed_on__lt=end)

    def to_check(self, user):
        """Tasks handed in that name `user` to check them."""
        return self.permitting(user, "accept").filter(state=State.CHECKING, checker__user=user)

    def to_answer(self, user):
        """Wishes for another date that `user` answers: who gave the task, or sits where it is done."""
        return self.permitting(user, "decide").asking().filter(Q(given_by=user) | self.at_the_seats_of(user))

    def to_give(self, user):
        """Drafts that `user` gives: who wrote them, or sits where they are to be done."""
        return self.permitting(user, "give").drafts().filter(Q(created_by=user) | self.at_the_seats_of(user))

    def helping(self, user):
        """Open tasks that `user` helps with."""
        return self.helped_by(user).open()

    @staticmethod
    def at_the_seats_of(user):
        """Condition: in a unit in which `user` holds a seat today, whatever rights reach further."""
        return Q(AnyOf(F("unit_id"), SEATS.array(user=user.pk, day=today())))

    def asking(self):
        """Open, with a wish for another due date that nobody has answered."""
        return self.open().filter(Exists(Extension.objects.filter(task=OuterRef("pk"), granted=None)))

    def stemming_from(self, model, ids):
        """Tasks whose origin is one of the records `ids` of `model`."""
        return self.live().filter(origin_type=ContentType.objects.get_for_model(model), origin_id__in=ids)

    def for_list(self):
        late = ["description", "requirement", "above_reason", "folded"]
        return self.select_related("unit", "accountable", "area").defer(*late)

    def for_rows(self):
        return self.values_list(*COLUMNS)

    def in_short(self):
        """Instances that know no more than a page of many of them says."""
        joined = ["unit__short_name", "accountable__name", "area__name"]
        return self.select_related("unit", "accountable", "area").only(*IN_SHORT, *joined)

    def telling_parts(self):
        """Annotate has_children, which decides what may be done to a task; for pages that offer that."""
        return self.annotate(has_children=Exists(self.model.objects.live().filter(parent=OuterRef("pk"))))

    def for_detail(self):
        """With who gave and who wrote it as names: each further join doubles what PostgreSQL takes to plan."""
        names = {name: User.objects.filter(pk=OuterRef(of)).values("name") for name, of in ACCOUNTS.items()}
        rows = self.select_related("unit", "accountable", "checker", "area").annotate(
            **{name: Subquery(found) for name, found in names.items()}
        )
        return rows.prefetch_related("helpers", "organizations")
