"""Refusals with a sentence, and the page for a form whose security token is gone."""

from django.apps import apps
from django.shortcuts import render
from django.utils.translation import gettext as _
from psycopg2.errors import DeadlockDetected


class Refused(Exception):
    """An act that the rules do not allow now; its text is a sentence for the person who tried."""

    def trace(self, record, *, by):
        """Leave on `record` what shall be known of the try, once all that it did is undone; nothing unless told."""


def sentence_of(refusal):
    """What a refusal of the database means to people: the words of the constraint, or that it was refused."""
    broken = getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if broken and constraint.name == broken:
                return constraint.get_violation_error_message()
    return _("Cơ sở dữ liệu không nhận thay đổi này vì trái với bản ghi khác. Hãy xem lại các ô rồi lưu lần nữa.")


def told_of_collision(error):
    """The sentence for who lost where two people held what the other waited for; raises any other failure again."""
    if not isinstance(error.__cause__, DeadlockDetected):
        raise error
    return _("Người khác đang sửa chính những bản ghi này. Chưa làm gì; hãy thử lại sau ít phút.")


def csrf_failure(request, reason=""):
    """403 page of its own: the usual cause is a form left open past the end of the session."""
    return render(request, "403_csrf.html", status=403)
