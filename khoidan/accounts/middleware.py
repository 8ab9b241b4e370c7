"""Limits on sessions, and the language that an account has chosen."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _

from .demo import is_loopback

STARTED, SEEN = "started_at", "seen_at"
NOTE_EVERY = 60  # seconds between two writes of "seen", so that reading costs no write


class SessionLimits:
    """60 minutes idle, 12 hours in all, 30 minutes idle in the admin site; demo accounts on this machine only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            if self.is_over(request):
                logout(request)
            elif request.user.is_demo and not is_loopback(request):
                raise PermissionDenied(_("Dữ liệu minh họa chỉ dùng được trên chính máy này."))
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Session-Ends"] = str(self.idle(request))
        return response

    @staticmethod
    def idle(request):
        admin = request.path.startswith("/admin/")
        return settings.SESSION_IDLE_ADMIN if admin else settings.SESSION_IDLE

    def is_over(self, request):
        now, session = int(time.time()), request.session
        started = session.setdefault(STARTED, now)
        seen = session.get(SEEN, now)
        if now - started > settings.SESSION_COOKIE_AGE or now - seen > self.idle(request):
            return True
        if SEEN not in session or now - seen > NOTE_EVERY:
            session[SEEN] = now
        return False


class Language:
    """Vietnamese unless the account, or before sign-in the cookie, says otherwise."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if request.user.is_authenticated:
            chosen = request.user.language
        if chosen not in dict(settings.LANGUAGES):
            chosen = settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.setdefault("Content-Language", chosen)
        return response
