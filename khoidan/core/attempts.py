"""An act that may be refused, tried on one record: done, or undone with a sentence that says why."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction

from .errors import Refused, sentence_of, told_of_collision

REFUSALS = (Refused, ValidationError, IntegrityError, OperationalError)


def attempt(act, record, /, *, by, expecting=REFUSALS, **told):
    """Call `act(by=by, **told)` in a savepoint; None when it is done, else a Refused or ValidationError.

    Of a refused act nothing stays but what the refusal traces on `record` (None: there is none yet), which is read
    again. What is no refusal, and whatever is not among `expecting`, is raised.
    """
    try:
        with transaction.atomic():
            act(by=by, **told)
    except expecting as error:
        refusal = refusal_of(error)
        if record is not None:
            record.refresh_from_db()  # what the try wrote into it is undone
        if isinstance(error, Refused):
            error.trace(record, by=by)
        return refusal
    return None


def refusal_of(error):
    """What the database says as a refusal with a sentence; raises again what is a failure and no refusal."""
    if isinstance(error, IntegrityError):
        return Refused(sentence_of(error))
    return Refused(told_of_collision(error)) if isinstance(error, OperationalError) else error


def sentence_for(refusal):
    """What to tell of an attempt; empty when it was done."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal or "")
