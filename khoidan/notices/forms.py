from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Choice, Group

HOURS = [(hour, f"{hour:02}:00") for hour in range(5, 22)]


class ChoiceForm(forms.ModelForm):
    bell = forms.MultipleChoiceField(choices=Group, required=False, label=_("Hiện ở chuông"))
    mail = forms.MultipleChoiceField(choices=Group, required=False, label=_("Có trong thư tổng hợp"))
    hour = forms.TypedChoiceField(coerce=int, choices=HOURS, label=_("Gửi thư lúc"))

    class Meta:
        model = Choice
        fields = ["bell", "mail", "hour", "weekdays_only"]

    def rows(self):
        """[(group, its label, [(way, its label, is chosen)])], a row of check boxes for each group."""
        ways = [(name, self.fields[name].label, self[name].value() or []) for name in ("bell", "mail")]
        return [
            (group, label, [(name, words, group in chosen) for name, words, chosen in ways])
            for group, label in Group.choices
        ]


class UntilForm(forms.Form):
    """The moment of the page on which somebody says that all is read: what came later is not."""

    until = forms.DateTimeField()

    def clean_until(self):
        """Nothing was read later than now, and the last years of the calendar have no other time zone."""
        return min(self.cleaned_data["until"], timezone.now())
