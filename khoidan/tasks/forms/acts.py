"""What the acts on a task ask for."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from khoidan.core.dates import DateField
from khoidan.core.forms import ProseInput, ReasonForm
from khoidan.files.forms import FilesField
from khoidan.staffing.models import Person
from khoidan.tasks.offers import choice_list, near_to, people_seated, words_of

from .past import TICK, AsksAboutThePast


class CompletionForm(forms.Form):
    result = ProseInput(
        label=_("Kết quả"), max_length=2000, help_text=_("Đã xong gì, sản phẩm để ở đâu. Một câu là đủ.")
    )
    files = FilesField()


class ProgressForm(forms.Form):
    wants = ("record",)
    token = forms.UUIDField(widget=forms.HiddenInput)
    percent = forms.IntegerField(
        label=_("Tiến độ (%)"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 5}),
    )
    text = ProseInput(label=_("Đã làm được gì"), max_length=2000)
    files = FilesField()

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid.uuid4())
        self.initial.setdefault("percent", record.percent if record else 0)


class AcceptanceForm(forms.Form):
    above = forms.BooleanField(label=_("Vượt yêu cầu"), required=False)
    above_reason = ProseInput(
        label=_("Vượt ở chỗ nào"),
        required=False,
        help_text=_("Ghi khi chọn «Vượt yêu cầu»: sớm hơn, nhiều hơn, tốt hơn thế nào."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("above") and not cleaned.get("above_reason") and not self.has_error("above_reason"):
            self.add_error("above_reason", _("Vượt yêu cầu phải ghi rõ vượt ở chỗ nào."))
        return cleaned


class MarkForm(forms.Form):
    reason = ProseInput(label=_("Vượt ở chỗ nào"), help_text=_("Sớm hơn, nhiều hơn, tốt hơn yêu cầu thế nào."))


class DueForm(AsksAboutThePast):
    """Mixin of forms that set a day: filled with the date in force."""

    wants = ("record",)
    field_order = ["due", TICK]
    due = DateField(label=_("Hạn mới"))

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record

    def due_before(self):
        return self.record and self.record.due


class ExtensionForm(DueForm, ReasonForm):
    pass


class ReschedulingForm(DueForm, ReasonForm):
    pass


class GrantForm(DueForm):
    answer = ProseInput(label=_("Ghi chú"), required=False)

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        waiting = record and record.waiting_extension()
        if waiting:
            self.initial.setdefault("due", waiting.due_asked)


class ReassignmentForm(ReasonForm):
    """Somebody else who holds a seat in the bloc of the task, or of `blocs` where there are many tasks."""

    wants = ("record", "user")
    field_order = ["person", "reason"]
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Người chủ trì mới"))

    def __init__(self, *args, user, record=None, blocs=(), **kwargs):
        super().__init__(*args, **kwargs)
        near = near_to(user, record and record.unit_id)
        people = people_seated([record.bloc_id] if record else list(blocs), near=near)
        if record:
            people = people.exclude(pk=record.accountable_id)
        field = self.fields["person"]
        field.queryset = people
        field.choices = choice_list(field, [(person.pk, words_of(person)) for person in people])
        field.widget.attrs["data-pick"] = ""
