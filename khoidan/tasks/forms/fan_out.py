"""Which units get a task of their own, and who is accountable in each."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khoidan.organizations.models import Capability, Kind, Unit
from khoidan.tasks.offers import by_tree, choice_list, heads_of, near_to, people_seated, words_of


class FanOutForm(forms.Form):
    """A box and a person for each unit in which this account may enter work; `rows` are those pairs of fields."""

    wants = ("user", "record")

    def __init__(self, *args, user=None, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        self.units = sorted(offered_units(user, record), key=by_tree) if record else []
        people = people_seated([record.bloc_id], near=near_to(user, record.unit_id)) if record else []
        self.people = {person.pk: person for person in people}
        heads = heads_of(self.units)
        choices = [(person.pk, words_of(person)) for person in self.people.values()]
        for unit in self.units:
            self.fields[f"unit_{unit.pk}"] = forms.BooleanField(required=False, label=unit.name)
            self.fields[f"person_{unit.pk}"] = self.choice_of_person(unit, choices, heads.get(unit.pk))

    @staticmethod
    def choice_of_person(unit, choices, head):
        label = _("Người chủ trì ở %(unit)s") % {"unit": unit}
        field = forms.TypedChoiceField(label=label, required=False, initial=head, coerce=int, empty_value=None)
        field.choices = choice_list(field, choices)
        field.widget.attrs["data-pick"] = ""
        return field

    @property
    def rows(self):
        return [(unit, self[f"unit_{unit.pk}"], self[f"person_{unit.pk}"]) for unit in self.units]

    @property
    def anchor(self):
        """Where the choice begins, for what is told of the whole of it."""
        return self[f"unit_{self.units[0].pk}"].id_for_label if self.units else ""

    def clean(self):
        told = super().clean()
        chosen = [unit for unit in self.units if told.get(f"unit_{unit.pk}")]
        sent_before = any(name.startswith("unit_") and name not in self.fields for name in self.data)
        if not chosen and not sent_before:
            raise forms.ValidationError(_("Hãy chọn ít nhất một đơn vị."))
        return {"chosen": [(unit, self.people.get(told.get(f"person_{unit.pk}"))) for unit in chosen]}


def reachable(user, task):
    """Units beside the task's own in which `user` enters work, the branches only of its own organization."""
    units = Unit.objects.granting(user, Capability.ENTER_WORK).current().filter(bloc=task.bloc_id)
    beside = ~Q(kind__in=[Kind.BRANCH, Kind.BLOC]) | Q(kind=Kind.BRANCH, parent=task.unit_id)
    return units.filter(beside).exclude(pk=task.unit_id)


def offered_units(user, task):
    """Those that have no task of it yet."""
    return reachable(user, task).exclude(pk__in=task.children.live().values("unit"))
