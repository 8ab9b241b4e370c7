"""Acts of the demo, dated when they were done; the log is written once, so in order of time."""

from khoidan.organizations.models import Event


class Diary:
    def __init__(self):
        self.events = []

    def note(self, verb, *, at, by, target, **details):
        """The same row that `target.record` would have written at that time."""
        self.events.append(Event.of(verb, by=by, target=target, unit=target.unit, at=at, details=details))

    def save(self):
        Event.objects.bulk_create(sorted(self.events, key=lambda event: event.at))
