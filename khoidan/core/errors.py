"""Refusals with a sentence, and the page for a form whose security token is gone."""

from django.shortcuts import render


class Refused(Exception):
    """An act that the rules do not allow now; its text is a sentence for the person who tried."""


def csrf_failure(request, reason=""):
    """403 page of its own: the usual cause is a form left open past the end of the session."""
    return render(request, "403_csrf.html", status=403)
