"""Where one goes on to: pages of this site, never a deed, which no address opens."""

from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from khoidan.core.views import ActionView

SIGN_IN = "accounts:sign_in"


def safe_next(request, fallback):
    """The page that the request asks to go on to, if that is on this site."""
    target = request.POST.get("next", "")
    same_site = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return page_of(target) or fallback if same_site else fallback


def match_of(path):
    """What answers at `path`; None when nothing does."""
    try:
        return resolve(path)
    except Resolver404:
        return None


def opens(match):
    """True when one may come by following a link, and signing in is not what one comes to."""
    view = getattr(match.func, "view_class", None)
    if view is None:
        return True
    acts_at_once = issubclass(view, ActionView) and view.form_class is None
    return match.view_name != SIGN_IN and "get" in view.http_method_names and not acts_at_once


def page_of(target):
    """`target`, or the nearest page above it where only a POST is answered; empty when there is none."""
    path = unquote(urlsplit(target).path)
    match = match_of(path)
    if match is None or opens(match):
        return target
    while path := path.rstrip("/").rpartition("/")[0]:
        match = match_of(f"{path}/")
        if match and opens(match):
            return f"{path}/"
    return ""
