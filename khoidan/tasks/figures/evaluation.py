"""What a person's work of a quarter came to, in the figures that 366-QĐ/TW asks for; the grade is for people to give.

Counted in a quarter: tasks that the person is accountable for (now, or was at the end), due on one of its days, given
and not stopped since. A due date lawfully moved counts as moved. What was passed on to another person counts for that
person, and is told apart; help to others is told apart too.

What is handed back late stays counted against who handed it back: nobody betters their own figures by an act of their
own. It leaves them by the act of who directs the work: given again, another person, another day, voided. What is handed
back in time is not counted. 366-QĐ/TW asks for quantity and progress and is silent about this: the rule is khoidan's.
"""

from dataclasses import dataclass

from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khoidan.core.periods import Period
from khoidan.staffing.models import Person
from khoidan.tasks.models import Reassignment, Task
from khoidan.tasks.models.figures import ABOVE, COUNTED
from khoidan.tasks.models.lateness import BACK_LATE, DONE_LATE, ON_TIME, late, not_due

from .cells import cell, share

STATES = {"counted": COUNTED, "on_time": ON_TIME, "done_late": DONE_LATE, "back_late": BACK_LATE, "above": ABOVE}
COLUMNS = {
    "counted": _("được giao"),
    "on_time": _("đúng hạn"),
    "done_late": _("xong quá hạn"),
    "late": _("chưa xong, quá hạn"),
    "back_late": _("trả lại khi đã quá hạn"),
    "not_due": _("chưa xong, còn hạn"),
    "above": _("vượt yêu cầu"),
    "helping": _("phối hợp"),
    "passed": _("chuyển đi"),
}
MEASURES = (
    _("Kỳ nào: việc đã giao có hạn trong kỳ, không kể việc đã dừng; hạn đã được đổi thì tính theo hạn mới."),
    _("Của ai: người chủ trì hiện nay; việc đã chuyển cho người khác nằm ở cột «chuyển đi» của người trước."),
    _("Đúng hạn: báo xong chậm nhất vào ngày đến hạn. Tỷ lệ tính trên việc đã xong hoặc đã quá hạn."),
    _(
        "Việc chờ nghiệm thu xét theo ngày báo xong: báo chậm nhất vào ngày đến hạn thì tính là chưa xong, còn hạn; "
        "báo sau ngày đó thì tính là chưa xong, quá hạn."
    ),
    _(
        "Việc trả lại người giao khi đã quá hạn vẫn tính là được giao và chậm của người trả lại, cho đến khi việc được "
        "giao lại, đổi người chủ trì, đổi hạn hoặc hủy; trả lại khi còn hạn thì không tính."
    ),
    _("Tính cả việc riêng, chỉ bằng con số; danh sách mở ra chỉ có những việc bạn được xem."),
    _(
        "Mốc của Quy định 366-QĐ/TW để đối chiếu: từ 90 điểm khi mọi việc đúng hạn và ít nhất 30 phần trăm vượt "
        "yêu cầu; từ 70 đến dưới 90 khi mọi việc đúng hạn; từ 50 đến dưới 70 khi mọi việc đều xong và không quá "
        "20 phần trăm chậm. Đây là số liệu, không phải xếp loại."
    ),
)
SHARED = ("on_time", "done_late", "late", "back_late", "above")  # told in percent too
BESIDE = {"helping": "helper", "passed": "passed"}  # filters of what somebody is not accountable for


@dataclass(frozen=True)
class Merit:
    """Numbers of tasks of one person in one period, private ones included."""

    person: Person
    period: Period
    numbers: dict

    def number(self, name):
        return self.numbers.get(name, 0)

    @property
    def settled(self):
        """What can be judged already: all but what is open and not due yet."""
        return self.number("counted") - self.number("not_due")

    def percent(self, name):
        """Share of what can be judged; None of nothing, and where no share is told."""
        return share(self.number(name), self.settled) if name in SHARED else None

    def cell(self, name):
        """Leads to those of its rows that who follows the link may see."""
        whose = {BESIDE.get(name, "accountable"): self.person.pk}
        state = "counted" if name in BESIDE else name
        return cell(self.number(name), state=state, due_from=self.period.start, due_to=self.period.last, **whose)

    @property
    def cells(self):
        """[(words, Cell, percent or None)] of COLUMNS."""
        return [(words, self.cell(name), self.percent(name)) for name, words in COLUMNS.items()]


def merits(user, people, period):
    """[Merit] of `people`, a queryset of those whom `user` may evaluate; four queries."""
    today, keys = timezone.localdate(), people.order_by().values("pk")
    tasks = Task.objects.weighed_by(user).filter(COUNTED & period.within("due"))
    states = STATES | {"late": late(today), "not_due": not_due(today)}
    own = tasks.filter(accountable__in=keys).values("accountable")
    numbers = {
        row.pop("accountable"): row
        for row in own.annotate(**{name: Count("pk", filter=told) for name, told in states.items()})
    }
    others = {
        "helping": tasks.filter(helpers__in=keys).values_list("helpers").annotate(n=Count("pk")),
        "passed": passed_on(tasks, keys).values_list("before").annotate(n=Count("task", distinct=True)),
    }
    for name, rows in others.items():
        for pk, n in rows:
            numbers.setdefault(pk, {})[name] = n
    return [Merit(person, period, numbers.get(person.pk, {})) for person in people]


def passed_on(tasks, people):
    """Reassignments that took one of `tasks` away from one of `people` for good."""
    rows = Reassignment.objects.filter(before__in=people, task__in=tasks.values("pk"))
    return rows.exclude(task__accountable=F("before")).order_by()
