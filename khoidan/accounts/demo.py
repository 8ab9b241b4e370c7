"""Demo accounts: a printed password and open roles, so they work from this machine only."""

from django.http.request import split_domain_port

from khoidan.core import loopback

# What a proxy tells of itself; a visitor who forges one only shuts himself out.
SIGNS_OF_A_PROXY = {
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
}


def is_loopback(request):
    """True when the request came from this machine, to this machine, through no proxy."""
    if not SIGNS_OF_A_PROXY.isdisjoint(request.META):
        return False
    host, _port = split_domain_port(request.get_host())
    return loopback.is_loopback(host) and loopback.is_loopback(request.META.get("REMOTE_ADDR", ""))
