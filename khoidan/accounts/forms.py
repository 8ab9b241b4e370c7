from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from .models import User


class SignInForm(AuthenticationForm):
    """The name in any case: the account has one spelling, and failures are counted under it."""

    def clean_username(self):
        typed = self.cleaned_data["username"]
        alike = list(User.objects.filter(username__iexact=typed).values_list("username", flat=True))
        return typed if typed in alike else next(iter(alike), typed.lower())


class ProfileForm(forms.ModelForm):
    """Not the name: the log of acts tells by it who did something, so it is the administrator's."""

    class Meta:
        model = User
        fields = ["email", "language", "theme"]
        help_texts = {"email": _("Chỉ để cơ quan liên hệ; không hiện cho người ngoài.")}


class AppearanceForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["theme"]


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=User.Language)
    next = forms.CharField(required=False, max_length=2000)
