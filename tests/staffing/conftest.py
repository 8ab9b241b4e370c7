"""What tests of the staffing screens start from."""

import pytest

from tests.factories import appoint, fresh, make_member, make_person


@pytest.fixture
def officer(house, client):
    """The personnel officer, signed in."""
    user = make_member(house["office"], "personnel_officer", "Hà Thị Nga")
    client.force_login(user)
    return user


@pytest.fixture
def holder(house, matrix):
    """The head of the women's organization, who is a deputy head of the bloc too."""
    person = make_person(house["women"], "Nông Thị Hinh")
    appoint(person, house["women"], "organization_head", kind="main")
    appoint(person, house["bloc"], "deputy_head")
    fresh(person.user)
    return person
