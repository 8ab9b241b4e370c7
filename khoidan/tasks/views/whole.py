"""Reading one task for its page: the task and the right to see it in one statement, and nothing that is not there."""

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from khoidan.core.prepared import PreparedRows
from khoidan.core.splices import Key
from khoidan.organizations.models import Unit
from khoidan.staffing.models import Person
from khoidan.tasks.models import Extension, Progress, Reassignment, Task

LINKS = {"helpers": Person, "organizations": Unit}
PARTS = {f"has_{name}": getattr(Task, name).through for name in LINKS}
PARTS |= {"was_passed": Reassignment, "has_wishes": Extension, "has_notes": Progress}


def with_what_there_is(key):
    """The task of that key, and what else there is to read of it, so that nothing is asked for that is not there."""
    whole = Task.objects.filter(pk=key).order_by().for_detail().telling_parts().prefetch_related(None)
    return whole.annotate(**{name: Exists(part.objects.filter(task=OuterRef("pk"))) for name, part in PARTS.items()})


read = PreparedRows(with_what_there_is, key=int)


def whole_of(rows):
    """The one task of `rows` with what its page shows, and with has_… of what there is besides; None where none is."""
    task = next(iter(read(key=Key(rows.order_by().values("pk")))), None)
    if task is not None:
        for name, model in LINKS.items():
            rows = model.objects.all() if getattr(task, f"has_{name}") else model.objects.none()
            prefetch_related_objects([task], Prefetch(name, rows))
    return task
