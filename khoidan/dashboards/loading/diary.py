"""Acts of the demo, dated when they were done; the log is written once, so in order of time."""

from django.contrib.contenttypes.models import ContentType

from khoidan.organizations.models import Event


class Diary:
    def __init__(self):
        self.events = []

    def note(self, verb, *, at, by, target, **details):
        """The same row that `target.record` would have written at that time."""
        self.events.append(
            Event(
                at=at,
                actor=by,
                actor_name=str(by or ""),
                unit=target.unit,
                verb=verb,
                details=details,
                target_type=ContentType.objects.get_for_model(target),
                target_id=target.pk,
                target_name=str(target)[:300],
            )
        )

    def save(self):
        Event.objects.bulk_create(sorted(self.events, key=lambda event: event.at))
