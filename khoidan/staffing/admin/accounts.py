from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khoidan.accounts.models import User
from khoidan.organizations.models import Event
from khoidan.staffing import grants
from khoidan.staffing.models import Person

from .base import Careful, SmallSearch

admin.site.unregister(Group)  # rights come from appointments alone

CONFIGURES = _("quản trị hệ thống")
CONFIGURES_HELP = _("Vào được trang này để cấu hình; đổi lại không xem, không làm được việc gì trong phần mềm.")
ACTIVE_HELP = _("Bỏ dấu chọn là khóa: các phiên đang mở kết thúc, quyền mất ngay, hồ sơ và lịch sử vẫn còn.")


class LowerCase:
    """Mixin: names to sign in with are kept in small letters, and two never differ by case alone."""

    def clean_username(self):
        name = self.cleaned_data["username"]
        if self.instance.pk and name == self.initial["username"]:
            return name
        name = name.lower()
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("Đã có tài khoản tên «%(name)s»; chữ hoa và chữ thường là một."), params={"name": name}
            )
        return name


class NewAccountForm(LowerCase, BaseUserCreationForm):
    class Meta(BaseUserCreationForm.Meta):
        model = User
        fields = ["username", "name", "email"]


class AccountForm(LowerCase, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User
        fields = ["username", "name", "email", "language", "is_active", "is_superuser", "password"]
        labels = {"is_superuser": CONFIGURES, "is_active": _("được đăng nhập")}
        help_texts = {"is_superuser": CONFIGURES_HELP, "is_active": ACTIVE_HELP}


@admin.register(User)
class AccountAdmin(SmallSearch, Careful, UserAdmin):
    form, add_form = AccountForm, NewAccountForm
    list_display = ["username", "name", "has_file", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser", "is_demo"]
    list_select_related = ["person"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email", "language", "person_of", "last_login"]}),
        (_("Đăng nhập"), {"fields": ["is_active", "is_superuser"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "name", "email", "password1", "password2"]})]
    actions = ["lock", "unlock", "unlink"]

    def get_readonly_fields(self, request, obj=None):
        """Nobody locks themselves out."""
        own = ["is_active", "is_superuser"] if obj == request.user else []
        return ["person_of", "last_login", *own]

    def has_delete_permission(self, request, obj=None):
        return False  # history names accounts: they are locked

    @admin.display(description=_("có hồ sơ"), boolean=True)
    def has_file(self, account):
        return hasattr(account, "person")

    @admin.display(description=_("cán bộ"))
    def person_of(self, account):
        return getattr(account, "person", None) or "–"

    def save_model(self, request, obj, form, change):
        obj.is_staff = obj.is_superuser
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data:
            self.locked_or_not(request, obj)

    @staticmethod
    def locked_or_not(request, account):
        Event.note("unlocked" if account.is_active else "locked", by=request.user, target=account)
        if not account.is_active:
            account.end_sessions()

    @admin.action(description=_("Khóa các tài khoản đã chọn"))
    def lock(self, request, queryset):
        self.set_active(request, queryset.exclude(pk=request.user.pk), False)

    @admin.action(description=_("Mở khóa các tài khoản đã chọn"))
    def unlock(self, request, queryset):
        self.set_active(request, queryset, True)

    @admin.action(description=_("Gỡ khỏi hồ sơ cán bộ"))
    def unlink(self, request, queryset):
        people = Person.objects.filter(user__in=queryset).select_related("user", "unit")
        for person in people:
            person.unlink(by=request.user)
        grants.settle()
        self.told(request, len(people))

    def set_active(self, request, accounts, active):
        changed = list(accounts.exclude(is_active=active))
        for account in changed:
            account.is_active = active
            account.save(update_fields=["is_active"])
            self.locked_or_not(request, account)
        grants.settle()
        self.told(request, len(changed))

    def told(self, request, n):
        said = ngettext("Đã đổi %(n)d tài khoản.", "Đã đổi %(n)d tài khoản.", n) % {"n": n}
        self.message_user(request, said, messages.SUCCESS)
