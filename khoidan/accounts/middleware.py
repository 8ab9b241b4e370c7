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


def idle_limit(user):
    """Seconds without a request that end a session; fewer for superusers, who alone enter the admin site."""
    return settings.SESSION_IDLE_ADMIN if user.is_superuser else settings.SESSION_IDLE


class SessionLimits:
    """Signs out who was idle for too long, or in for 12 hours; keeps demo accounts to this machine."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            if self.is_over(request):
                logout(request)
            elif request.user.is_demo and not is_loopback(request):
                raise PermissionDenied(_("Dữ liệu minh họa chỉ dùng được trên chính máy này."))
        response = self.get_response(request)
        if request.user.is_authenticated:  # after the view, which may have just signed them in
            self.note(request.session)
        return response

    @staticmethod
    def is_over(request):
        now, session = int(time.time()), request.session
        started, seen = session.get(STARTED, now), session.get(SEEN, now)
        return now - started > settings.SESSION_COOKIE_AGE or now - seen > idle_limit(request.user)

    @staticmethod
    def note(session):
        now = int(time.time())
        if STARTED not in session:
            session[STARTED] = now
        if now - session.get(SEEN, 0) > NOTE_EVERY:
            session[SEEN] = now


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
