"""Filters of lists: what is chosen stands in the URL, so that a view can be kept and sent."""

from copy import deepcopy
from datetime import timedelta
from hashlib import blake2b

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .dates import DateField
from .fields import TidyInput
from .periods import period_of
from .text import search_words
from .widgets import Select


class SearchFilter(django_filters.CharFilter):
    """Words in any case and without marks, each of which must occur in `folded`."""

    field_class = TidyInput

    def __init__(self, field_name="folded", **kwargs):
        kwargs.setdefault("label", _("Tìm"))
        super().__init__(field_name, widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}), **kwargs)
        self.extra["max_length"] = 100

    def filter(self, queryset, value):
        for word in search_words(value or ""):
            queryset = queryset.filter(**{f"{self.field_name}__contains": word})
        return queryset


class DayFilter(django_filters.DateFilter):
    field_class = DateField


class PeriodField(forms.CharField):
    """2026-11, 2026-q4 or 2026, as links write it."""

    def to_python(self, value):
        code = super().to_python(value)
        found = period_of(code) if code else None
        if code and found is None:
            raise ValidationError(_("Kỳ không có thật. Viết như 2026-11, 2026-q4 hoặc 2026."), code="period")
        return found


class PeriodFilter(django_filters.Filter):
    """Set by links from figures alone: it has a chip, but no box."""

    field_class = PeriodField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"widget": forms.HiddenInput} | kwargs))

    def filter(self, queryset, value):
        return queryset.filter(value.at(self.field_name)) if value else queryset


class ChoiceFilter(django_filters.ChoiceFilter):
    """A select whose choices may come later."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"empty_label": _("Tất cả"), "choices": [], "widget": Select} | kwargs))


class EnteredFilter(ChoiceFilter):
    """What the person who asks has entered, by the day it was entered."""

    DAYS_AGO = {"today": 0, "yesterday": 1}

    def __init__(self, *args, **kwargs):
        days = [("today", _("hôm nay")), ("yesterday", _("hôm qua")), ("any", _("mọi ngày"))]
        super().__init__(*args, **({"label": _("Tôi nhập"), "choices": days} | kwargs))

    def filter(self, queryset, value):
        if not value:
            return queryset
        rows = queryset.filter(created_by=self.parent.request.user)
        if value not in self.DAYS_AGO:
            return rows
        return rows.filter(created_at__date=timezone.localdate() - timedelta(days=self.DAYS_AGO[value]))


def offer(field, choices):
    """Fill a select, with a search box, from rows (key, label) read once; checking what was chosen then costs none."""
    field.choices = [(str(key), label) for key, label in choices]
    if not field.widget.is_hidden:
        field.widget.attrs["data-pick"] = ""


class ScopedFilterSet(django_filters.FilterSet):
    """`limit` narrows each choice to what `request.user` may reach; a filter never shows more than the list.

    A list that nobody filters is the usual one: its form is made only where no other page like it was drawn before.
    """

    more = ()  # names of fields folded away until one of them is used

    def __init__(self, *args, **kwargs):
        self.base_filters = {}  # so that they are not copied for a list that nobody filters
        super().__init__(*args, **kwargs)
        del self.base_filters, self.filters

    @cached_property
    def filters(self):
        copies = deepcopy(self.base_filters)
        for one in copies.values():
            one.model, one.parent = self.queryset.model, self
        return copies

    @property
    def form(self):
        if not hasattr(self, "_form"):
            self.limit(self.request.user, super().form.fields)
        return self._form

    @cached_property
    def known(self):
        """What `limit` makes all choices of; with that said by a subclass, drawn forms may be kept."""
        return

    def limit(self, user, fields):
        """Narrow the choices of the form's fields."""

    @cached_property
    def is_bare(self):
        return not any(self.data.get(name) for name in self.base_filters)

    @property
    def qs(self):
        return self.queryset.all() if self.is_bare else super().qs

    @cached_property
    def drawing(self):
        """What the drawn form depends on, its language and address apart; empty when it is not to be kept."""
        return blake2b(repr(self.known).encode()).hexdigest() if self.is_bare and self.known else ""

    def more_used(self):
        return any(self.data.get(name) for name in self.more)

    def chips(self):
        """[(parameter name, what it says)] of the filters in use."""
        if self.is_bare or not self.form.is_valid() and not self.form.cleaned_data:
            return []
        return [
            (name, f"{self.form.fields[name].label}: {self.words(name, value)}")
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", [])
        ]

    def words(self, name, value):
        field = self.form.fields[name]
        if isinstance(field, DateField):
            return value.strftime("%d/%m/%Y")
        choices = dict(getattr(field, "choices", ())) if not hasattr(value, "pk") else {}
        return str(choices.get(value, value))
