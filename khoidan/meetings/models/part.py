from khoidan.organizations.history import last_change_of


class Part:
    """Mixin of the parts of a meeting: changed by the same forms as records, with no right, token or page of their own.

    `meeting.record(verb, part=…)` tells of their acts; the caller holds the meeting's row.
    """

    token = None
    version = 0  # the form of a part tells a stale page by what the part says

    def last_change(self):
        """(name of who, local time) of the newest change."""
        return last_change_of(self)
