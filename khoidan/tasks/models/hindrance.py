"""What stands against an act on each of many tasks, told in a few queries however many there are.

Each function takes tasks and gives {pk: sentence} of those on which the act cannot be done now.
"""

from django.utils.translation import gettext as _

from khoidan.staffing.models import Appointment

from .clarity import Unclear
from .states import STANDS, State
from .task import Task


def unless_standing(act, tasks):
    return {task.pk: task.told_place() for task in tasks if task.state not in STANDS[act]}


def unless_open(tasks):
    drafts = {task.pk: _("Việc còn là nháp; muốn đổi thì bấm Sửa.") for task in tasks if task.state == State.DRAFT}
    return unless_standing("reschedule", tasks) | drafts


def from_giving(tasks):
    people = {task.accountable_id for task in tasks} - {None}
    places = Appointment.objects.held().filter(person__in=people).places()
    told = {task.pk: str(Unclear(missing)) for task in tasks if (missing := task.missing(places))}
    return told | unless_standing("give", tasks)


def from_completing(tasks):
    parents = Task.objects.live().filter(parent__in=tasks).values_list("parent", flat=True)
    waiting = _("Việc này xong khi mọi việc con của nó xong; hãy hoàn thành từng việc con.")
    return dict.fromkeys(parents, waiting) | unless_standing("complete", tasks)
