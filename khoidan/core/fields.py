"""Model fields for Vietnamese text; the rules hold on every path into the database, not only in forms."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import text
from .dates import DateField


def no_control_characters(value):
    if text.CONTROL.search(value):
        raise ValidationError(_("Nội dung có ký tự điều khiển không đọc được. Hãy gõ lại đoạn đó."))


def no_markup(value):
    if text.MARKUP.search(value):
        raise ValidationError(_("Nội dung có thẻ HTML (dấu < đi liền chữ). Hãy bỏ thẻ, chỉ giữ chữ thường."))


def single_line(value):
    if "\n" in value or "\r" in value:
        raise ValidationError(_("Ô này chỉ nhận một dòng."))


class TidyInput(forms.CharField):
    """Tidies before it counts: decomposed letters typed on some machines are three characters long."""

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)  # browsers would cut what is pasted, and say nothing
        return attrs

    def to_python(self, value):
        if isinstance(value, str):
            soft = "\n" if isinstance(self.widget, forms.Textarea) else " "
            value = text.tidy(value.replace("\x0b", soft))  # the line break that word processors call soft
        return super().to_python(value)


class TidyAddressInput(TidyInput, forms.EmailField):
    """An e-mail address, tidied like any text: its part in quotation marks may hold anything."""


class Tidy:
    """Stores NFC without invisible marks; the column itself refuses anything else."""

    def to_python(self, value):
        value = super().to_python(value)
        return text.tidy(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return text.tidy(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TidyInput, **kwargs})

    def db_check(self, connection):
        return f"{connection.ops.quote_name(self.column)} IS NFC NORMALIZED"


class LineField(Tidy, models.CharField):
    """One line of text, 200 characters unless told."""

    default_validators = [no_control_characters, no_markup, single_line]

    def __init__(self, *args, max_length=200, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)


class AddressField(Tidy, models.EmailField):
    """An e-mail address."""

    default_validators = [validate_email, no_control_characters, no_markup]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TidyAddressInput, **kwargs})


class ProseField(Tidy, models.TextField):
    """Paragraphs, 5 000 characters unless told."""

    default_validators = [no_control_characters, no_markup]

    def __init__(self, *args, max_length=5000, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)
        self.validators.append(MaxLengthValidator(max_length))  # TextField leaves it to forms

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": self.max_length, **kwargs})


class Derived(models.TextField):
    """A text computed from other attributes of its row whenever the row is saved, bulk_create included."""

    def __init__(self, *args, sources=(), by="fold", **kwargs):
        self.sources, self.by = tuple(sources), by
        super().__init__(*args, editable=False, default="", db_collation="C", **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for implied in ("editable", "default", "db_collation"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs | {"sources": self.sources, "by": self.by}

    def pre_save(self, instance, add):
        joined = " ".join(str(getattr(instance, source) or "") for source in self.sources)
        value = getattr(text, self.by)(joined)
        setattr(instance, self.attname, value)
        return value


class DayField(models.DateField):
    """A day; on forms it reads and shows dd/mm/yyyy."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DateField, **kwargs})
