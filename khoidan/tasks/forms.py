from django import forms
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ProseInput, ScopedForm

from .models import Task
from .models.clarity import FIELD_OF, NEEDED
from .offers import Offers


class TaskForm(Offers, ScopedForm):
    layout = (
        (_("Việc"), ["title", "deliverable", "description"]),
        (_("Người và nơi"), ["unit", "accountable", "organizations", "area", "address"]),
        (_("Hạn"), ["due"]),
    )

    class Meta:
        model = Task
        fields = [
            "title",
            "deliverable",
            "description",
            "unit",
            "accountable",
            "organizations",
            "area",
            "address",
            "due",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "organizations": forms.CheckboxSelectMultiple,
        }

    def limit(self, user):
        super().limit(user)
        self.offer_people("accountable")
        self.offer_organizations(self.fields["organizations"])
        self.offer_areas(self.fields["area"])

    def _post_clean(self):
        """A given task stays clear: what would be missing is told at its field."""
        super()._post_clean()
        if self.instance.state == Task.State.GIVEN:
            for name in self.instance.missing():
                field = FIELD_OF.get(name, name)
                if not self.has_error(field):
                    self.add_error(field, _("Việc đã giao không được thiếu. %(what)s.") % {"what": NEEDED[name]})


class CompletionForm(forms.Form):
    result = ProseInput(
        label=_("Kết quả"), max_length=2000, help_text=_("Đã xong gì, sản phẩm để ở đâu. Một câu là đủ.")
    )
