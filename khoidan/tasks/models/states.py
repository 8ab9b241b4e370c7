"""The states of a task and the moves between them; the database holds the same table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("nháp")
    GIVEN = "given", _("đã giao")
    DOING = "doing", _("đang làm")
    CHECKING = "checking", _("chờ nghiệm thu")
    DONE = "done", _("hoàn thành")
    CANCELLED = "cancelled", _("đã dừng")


class Urgency(models.IntegerChoices):
    """Degrees of urgency in the words of Decree 30/2020/NĐ-CP, annex I; the higher the sooner."""

    NORMAL = 0, _("thường")
    URGENT = 1, _("khẩn")
    VERY_URGENT = 2, _("thượng khẩn")
    EXPRESS = 3, _("hỏa tốc")


OPEN = (State.GIVEN, State.DOING, State.CHECKING)  # somebody must do something about it
AT_WORK = (State.GIVEN, State.DOING)  # and that somebody is the accountable person

MOVES = (
    (State.DRAFT, State.GIVEN),
    (State.GIVEN, State.DOING),
    (State.GIVEN, State.CHECKING),
    (State.GIVEN, State.DONE),
    (State.DOING, State.CHECKING),
    (State.DOING, State.DONE),
    (State.CHECKING, State.DONE),
    (State.CHECKING, State.DOING),  # sent back by who checks
    (State.GIVEN, State.DRAFT),  # handed back by the accountable person
    (State.DOING, State.DRAFT),
    (State.GIVEN, State.CANCELLED),
    (State.DOING, State.CANCELLED),
    (State.CHECKING, State.CANCELLED),
    (State.DONE, State.DOING),  # reopened
    (State.CANCELLED, State.DRAFT),
)

STANDS = {  # the states in which each act can be done at all; one that is not here asks for none
    "give": (State.DRAFT,),
    "fan_out": (State.DRAFT, *AT_WORK),
    "begin": (State.GIVEN,),
    **dict.fromkeys(("note", "complete", "ask", "hand_back"), AT_WORK),
    **dict.fromkeys(("accept", "send_back"), (State.CHECKING,)),
    **dict.fromkeys(("decide", "reschedule", "reassign", "cancel"), OPEN),
    "mark": (State.DONE,),
    "reopen": (State.DONE, State.CANCELLED),
}

LOOKS = {  # icon and tone of each
    State.DRAFT: ("pencil", "draft"),
    State.GIVEN: ("send", "running"),
    State.DOING: ("play-fill", "running"),
    State.CHECKING: ("hourglass-split", "warning"),
    State.DONE: ("check-circle-fill", "done"),
    State.CANCELLED: ("x-circle", "draft"),
}
