"""Gathers the texts of the house for translation."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's, for our sources only; a new text is left empty instead of guessed, a text that is gone leaves."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_now"]  # gettext beside a lazy `_`
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args, **options):
        elsewhere = ["node_modules", ".venv", "var", "tests", "bench", "fixtures"]
        options |= {"ignore_patterns": elsewhere, "no_obsolete": True, "add_location": "file"}
        super().handle(*args, **options)
