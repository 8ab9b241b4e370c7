"""What PostgreSQL itself holds of tasks: indexes for the usual lists, and rules no row may break."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from .clarity import CLEAR
from .states import OPEN

LIVE = Q(voided_at=None)
IS_OPEN = LIVE & Q(state__in=[str(state) for state in OPEN])
IS_DRAFT = LIVE & Q(state="draft")
LISTED = ["-completed_on", "due", "id"]  # Task.Meta.ordering
WEIGHED = ["private", "state", "submitted_at"]  # beside the due day, what says whether an open task is late

# Lists and counts read these alone: what rights and the usual filters ask of a row stands beside its key.
INDEXES = [
    Index(fields=["unit", *LISTED], include=["private", "state"], condition=LIVE, name="task_by_unit"),
    Index(
        fields=["bloc", *LISTED],
        include=["private", "state", "unit", "given_at", "submitted_at", "unclear_at"],
        condition=LIVE,
        name="task_by_bloc",
    ),
    Index(fields=["accountable", *LISTED], include=["bloc", "state"], condition=LIVE, name="task_by_person"),
    Index(fields=["id"], include=["completed_on", "due", "private", "bloc"], condition=LIVE, name="task_by_key"),
    Index(fields=["unit", "due", "id"], include=WEIGHED, condition=IS_OPEN, name="task_open_by_unit"),
    Index(fields=["bloc", "due", "id"], include=WEIGHED, condition=IS_OPEN, name="task_open_by_bloc"),
    Index(fields=["unit", "due", "id"], condition=IS_DRAFT, name="task_draft_by_unit"),
    Index(fields=["bloc", "due", "id"], condition=IS_DRAFT, name="task_draft_by_bloc"),
    Index(fields=["checker", "due", "id"], condition=Q(checker__isnull=False), name="task_by_checker"),
    Index(fields=["created_by"], condition=Q(private=True), name="task_private_by_author"),
    Index(fields=["given_by"], condition=Q(private=True), name="task_private_by_giver"),
    Index(fields=["parent"], condition=Q(parent__isnull=False), name="task_by_parent"),
    Index(fields=["origin_type", "origin_id"], name="task_by_origin"),
    GinIndex(OpClass("folded", name="gin_trgm_ops"), name="task_by_words"),
]

CONSTRAINTS = [
    CheckConstraint(
        condition=Q(state="draft") | CLEAR,
        name="task_given_is_clear",
        violation_error_message=_("Nhiệm vụ đã giao phải có người chủ trì, sản phẩm, nơi làm và hạn."),
    ),
    CheckConstraint(
        condition=Q(state="done", completed_at__isnull=False, completed_on__isnull=False)
        | (~Q(state="done") & Q(completed_at=None, completed_on=None)),
        name="task_done_has_a_day",
    ),
    CheckConstraint(
        condition=Q(start=None) | Q(due=None) | Q(due__gte=F("start")),
        name="task_due_after_start",
        violation_error_message=_("Hạn không thể trước ngày bắt đầu."),
    ),
    CheckConstraint(
        condition=Q(checker=None) | Q(accountable=None) | ~Q(checker=F("accountable")),
        name="task_checked_by_another",
        violation_error_message=_("Người nghiệm thu phải khác người chủ trì."),
    ),
    CheckConstraint(
        condition=Q(above=False) | (Q(state="done") & ~Q(above_reason="")),
        name="task_above_says_why",
        violation_error_message=_("Vượt yêu cầu phải ghi rõ vượt ở chỗ nào."),
    ),
    CheckConstraint(condition=Q(percent__lte=100), name="task_at_most_whole"),
    CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="task_not_below_itself"),
    UniqueConstraint(
        fields=["parent", "unit"],
        condition=Q(parent__isnull=False, voided_at=None),
        name="task_one_child_a_unit",
        violation_error_message=_("Đơn vị này đã có việc thuộc việc chung đó."),
    ),
    UniqueConstraint(
        fields=["template", "occurrence"],
        name="task_once_an_occurrence",
        violation_error_message=_("Kỳ này của việc mẫu đã có nhiệm vụ."),
    ),
    CheckConstraint(condition=Q(occurrence=None) | Q(template__isnull=False), name="task_occurrence_of_template"),
]
