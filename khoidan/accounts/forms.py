from django import forms
from django.utils.translation import gettext_lazy as _

from .models import User


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "email", "language", "theme"]
        help_texts = {"email": _("Chỉ để cơ quan liên hệ; không hiện cho người ngoài.")}


class AppearanceForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["theme"]


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=User.Language)
    next = forms.CharField(required=False, max_length=2000)
