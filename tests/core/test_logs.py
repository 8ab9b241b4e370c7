"""What a request leaves in the log."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "level", "told"),
    [(PermissionDenied("no"), "WARNING", False), (ValueError("x"), "ERROR", True)],
)
def test_only_a_fault_of_ours_leaves_a_traceback(rf, caplog, error, level, told):
    request = rf.get("/tasks/")
    request.user = None
    response_for_exception(request, error)
    [record] = [record for record in caplog.records if record.name == "django.request"]
    assert (record.levelname, bool(record.exc_info)) == (level, told)
