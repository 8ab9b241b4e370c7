"""What happens after five wrong passwords: locked by (name, address), with a clear way back."""

import ipaddress

from django.conf import settings
from django.shortcuts import render


def address(request):
    """The peer's address; forwarding headers are believed only behind a declared proxy."""
    peer = request.META.get("REMOTE_ADDR", "")
    if not settings.SECURE_PROXY_SSL_HEADER:
        return peer
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()  # earlier ones anybody may claim
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return peer


def locked(request, original_response=None, credentials=None):
    """429 page; says the same whether or not the account exists."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
