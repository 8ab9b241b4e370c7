"""What a request says of its encoding: UTF-8 or nothing, or it is no request."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from khoidan.core.encoding import utf8_only

pytestmark = pytest.mark.django_db
NO_TEXT = ["rot13", "base64", "hex", "idna", "undefined", "unicode_escape", "utf-7", "latin-1", "utf-16", "punycode"]
WRONG = [f"text/plain; charset={name}" for name in NO_TEXT] + [
    "application/x-www-form-urlencoded; charset=rot13",
    "multipart/form-data; boundary=x; charset=hex",
    "text/plain; charset*0=rot; charset*1=13",
    "text/plain; charset*=no-such''x",
    "text/plain; charset*=utf-8''a%00b",
    "text/plain; x*=undefined''ab",
]
URLS = ["/", "/sign-in/?next=%2Ftasks%2F&a=%C3%A9", "/khong-co/?q=phụ+nữ", "/static/khong-co.css?x=1"]


@pytest.fixture
def served():
    """`served(url, content type, method)` is (status, {header: value}) of what the server is given."""
    application = utf8_only(WSGIHandler())

    def ask(url, kind, method="GET"):
        answers = []
        environ = RequestFactory().generic(method, url, b"username=x&password=y").environ | {"CONTENT_TYPE": kind}
        application(environ, lambda status, headers: answers.append((int(status[:3]), dict(headers))))
        return answers[0]

    return ask


@pytest.mark.parametrize("kind", WRONG)
def test_a_request_in_another_encoding_is_no_request(served, kind):
    for url in URLS:
        for method in ("GET", "POST"):
            status, headers = served(url, kind, method)
            assert (status, "Content-Security-Policy" in headers) == (400, True), url


@pytest.mark.parametrize("kind", ["", "text/plain", "text/plain; charset=utf-8", 'text/plain; charset="UTF-8"'])
def test_utf_8_said_or_not_is_what_everybody_sends(served, kind):
    assert [served(url, kind)[0] for url in URLS] == [302, 200, 404, 404]


def test_what_is_served_is_guarded():
    """The module itself makes the database ready when it is imported, so it is read."""
    assert (
        "application = utf8_only(get_wsgi_application())"
        in (Path(settings.BASE_DIR) / "khoidan" / "wsgi.py").read_text()
    )
