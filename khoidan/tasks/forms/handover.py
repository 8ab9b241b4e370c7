"""Who takes over what a person has open: one for all, or one for each duty."""

from zlib import crc32

from django import forms
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ProseInput
from khoidan.staffing.models import Person
from khoidan.tasks.offers import choice_list, words_of

STAYS = "stay"


class LeaverForm(forms.Form):
    """Whose work is to be handed over."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Người bàn giao"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = people
        field.widget.attrs["data-pick"] = ""


class HandoverForm(forms.Form):
    """`duties` have a field each, empty where the duty goes to the one for all; `people` are who may take over."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Người nhận"), required=False)
    reason = ProseInput(label=_("Lý do"))

    def __init__(self, *args, duties=(), people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.duties, self.people = duties, {str(person.pk): person for person in people}
        offered = [(pk, words_of(person)) for pk, person in self.people.items()]
        field = self.fields["person"]
        field.queryset = Person.objects.filter(pk__in=self.people)
        field.choices = choice_list(field, offered)
        field.widget.attrs["data-pick"] = ""
        field.help_text = _("Nhận mọi việc dưới đây, trừ những việc chọn người khác.")
        for duty in duties:
            self.fields[duty.key] = self.choice_of(duty, offered)

    @staticmethod
    def choice_of(duty, offered):
        label = _("Ai nhận: %(name)s") % {"name": duty.record}
        if duty.goes_to_oneself:
            offered = []
        first = _("chạy dưới tên tôi") if duty.goes_to_oneself else _("như trên")
        choices = [("", first), (STAYS, _("để lại")), *offered]
        return forms.ChoiceField(label=label, required=False, choices=choices)

    @property
    def rows(self):
        """[(duty, its bound field)]."""
        return [(duty, self[duty.key]) for duty in self.duties]

    def plan(self):
        """[(duty, person)] of what is to go, of a valid form; None where nobody is chosen."""
        told, common = self.cleaned_data, self.cleaned_data["person"]
        going = [(duty, told[duty.key]) for duty in self.duties if told[duty.key] != STAYS]
        return [(duty, self.people.get(chosen, None if duty.goes_to_oneself else common)) for duty, chosen in going]

    def mark(self):
        """A number for what would be done, which changes when anything of it does."""
        plan = [(duty.key, duty.record.version, person and person.pk) for duty, person in self.plan()]
        return str(crc32(repr((plan, self.cleaned_data["reason"])).encode()))
