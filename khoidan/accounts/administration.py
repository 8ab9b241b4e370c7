"""The admin site: configuration, for superusers, who in turn do no work."""

from urllib.parse import urlencode

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class Administration(AdminSite):
    site_title = _("Quản trị Khối Dân")
    site_header = _("Khối Dân – quản trị")
    index_title = _("Cấu hình")

    def has_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """There is one page to sign in; who is signed in and comes here may not enter."""
        index = reverse("admin:index")
        if not request.user.is_authenticated:
            target = urlencode({"next": request.GET.get("next") or index})
            return redirect(f"{reverse('accounts:sign_in')}?{target}")
        if not self.has_permission(request):
            raise PermissionDenied(_now("Trang quản trị chỉ dành cho tài khoản quản trị hệ thống."))
        return redirect(index)

    def password_change(self, request, extra_context=None):
        return redirect("accounts:password")


class AdministrationConfig(AdminConfig):
    default_site = "khoidan.accounts.administration.Administration"


class SignInsConfig(AxesConfig):
    verbose_name = _("Đăng nhập")
