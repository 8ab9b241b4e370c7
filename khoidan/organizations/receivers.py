"""Django's sign-in signals become events: the only signal handlers of the project."""

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from .models import Event


@receiver(user_logged_in)
def note_sign_in(sender, user, **kwargs):
    Event.note("signed_in", by=user)


@receiver(user_logged_out)
def note_sign_out(sender, user, **kwargs):
    if user is not None:
        Event.note("signed_out", by=user)
