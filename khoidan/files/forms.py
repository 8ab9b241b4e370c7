"""Files in forms: several at once, each checked before anything is stored."""

import time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .checking import ACCEPT, check

MOST = 10  # files of one form
PATIENCE = 8  # seconds for all of them: a worker is ended after 30
LABEL = _("Tệp kèm theo")
HELP = _(
    "PDF, Word, Excel, PowerPoint, odt, ods, JPG, PNG; mỗi lần 10 tệp, mỗi tệp không quá 20 MB. Không gửi văn bản mật."
)


class FilesInput(forms.FileInput):
    """Plain, so that a phone offers its camera beside its files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Cleans to a list of checking.Checked, for Attachment.objects.attach; empty where none was sent."""

    widget = FilesInput

    def __init__(self, *, required=False, label=LABEL, help_text=HELP, **kwargs):
        super().__init__(required=required, label=label, help_text=help_text, **kwargs)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ACCEPT}

    def clean(self, data, initial=None):
        files = data if isinstance(data, list) else [data] if data else []
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST:
            raise ValidationError(_now("Mỗi lần gửi không quá %(most)d tệp."), code="many", params={"most": MOST})
        checked, refusals = [], []
        begun = time.monotonic()
        for file in files:
            if time.monotonic() - begun > PATIENCE:
                raise ValidationError(_now("Các tệp này cần xem quá lâu; hãy gửi ít tệp hơn mỗi lần."), code="slow")
            try:
                checked.append(check(file))
            except ValidationError as refusal:
                refusals.append(refusal)
        if refusals:
            raise ValidationError(refusals)
        return checked


class NewFilesForm(forms.Form):
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    files = FilesField(required=True, label=_("Thêm tệp"))
