"""Sign-ins that failed too often: to take a row away is to let them try again."""

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .base import ReadOnly


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnly):
    list_display = ["username", "ip_address", "attempt_time", "failures_since_start", "is_locked"]
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time"]

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    @admin.display(description=_("đang khóa"), boolean=True)
    def is_locked(self, attempt):
        return attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnly):
    list_display = ["username", "ip_address", "attempt_time", "logout_time"]
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time"]
