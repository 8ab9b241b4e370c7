"""Selects written at once: with a template for every option, the filters of a list cost more than its rows."""

from functools import lru_cache

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

LISTS_KEPT = 256  # everybody of a bloc is offered the same


class Select(forms.Select):
    """A select without groups."""

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, attrs)
        attrs["class"] = f"form-select {attrs.get('class', '')}".rstrip()
        choices = tuple((str(key if key is not None else ""), str(label)) for key, label in self.choices)
        options = options_of(choices, tuple(self.format_value(value)))
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(attrs), options)


@lru_cache(maxsize=LISTS_KEPT)
def options_of(choices, chosen):
    marked = ((key, " selected" if key in chosen else "", label) for key, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)
