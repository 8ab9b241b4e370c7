"""Signing in and out, and one's own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.views import SuccessMessageMixin
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, UpdateView, View

from .demo import is_loopback
from .forms import AppearanceForm, LanguageForm, ProfileForm, SignInForm
from .going_on import page_of, safe_next
from .models import User

READ_AND_POST = ["get", "head", "post", "options"]  # what the views take that have a form; to Django's, PUT is a POST
WRONG = "wrong_passwords"  # typed in a session as its present password
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(auth_views.LoginView):
    http_method_names = READ_AND_POST
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_redirect_url(self):
        """Who was signed out while sending something comes back to its page, for it cannot be sent again."""
        return page_of(super().get_redirect_url())

    def get_context_data(self, **kwargs):
        roles = User.objects.demo().filter(is_active=True).exclude(demo_role="").order_by("pk")
        return super().get_context_data(**kwargs) | {"demo_roles": roles if is_loopback(self.request) else []}


class SignOut(auth_views.LogoutView):
    """Who leaves on purpose leaves nothing typed or chosen in the browser; a session that merely ends keeps it."""

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'  # browsers heed it over https and on localhost
        return response


@method_decorator(login_not_required, name="dispatch")
class StepIn(View):
    """Enter the demo in one of its roles; exists on this machine only."""

    http_method_names = ["post"]

    def post(self, request):
        account = request.POST.get("account", "")
        if not is_loopback(request) or not account.isdecimal() or len(account) > 18:
            raise Http404
        offered = User.objects.demo().filter(is_active=True).exclude(demo_role="")
        login(request, get_object_or_404(offered, pk=account), backend=MODEL_BACKEND)
        return redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))


class OwnAccount:
    """Views about nobody but the person who asks."""

    menu = "profile"
    http_method_names = READ_AND_POST

    def get_object(self, queryset=None):
        return User.objects.get(pk=self.request.user.pk)


class Profile(OwnAccount, SuccessMessageMixin, UpdateView):
    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")
    success_message = gettext_lazy("Đã lưu hồ sơ của bạn.")

    def get_context_data(self, **kwargs):
        others = self.request.user.sessions.exclude(session_key=self.request.session.session_key)
        return super().get_context_data(**kwargs) | {
            "page_title": _("Hồ sơ của tôi"),
            "menu": self.menu,
            "other_sessions": others.count(),
        }


class Appearance(OwnAccount, UpdateView):
    """One click on the theme switch; comes back to the page it was clicked on."""

    http_method_names = ["post"]
    form_class = AppearanceForm

    def get_success_url(self):
        return safe_next(self.request, reverse("accounts:profile"))

    def form_invalid(self, form):
        return HttpResponseRedirect(self.get_success_url())


class Password(auth_views.PasswordChangeView):
    """Changing the password signs the account out everywhere else."""

    http_method_names = READ_AND_POST
    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:profile")
    extra_context = {"page_title": gettext_lazy("Đổi mật khẩu"), "menu": "profile"}

    def form_invalid(self, form):
        """Who came upon an open session is not to find out the password of its account by trying."""
        session = self.request.session
        session[WRONG] = session.get(WRONG, 0) + form.has_error("old_password", code="password_incorrect")
        if session[WRONG] < settings.AXES_FAILURE_LIMIT:
            return super().form_invalid(form)
        logout(self.request)
        messages.error(self.request, _("Bạn đã bị đăng xuất vì nhập sai mật khẩu hiện tại quá nhiều lần."))
        return redirect(settings.LOGIN_URL)

    def form_valid(self, form):
        response = super().form_valid(form)
        self.request.session.pop(WRONG, None)
        self.request.user.end_sessions(keep=self.request.session.session_key)
        messages.success(self.request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."))
        return response


class OtherSessions(View):
    http_method_names = ["post"]

    def post(self, request):
        ended = request.user.end_sessions(keep=request.session.session_key)
        text = ngettext("Đã kết thúc %(n)d phiên khác.", "Đã kết thúc %(n)d phiên khác.", ended) % {"n": ended}
        messages.success(request, text)
        return redirect("accounts:profile")


class Ping(View):
    """Keeps a session alive while somebody writes a long text."""

    http_method_names = ["post"]

    def post(self, request):
        return HttpResponse(status=204)


@method_decorator(login_not_required, name="dispatch")
class SetLanguage(FormView):
    """Remember the language: on the account, and in a cookie for the sign-in page."""

    http_method_names = ["post"]
    form_class = LanguageForm

    def form_valid(self, form):
        language = form.cleaned_data["language"]
        if self.request.user.is_authenticated:
            User.objects.filter(pk=self.request.user.pk).update(language=language)
        response = HttpResponseRedirect(safe_next(self.request, "/"))
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        return response

    def form_invalid(self, form):
        return HttpResponseRedirect(safe_next(self.request, "/"))
