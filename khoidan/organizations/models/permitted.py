from django.db import models
from django.db.models import Case, Value, When


class Permitted(models.QuerySet):
    """What a permitted queryset offers; subclasses say under which `condition(user, action)`."""

    row = None  # what the values of for_rows make, where the rows of a list are no instances

    def permitting(self, user, action):
        return self.filter(self.condition(user, action))

    def with_rights(self, user, actions):
        """Annotate may_<action>: a record and all that may be done to it, in one query."""
        return self.annotate(
            **{
                f"may_{action}": Case(
                    When(self.condition(user, action), then=Value(True)),
                    default=Value(False),
                    output_field=models.BooleanField(),
                )
                for action in sorted(actions)
            }
        )

    def locked(self):
        """Held until the transaction ends; who waited for them reads what the other wrote."""
        return self.select_for_update(of=("self",))

    def for_list(self):
        """Joins and defers what the rows of a list show."""
        return self

    def for_rows(self):
        """No more than a row of the list shows, for pages that only show it: instances, or values for a `row`."""
        return self.for_list()

    def for_detail(self):
        """Joins what the page of one record shows."""
        return self.for_list()
