"""The one act that stands out on the page of a task: what this reader most probably does next."""

from django.utils import timezone

from khoidan.tasks.models import AT_WORK, State, Task
from khoidan.tasks.models.at_hand import AtHand

WORKING = ("beginning", "progress", "completion")  # acts of who does the work; whoever looks on finds them later
LAST = "voiding"


def leading(task, user):
    """Suffix of the act that waits for `user`, by the same rules as the lists of what waits; "" for who looks on.

    The task tells whether it has parts (TaskQuerySet.telling_parts).
    """
    who = AtHand(user, task)
    if task.state == State.DRAFT:
        waits = holds(Task.objects.to_give(user), task)
        return ("edit" if task.lacking() else "giving") if waits else ""
    if task.state == State.CHECKING and who.checks and who.second:
        return "acceptance"
    if task.is_open and task.wish and holds(Task.objects.to_answer(user), task):
        return "extension_grant"
    if task.state in AT_WORK and who.answers:
        return own_step(task)
    return "progress" if task.state in AT_WORK and who.helps else ""


def own_step(task):
    """Of who is accountable: begin, tell how far it is, and once all is told or the day has come, hand it in."""
    if task.state == State.GIVEN:
        return "beginning"
    ripe = task.percent == 100 or task.due <= timezone.localdate()
    return "completion" if ripe and not task.has_children and not task.wish else "progress"


def holds(rows, task):
    return rows.filter(pk=task.pk).exists()


def in_turn(acts, task, user):
    """`acts`, each as Action.on gives it, with the leading one first and standing out."""
    lead, who = leading(task, user), AtHand(user, task)
    looks_on = not (who.answers or who.helps)

    def place(act):
        return act["suffix"] != lead, act["suffix"] == LAST, looks_on and act["suffix"] in WORKING

    return [act | {"style": "primary"} if act["suffix"] == lead else act for act in sorted(acts, key=place)]
