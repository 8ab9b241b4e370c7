"""A browser without a network: requests go through the whole of Django as the web server would hand them in."""

from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test import Client, override_settings

from khoidan.accounts.models import User
from khoidan.staffing import grants

from .databases import entered
from .minimal import MIDDLEWARE


def environ(url, cookies=""):
    """Of a GET over TLS from this machine."""
    parts = urlsplit(url)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": cookies,
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(),
    }


def answer(handler, wanted):
    """The body, decoded; anything but 200 is an error of the benchmark."""
    status = []
    response = handler(wanted, lambda line, _headers: status.append(line))
    body = b"".join(response)
    response.close()
    if status != ["200 OK"]:
        raise RuntimeError(f"{wanted['PATH_INFO']} answered {status[0]}")
    return body.decode()


class Visitor:
    """One account, signed in at the site over the database of `wrapper`; rights are those of today."""

    handler = None

    def __init__(self, wrapper, account):
        self.wrapper, self.account = wrapper, account
        with entered(wrapper):
            self.user = User.objects.get(pk=account)
            grants.rebuild(self.user)
            client = Client(SERVER_NAME="localhost")
            client.force_login(User.objects.get(pk=account))
            self.session = client.cookies[settings.SESSION_COOKIE_NAME].value
            self.cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}"
            Visitor.handler = Visitor.handler or WSGIHandler()
            self.get("/")  # the first request of a session writes when it began

    def get(self, url):
        """The page as text; to be called inside `entered(wrapper)`."""
        return answer(self.handler, environ(url, self.cookies))


class Minimal:
    """Pages of bench/minimal.py, with the middleware of a new project and the session of a visitor."""

    def __init__(self):
        with override_settings(MIDDLEWARE=MIDDLEWARE):
            self.handler = WSGIHandler()
        self.handler.request_class = MinimalRequest

    def get(self, url, visitor):
        return answer(self.handler, environ(url, visitor.cookies))


class MinimalRequest(WSGIRequest):
    urlconf = "bench.minimal"
