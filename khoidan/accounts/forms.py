from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from khoidan.core.text import CONTROL

from .models import SavedView, User

MOST_VIEWS = 20  # of one list
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


class SavedViewForm(forms.ModelForm):
    """Name and place of a saved view among those of its list; the instance says whose, and of which list."""

    class Meta:
        model = SavedView
        fields = ["name", "order", "opening"]

    def others(self):
        kept = self.instance
        return SavedView.objects.filter(user=kept.user_id, place=kept.place).exclude(pk=kept.pk)

    def clean_name(self):
        """Refuse the name of another view of the list; the database would."""
        name = self.cleaned_data["name"]
        self.namesake = self.others().filter(name__iexact=name).first()
        if self.namesake:
            raise forms.ValidationError(_("Bạn đã có một cách xem cùng tên ở danh sách này."))
        return name


class NewViewForm(SavedViewForm):
    """The same for what a list shows now; `place` and `query` come from the list and are checked by the view."""

    namesake = None
    place = forms.CharField(widget=forms.HiddenInput)
    query = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta(SavedViewForm.Meta):
        fields = ["name", "opening"]

    @property
    def twin(self):
        """The view that this very form made already, when it is sent a second time."""
        return self.namesake if self.namesake and self.namesake.query == self.instance.query else None

    def clean(self):
        cleaned = super().clean()
        if self.others().count() >= MOST_VIEWS:
            raise forms.ValidationError(
                _("Mỗi danh sách lưu nhiều nhất %(most)s cách xem. Hãy bỏ bớt một cách xem cũ."),
                params={"most": MOST_VIEWS},
            )
        if len(self.instance.query) > SavedView._meta.get_field("query").max_length:
            raise forms.ValidationError(_("Điều kiện lọc dài quá, không lưu được. Hãy rút gọn từ tìm kiếm."))
        self.instance.order = max(self.others().values_list("order", flat=True), default=0) + 1
        return cleaned
