"""An act that is refused leaves nothing but its sentence and what it traces."""

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError

from khoidan.core.attempts import attempt, sentence_for
from khoidan.core.errors import Refused
from khoidan.organizations.models import Event
from khoidan.tasks.models import Task, Unclear
from tests.factories import make_task


@pytest.fixture
def task(house, officer):
    return make_task(house["women"], "Tập huấn", accountable=officer.person)


def spoil(task, error):
    """An act that writes, and then meets `error`."""

    def act(*, by):
        task.title = "hỏng"
        task.save()
        task.record("changed", by=by)
        raise error

    return act


REFUSALS = [Refused("Không được."), Unclear(["due"]), ValidationError({"due": "Sai ngày."})]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
def test_what_a_refused_act_did_is_undone(task, officer, error):
    assert attempt(spoil(task, error), task, by=officer) is error
    assert (task.title, Task.objects.get().title) == ("Tập huấn", "Tập huấn")
    traced = ["stopped_at_gate"] if isinstance(error, Unclear) else []
    assert list(Event.objects.about(task).values_list("verb", flat=True)) == traced


def test_an_act_that_is_done_has_nothing_to_tell(task, officer):
    assert sentence_for(attempt(task.begin, task, by=officer)).startswith("Việc này đang ở trạng thái «nháp»")
    assert sentence_for(attempt(task.give, task, by=officer)) == ""
    assert Task.objects.get().state == "given"


def test_the_rules_of_the_database_are_told_in_their_words(task, officer):
    def act(*, by):
        Task.objects.update(checker=officer.person)

    told = attempt(act, task, by=officer)
    assert (type(told), sentence_for(told)) == (Refused, "Người nghiệm thu phải khác người chủ trì.")


@pytest.mark.parametrize("error", [OperationalError("server closed"), ZeroDivisionError()], ids=["database", "ours"])
def test_a_failure_is_no_refusal(task, officer, error):
    with pytest.raises(type(error)):
        attempt(spoil(task, error), task, by=officer)


def test_a_refusal_that_is_not_expected_is_raised(task, officer):
    with pytest.raises(Refused, match="Không được"):
        attempt(spoil(task, Refused("Không được.")), task, by=officer, expecting=Unclear)
