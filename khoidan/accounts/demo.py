"""Demo accounts: a printed password and open roles, so they work from this machine only."""

import ipaddress

LOOPBACK_NAMES = {"localhost", "testserver"}


def is_loopback(request):
    """True when the request came from this machine, to this machine, through no proxy."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    return is_loopback_address(request.META.get("REMOTE_ADDR", "")) and (
        host in LOOPBACK_NAMES or is_loopback_address(host)
    )


def is_loopback_address(text):
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False
