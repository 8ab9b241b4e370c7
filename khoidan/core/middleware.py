"""Small wrappers around every request."""

from django.core.exceptions import BadRequest
from django.db import OperationalError, connection
from django.http import HttpResponse

from .encoding import UNREADABLE


def health(get_response):
    """Answer /healthz before anything else does: 200 when the database answers, else 503."""

    def middleware(request):
        if request.path != "/healthz":
            return get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except OperationalError:
            return HttpResponse("database unavailable", status=503, content_type="text/plain")
        return HttpResponse("ok", content_type="text/plain")

    return middleware


def unreadable(get_response):
    """Answer 400 to what `encoding.utf8_only` has marked."""

    def middleware(request):
        if request.META.get(UNREADABLE):
            raise BadRequest("The declared encoding is not UTF-8")
        return get_response(request)

    return middleware


def privacy(get_response):
    """Pages are for one reader: nothing between server and browser may keep them."""

    def middleware(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        return response

    return middleware
