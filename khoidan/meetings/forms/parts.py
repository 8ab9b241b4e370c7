"""Forms of the parts of a meeting."""

from zlib import crc32

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ScopedForm
from khoidan.meetings.models import AgendaItem, Conclusion
from khoidan.organizations.models import Kind, Unit
from khoidan.tasks.offers import choice_list


class PartForm(ScopedForm):
    """A form of a part of `meeting`; its page is stale when what it showed is no longer what is stored."""

    def __init__(self, *args, meeting, units=None, **kwargs):
        self.meeting = meeting
        self.known_units = units
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.instance.meeting = meeting
        self.initial["version"] = crc32(repr([plain(self.initial.get(name)) for name in self._meta.fields]).encode())

    def limit(self, user):
        """Units of the meeting's bloc; not those of one's rights, the meeting is what one has rights on."""
        for name in {"proposer", "units"} & set(self.fields):
            self.offer_from_bloc(self.fields[name])

    def offer_from_bloc(self, field):
        units = own_before_branches(self.known_units or units_of(self.meeting))
        field.queryset = Unit.objects.filter(bloc=self.meeting.bloc_id)
        field.choices = choice_list(field, [(unit.pk, str(unit)) for unit in units])


def plain(value):
    if isinstance(value, (list, tuple)):
        return sorted(plain(each) for each in value)
    return value.pk if isinstance(value, Model) else value


def units_of(meeting):
    return Unit.objects.filter(bloc=meeting.bloc_id).current().in_tree_order()


def own_before_branches(units):
    """In the order of selects: the bloc's own units are chosen often, and the branches are many."""
    return sorted(units, key=lambda unit: unit.kind == Kind.BRANCH)


class AgendaItemForm(PartForm):
    minutes = forms.IntegerField(label=_("Số phút"), min_value=1, max_value=600, initial=15)

    class Meta:
        model = AgendaItem
        fields = ["title", "proposer", "minutes"]

    def twin(self):
        """The item added last, when it is the same: two clicks, or Back; a second break is no twin of the first."""
        last = self.meeting.agenda.order_by("pk").last()
        same = last and all(getattr(last, name) == self.cleaned_data[name] for name in self._meta.fields)
        return last if same else None


class DiscussionForm(PartForm):
    class Meta:
        model = AgendaItem
        fields = ["discussion"]
        widgets = {"discussion": forms.Textarea(attrs={"rows": 8})}


class ConclusionForm(PartForm):
    class Meta:
        model = Conclusion
        fields = ["text", "units", "item"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, items=None, **kwargs):
        self.known_items = items
        super().__init__(*args, **kwargs)

    def limit(self, user):
        super().limit(user)
        field = self.fields["item"]
        field.queryset = self.meeting.agenda.all()
        if self.known_items is not None:
            field.choices = choice_list(field, [(item.pk, str(item)) for item in self.known_items])

    def twin(self):
        """The conclusion added last, when it is the same; other items may conclude in the same words."""
        last = self.meeting.conclusions.order_by("pk").last()
        if last is None or any(getattr(last, name) != self.cleaned_data[name] for name in ("text", "item")):
            return None
        return last if set(last.units.all()) == set(self.cleaned_data["units"]) else None
