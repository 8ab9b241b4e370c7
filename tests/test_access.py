"""Who gets what, for every URL and everybody of the matrix: a table to read, and the requests that prove it.

Codes: 200 a page (to a POST: the form again, with its errors), 302 done or sent to sign in, 403 seen but refused,
404 does not exist for this person, 405 no such method.
"""

from pathlib import Path

import pytest
from django.db import transaction

from tests.access import COLUMNS, World
from tests.test_gate import REACHED

pytestmark = pytest.mark.django_db
TABLE = (Path(__file__).parent / "data" / "access.txt").read_text()


def rows():
    """[(url name, kinds of record, method, {column: code})] of the table."""
    lines = [line.split() for line in TABLE.splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0][1:]
    assert columns == COLUMNS
    for what, *codes in lines[1:]:
        method, name, *kinds = what.split("|")
        yield pytest.param(
            name, kinds, method, dict(zip(columns, map(int, codes), strict=True)), id=what.replace("|", " ")
        )


ROWS = list(rows())


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the whole table; what a request changes is rolled back before the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world):
    return {column: world.client(column) for column in COLUMNS}


def answer(client, method, url):
    """The response; what the request did to database and cookies is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method.lower())(url)
        if response.streaming:
            b"".join(response)  # read to its end, a file is closed
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


@pytest.mark.parametrize(("name", "kinds", "method", "codes"), ROWS)
def test_access(world, clients, name, kinds, method, codes):
    url = world.url(name, *kinds)
    given = {column: answer(clients[column], method, url).status_code for column in COLUMNS}
    assert given == codes


POSTED = {row.values[0]: row.values for row in ROWS}  # the last row of each URL: that of POST where there is one


@pytest.mark.parametrize("name", sorted(set(POSTED) - {"accounts:sign_in"}))  # which sends on who is in already
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD"])
def test_what_is_neither_read_nor_posted_is_not_done(world, clients, name, method):
    """No rule that asks whether it is a POST is passed by; a HEAD is answered as its page, or not at all."""
    _name, kinds, _method, codes = POSTED[name]
    for column in ("women", "head"):
        given = answer(clients[column], method, world.url(name, *kinds)).status_code
        expected = {405} | ({codes[column]} & {403, 404}) | ({200} if method == "HEAD" else set())
        assert given in expected, column


def test_the_table_holds_every_url():
    assert {row.values[0] for row in ROWS} == {name for name, _view in REACHED}


def test_anonymous_requests_are_sent_to_sign_in(world, clients):
    """A 302 for nobody is a question who they are, not a deed."""
    for row in ROWS:
        name, kinds, method, codes = row.values
        if codes["anon"] == 302 and name not in ("accounts:sign_in", "set_language"):
            assert answer(clients["anon"], method, world.url(name, *kinds)).url.startswith("/sign-in/"), name


DETAILS = [row.values for row in ROWS if row.values[1] and row.values[2] == "GET" and row.values[3]["head"] == 200]


@pytest.mark.parametrize(("name", "kinds", "method", "codes"), DETAILS, ids=[values[0] for values in DETAILS])
def test_foreign_and_missing_records_answer_alike(world, clients, name, kinds, method, codes):
    """Outside one's rights a record does not exist: same code, same body."""
    url = world.url(name, *kinds)
    pk = str(world.records[kinds[0]].pk)
    missing = url.replace(f"/{pk}/", "/987654321/", 1)
    foreign, absent = (answer(clients["other"], "GET", each) for each in (url, missing))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert foreign.content.replace(url.encode(), b"") == absent.content.replace(missing.encode(), b"")
