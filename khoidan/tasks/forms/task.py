from django import forms
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ScopedForm
from khoidan.tasks.models import Task
from khoidan.tasks.models.clarity import FIELD_OF, NEEDED
from khoidan.tasks.offers import Offers

MOVED_BY_ACTS = ("unit", "accountable", "due")  # of a given task: each has an act of its own, with a reason, or stays


class TaskForm(Offers, ScopedForm):
    layout = (
        (_("Việc"), ["title", "deliverable", "requirement", "description"]),
        (_("Người và nơi"), ["unit", "accountable", "helpers", "checker", "organizations", "area", "address"]),
        (_("Thời hạn"), ["start", "due", "urgency", "private"]),
    )

    class Meta:
        model = Task
        fields = [
            "title",
            "deliverable",
            "requirement",
            "description",
            "unit",
            "accountable",
            "helpers",
            "checker",
            "organizations",
            "area",
            "address",
            "start",
            "due",
            "urgency",
            "private",
        ]
        widgets = {
            "requirement": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 4}),
            "organizations": forms.CheckboxSelectMultiple,
        }

    def limit(self, user):
        super().limit(user)
        self.offer_people("accountable", "checker", "helpers")
        self.offer_organizations(self.fields["organizations"])
        self.offer_areas(self.fields["area"])
        self.fields["urgency"].required = False  # ordinary unless told
        if self.instance.pk and self.instance.state != Task.State.DRAFT:
            for name in MOVED_BY_ACTS:
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        person = cleaned.get("accountable") or self.instance.accountable
        if person and person in (cleaned.get("helpers") or ()):
            self.add_error("helpers", _("Người chủ trì không phối hợp với chính mình; bỏ tên này ở đây."))
        if cleaned.get("checker") in (cleaned.get("helpers") or ()):
            self.add_error("checker", _("Người nghiệm thu là người thứ hai, không phải người phối hợp."))
        return cleaned

    def _post_clean(self):
        """A given task stays clear: what would be missing is told at its field."""
        super()._post_clean()
        if self.instance.state in Task.OPEN:
            for name in self.instance.lacking():
                field = FIELD_OF.get(name, name)
                if field in self.fields and not self.has_error(field):
                    self.add_error(field, _("Việc đã giao không được thiếu. %(what)s.") % {"what": NEEDED[name]})
