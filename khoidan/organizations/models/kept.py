from django.contrib.contenttypes.models import ContentType

from khoidan.core.links import address_of
from khoidan.organizations.history import changed_under, history_of, last_change_of

from .event import Event
from .scope import scope_of


class Kept:
    """Mixin of models with pages: where they are, who may act on them, what happened to them."""

    tells_rights = False  # whether tell_rights sets may_<action> of a record at hand, as with_rights does in a query

    def get_absolute_url(self):
        meta = self._meta.concrete_model._meta
        return address_of(f"{meta.app_label}:{meta.model_name}_detail").format(self.pk)

    def permits(self, user, action):
        """The queryset's own answer for this one record, so that page and server cannot disagree."""
        return type(self)._default_manager.permitting(user, action).filter(pk=self.pk).exists()

    def record(self, verb, *, by, reason="", **details):
        """Note an act on this record, in the same transaction."""
        return Event.note(verb, by=by, target=self, unit=self.unit, reason=reason, **details)

    def created(self, *, by):
        """Note that a form made this record; a model adds what follows from it."""
        self.record("created", by=by)

    def changed(self, *, by):
        """Note that a form changed this record; a model adds what follows from it."""
        self.record("changed", by=by)

    def history(self):
        """Acts and changes, newest first."""
        return history_of(self, Event.objects.about(self))

    def last_change(self):
        """(name of who, local time) of the newest change, as the database noted it."""
        return last_change_of(self)

    @classmethod
    def changed_under(cls, token, keys):
        """Ids among `keys` of the records that a form with this token has changed already."""
        return changed_under(cls, token, keys)

    @classmethod
    def record_export(cls, *, by, rows, asked):
        """Note, in each bloc of theirs, that `by` took away so many rows, which the query string `asked` chose."""
        for bloc in scope_of(by).any_bloc() or [None]:
            told = {"unit_id": bloc, "details": {"rows": rows, "asked": asked}}
            event = Event.of("exported", by=by, **told)
            event.target_type = ContentType.objects.get_for_model(cls)
            event.save()
