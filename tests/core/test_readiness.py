"""Which database khoidan refuses, and in which words."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from khoidan.core.database import checked
from khoidan.core.readiness import explain, require_database


@pytest.mark.parametrize("url", ["x", "mysql://a/b", "postgres://u:p@h:port/x", "postgres://u:p@h", "postgres://"])
def test_an_unreadable_address_is_refused_without_repeating_it(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        checked(url)
    assert str(refused.value) == (
        "DATABASE_URL cannot be read. Write it as postgres://user:password@host:5432/database"
    )


@pytest.mark.parametrize("url", ["postgres://u:p%40@h:5432/x", "postgresql://u@/x?host=%2Ftmp"])
def test_a_readable_address_stays_as_it_is(url):
    assert checked(url) == url


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ('FATAL:  password authentication failed for user "a"', "password in DATABASE_URL is wrong"),
        ('FATAL:  role "a" does not exist', "user in DATABASE_URL does not exist"),
        ('FATAL:  database "a" does not exist', "the database does not exist"),
        ("connection refused:\n\tConnection refused", "nothing answers there"),
        ("something new", "something new"),
    ],
)
def test_each_failure_says_what_to_do(said, advice):
    assert advice in explain(said)


@pytest.mark.django_db
def test_the_database_of_the_tests_will_do():
    require_database()
