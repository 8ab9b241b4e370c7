from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from khoidan.core.text import CONTROL

from .models import User

LONGEST_NAME = User._meta.get_field("username").max_length


def could_be_a_name(typed):
    """Whether an account could be called so; what could not is neither looked up nor noted."""
    return len(typed) <= LONGEST_NAME and not CONTROL.search(typed) and len(typed.splitlines()) < 2


class SignInForm(AuthenticationForm):
    """The name in any case: the account has one spelling, and failures are counted under it."""

    def clean_username(self):
        typed = self.cleaned_data["username"]
        return User.objects.spelling(typed) or typed.lower()

    def clean(self):
        if not could_be_a_name(self.cleaned_data.get("username", "")):
            raise self.get_invalid_login_error()
        return super().clean()


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
