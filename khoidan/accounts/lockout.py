"""What happens after five wrong passwords: locked by (name, address), with a clear way back."""

from django.conf import settings
from django.shortcuts import render


def address(request):
    """The peer's address; forwarding headers are believed only behind a declared proxy."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or request.META["REMOTE_ADDR"]
    return request.META.get("REMOTE_ADDR", "")


def locked(request, original_response=None, credentials=None):
    """429 page; says the same whether or not the account exists."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
