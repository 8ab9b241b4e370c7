"""One row of the sheet as the form of a task reads it, and the form that takes the sheet."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.text import fold, tidy
from khoidan.files.checking import KINDS
from khoidan.tasks.forms import TaskForm

from .columns import WORDS, in_each_language, is_example, placed
from .sheets import read

NAMED = ("unit", "accountable", "checker", "area")


class Called(forms.CharField):
    """A record by its name; `known` is set by the form."""

    known = None

    def to_python(self, value):
        text = tidy(super().to_python(value))
        return self.known.one(text) if text else None


class CalledSeveral(Called):
    def to_python(self, value):
        text = tidy(forms.CharField.to_python(self, value))
        return self.known.several(text) if text else []


class OneWord(forms.CharField):
    """One of a few words, in either language; what each means is `meanings` [(value, words)]."""

    def __init__(self, meanings, empty, **kwargs):
        super().__init__(required=False, **kwargs)
        self.meanings, self.empty = meanings, empty

    def to_python(self, value):
        text = fold(super().to_python(value))
        if not text:
            return self.empty
        for meaning, words in self.meanings:
            if text == str(int(meaning)) or text in in_each_language(lambda: words):  # noqa: B023
                return meaning
        told = ", ".join(str(words) for _meaning, words in self.meanings)
        raise ValidationError(_now("Chỉ ghi một trong các từ: %(words)s."), params={"words": told})


class RowForm(TaskForm):
    """The form of a task, filled with names; it asks the database for nothing before it is saved."""

    asks = False
    unit = Called()
    accountable, checker, area = Called(required=False), Called(required=False), Called(required=False)
    helpers, organizations = CalledSeveral(required=False), CalledSeveral(required=False)
    urgency, private = OneWord(*WORDS["urgency"]), OneWord(*WORDS["private"])

    def __init__(self, *args, book, **kwargs):
        self.book = book
        super().__init__(*args, **kwargs)
        self.instance.validate_constraints = lambda **_excluded: None  # would ask the database once for each rule

    def limit(self, user):
        known = {"unit": self.book.units, "area": self.book.areas, "organizations": self.book.organizations}
        for name, field in self.fields.items():
            if isinstance(field, Called):
                field.known = known.get(name, self.book.people)

    def _get_validation_exclusions(self):
        """What a name was found by is there: it was just read."""
        return super()._get_validation_exclusions() | set(NAMED)


class UploadForm(forms.Form):
    """Cleans to `rows`, [(number, {column: (kind, text)})], and `unused`, heads that mean nothing here."""

    file = forms.FileField(
        label=_("Tệp Excel"),
        help_text=_("Tệp .xlsx, tối đa 500 việc. Chưa lưu gì cho đến khi bạn xem lại và bấm nhập."),
        widget=forms.FileInput(attrs={"accept": f".xlsx,{KINDS['xlsx'].media_type}"}),
        error_messages={"required": _("Hãy chọn tệp.")},
    )

    def __init__(self, *args, required_columns=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.required_columns = required_columns

    def clean_file(self):
        (_number, head), *body = read(self.cleaned_data["file"])
        places, self.unused = placed(head, self.required_columns)
        self.rows = [(number, self.cells(cells, places)) for number, cells in body]
        self.rows = [(number, cells) for number, cells in self.rows if cells]
        if not self.rows:
            raise ValidationError(_now("Tệp chỉ có dòng đầu, chưa có việc nào."))
        if all(is_example(cells.get("title", ("", ""))[1]) for _number, cells in self.rows):
            raise ValidationError(
                _now("Tệp chỉ có dòng ví dụ, dòng này không được nhập. Hãy ghi việc của bạn từ dòng dưới rồi gửi lại.")
            )
        return self.cleaned_data["file"]

    @staticmethod
    def cells(cells, places):
        """{column: (kind, text)} of what is not empty."""
        return {places[place]: cell for place, cell in enumerate(cells) if cell[0] and place in places}
