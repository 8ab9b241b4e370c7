"""Forms of records: offer only what the person may use, notice a stale page, make one record of two clicks."""

from zlib import crc32

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .fields import TidyInput, no_control_characters, no_markup
from .twins import MakesOne

KEEPERS = ("token", "version", "shown")  # hidden fields that say what the page was made of
LONGEST_KEY = 19  # digits, which the keys of the database never reach


def keys_of(values):
    """Primary keys among what a form was sent; what cannot be one is left out."""
    keys = (str(getattr(value, "pk", value)) for value in values)
    return [key for key in keys if key.isdecimal() and len(key) < LONGEST_KEY]


def digest(value):
    """A number for a value of a field, the same whether it comes from the record or from what was typed."""
    if isinstance(value, Model):
        value = value.pk
    elif isinstance(value, (list, tuple, QuerySet)):
        value = sorted(digest(each) for each in value)
    elif isinstance(value, str):
        value = "\n".join(value.strip().splitlines())
    return crc32(repr(value or None).encode())


class Shown(forms.JSONField):
    """{field: digest of what the page showed}: with it a stale page knows who changed what."""

    def has_changed(self, initial, data):
        return False


class ScopedForm(MakesOne, forms.ModelForm):
    """A ModelForm for `user`; `limit` in subclasses narrows each choice to what that person may reach.

    `layout` lists (title, field names); fields in none of them follow at the end.
    """

    layout = ()
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown = Shown(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.conflicts, self.taken_over = [], []
        self.fields["token" if self.instance.pk else "version"].disabled = True
        if not self.instance.pk:
            del self.fields["shown"]
        self.initial["version"] = self.instance.version
        self.initial.setdefault("token", self.instance.token)
        self.order_fields([name for _title, names in self.layout for name in names])  # mistakes are told as one reads
        self.limit(user)
        for field in self.fields.values():
            self.ready(field)

    def limit(self, user):
        """Narrow the choices of the fields to what `user` may reach."""
        if "unit" in self.fields:
            action = "change" if self.instance.pk else "add"
            self.offer_units(self.fields["unit"], self._meta.model.needs[action])

    def offer_units(self, field, capability):
        units = field.queryset.granting(self.user, capability).current()
        if self.instance.pk:
            units = units | field.queryset.filter(pk=self.instance.unit_id)
        field.queryset = units
        offered = list(units[:2])
        if len(offered) == 1 and not self.instance.pk:
            self.initial.setdefault("unit", offered[0].pk)

    @staticmethod
    def ready(field):
        """Add a search box to long selects; they stay plain selects without scripts."""
        if isinstance(field, forms.ModelChoiceField) and isinstance(field.widget, forms.Select):
            field.widget.attrs.setdefault("data-pick", "")

    def offers_nothing(self):
        """True when there is no unit in which this person could make such a record."""
        return "unit" in self.fields and not self.fields["unit"].queryset.exists()

    @property
    def sections(self):
        """[(title, [bound fields])] in the order of `layout`."""
        named = {name for _title, names in self.layout for name in names}
        groups = [(title, [self[name] for name in names if name in self.fields]) for title, names in self.layout]
        rest = [field for field in self.visible_fields() if field.name not in named]
        return groups + ([("", rest)] if rest else [])

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.cleaned_data.get("version") != self.initial["version"]:
            self.notice_conflict()
        return cleaned

    def stored(self):
        """{field: digest} of what the record holds now."""
        return {name: digest(self.stored_value(name)) for name in self.fields if name not in KEEPERS}

    def stored_value(self, name):
        return self.get_initial_for_field(self.fields[name], name)

    def get_initial_for_field(self, field, field_name):
        return self.stored() if field_name == "shown" else super().get_initial_for_field(field, field_name)

    def shown_before(self):
        """{field: digest} of what the page showed that was sent; nothing known of a page that does not say."""
        shown = self.cleaned_data.get("shown")
        return shown if isinstance(shown, dict) else {}

    def notice_conflict(self):
        """Show what changed both here and there, and take over what changed only there.

        Sending the form again then counts as having read it.
        """
        self.data = self.data.copy()
        shown, stored = self.shown_before(), self.stored()
        for name in stored:
            mine = digest(self.cleaned_data[name]) if name in self.cleaned_data else ""
            if mine != stored[name] != shown.get(name):
                self.settle(name, untouched=mine == shown.get(name))
        for name in ("version", "shown"):
            self.data[self.add_prefix(name)] = self.fields[name].prepare_value(self.stored_value(name))
        who, at = self.instance.last_change()
        raise ValidationError(
            _("Bản ghi này vừa được sửa ở nơi khác (%(who)s, lúc %(at)s). Hãy xem phần so sánh rồi lưu lại lần nữa."),
            code="stale",
            params={"who": who, "at": at},
        )

    def settle(self, name, *, untouched):
        """A field whose stored value changed meanwhile: taken over where this person left it as it was."""
        field = self.fields[name]
        theirs = field.prepare_value(self.stored_value(name))
        told = {"name": name, "label": self[name].label, "theirs": self.words(name, theirs)}
        if not untouched:
            self.conflicts.append(told | {"mine": self.words(name, self[name].value())})
            return
        value = field.widget.format_value(theirs)
        values = value if isinstance(value, list) else [value]
        self.data.setlist(self.add_prefix(name), ["" if each is None else str(each) for each in values])
        self.taken_over.append(told)

    def words(self, name, value):
        """What a person would read for `value` of the field `name`."""
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(str(each) for each in field.queryset.filter(pk__in=keys_of(value or [])))
        if isinstance(field, forms.ModelChoiceField):
            return str(field.queryset.filter(pk__in=keys_of([value])).first() or "")
        if hasattr(field, "choices"):
            return str(dict(field.choices).get(value, value))
        return field.widget.format_value(value) or "" if hasattr(field.widget, "format_value") else str(value)

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.created_by = self.user
            self.instance.token = self.cleaned_data.get("token") or self.instance.token
        return super().save(commit)


class ProseInput(TidyInput):
    """Paragraphs typed outside a model form, under the same rules as those inside."""

    default_validators = [no_control_characters, no_markup]

    def __init__(self, *, max_length=1000, rows=3, **kwargs):
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ReasonForm(forms.Form):
    """Why: asked for on every way back."""

    reason = ProseInput(label=gettext_lazy("Lý do"))
