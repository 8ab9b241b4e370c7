"""A due date that is over already: lawful for what is entered late, and elsewhere a slip of the pen."""

from copy import deepcopy

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.dates import is_over
from khoidan.core.words import day as written

TICK = "past_due"


def past_words(day):
    """What is told of a task whose due `day` is over; nothing where there is none."""
    return _now("Hạn %(day)s đã qua.") % {"day": written(day)} if day else ""


class AsksAboutThePast(forms.Form):
    """Mixin of forms with a `due`: a new day that is over is asked about once, and passes with a tick."""

    asks = True  # a sheet tells it in its preview
    past_day = None  # the day that was found to be over
    past_due = forms.BooleanField(label=_("Đúng, hạn này đã qua"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.data.get(self.add_prefix(TICK)) and not self.initial.get(TICK):
            del self.fields[TICK]  # nobody sees the box before there is something to ask

    def due_before(self):
        """The day in force, which is asked about no more."""
        return

    def clean(self):
        cleaned = super().clean()
        agreed, due = cleaned.pop(TICK, False), cleaned.get("due")
        if self.asks and is_over(due) and due != self.due_before():
            self.past_day = due
            if not agreed:
                self.ask_about(due)
        return cleaned

    def ask_about(self, due):
        names = [name for name in self.fields if name != TICK]
        names.insert(names.index("due") + 1, TICK)
        self.fields[TICK] = deepcopy(self.base_fields[TICK])
        self.order_fields(names)
        tick = _now("Nếu đúng như vậy, hãy đánh dấu «%(box)s» rồi gửi lại.") % {"box": self.base_fields[TICK].label}
        self.add_error("due", f"{past_words(due)} {tick}")
