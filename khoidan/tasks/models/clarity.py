"""The clarity gate: clear person, clear task, clear address, before anybody is told to work."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khoidan.core.errors import Refused

NEEDED = {
    "accountable": _("Rõ người: một người chủ trì"),
    "deliverable": _("Rõ việc: sản phẩm phải có"),
    "unit": _("Rõ việc: đơn vị thực hiện"),
    "place": _("Rõ địa chỉ: địa bàn hoặc nơi làm"),
    "due": _("Rõ hạn: ngày phải xong"),
    "seat": _("Người chủ trì đang giữ chức danh trong khối"),
}
FIELD_OF = {"place": "address", "seat": "accountable"}  # where on the form; the others have a field of their name

# What the database can check by itself of the gate: no given task without these.
CLEAR = Q(accountable__isnull=False, due__isnull=False) & ~Q(deliverable="") & (Q(area__isnull=False) | ~Q(address=""))


class Unclear(Refused):
    """Raised when a task that is not clear would be given; `missing` names what is absent."""

    def __init__(self, missing):
        self.missing = missing
        wanting = "; ".join(str(NEEDED[name]) for name in missing)
        super().__init__(_("Chưa giao được, còn thiếu: %(missing)s.") % {"missing": wanting})

    def trace(self, task, *, by):
        """What stays of a refused try when everything else of it is undone: the task was not clear at first."""
        task.stumble(by=by, missing=self.missing)


class Clarity:
    """Mixin of Task: what is clear about it and what is not."""

    def written(self):
        """[(name, label, is clear)] of what stands in the task itself."""
        clear = {
            "accountable": self.accountable_id is not None,
            "deliverable": bool(self.deliverable),
            "unit": self.unit_id is not None,
            "place": self.area_id is not None or bool(self.address),
            "due": self.due is not None,
        }
        return [(name, NEEDED[name], is_clear) for name, is_clear in clear.items()]

    def clarity(self):
        """[(name, label, is clear)] in the order of the checklist; nobody's seat is not asked about."""
        seat = [("seat", NEEDED["seat"], self.has_seated_person())] if self.accountable_id else []
        return [*self.written(), *seat]

    def stumble(self, *, by, missing):
        """Remember that the gate refused this task; the first time counts for the score of its unit."""
        if self.unclear_at is None:
            self.unclear_at = timezone.now()
            self.save(update_fields=["unclear_at"])
        self.record("stopped_at_gate", by=by, missing=missing)

    def lacking(self):
        """What the task's own columns lack; whether its person holds a seat is asked when it is given."""
        return [name for name, _label, clear in self.written() if not clear]

    def missing(self, places=None):
        """What the gate asks for and does not find; `places` as has_seated_person takes them."""
        unseated = self.accountable_id is not None and not self.has_seated_person(places)
        return [*self.lacking(), *(["seat"] if unseated else [])]

    def has_seated_person(self, places=None):
        """True while the accountable person holds an appointment in the bloc today.

        `places` are (person, bloc) of all who do, where they were read for many tasks.
        """
        if self.accountable_id is None or self.unit_id is None:
            return False
        if places is not None:
            return (self.accountable_id, self.unit.bloc_id) in places
        return self.accountable.sits_in(self.unit.bloc_id)
