"""What was done in the demo on the day of loading, by the verbs that the pages use: work handed over, files added."""

from khoidan.accounts.models import User
from khoidan.files.models import Attachment
from khoidan.tasks.handover import duties_of, hand_over
from khoidan.tasks.models import Task

from .papers import empty_form, plan_of_the_hall


def hand_over_work(house, rows):
    """One person's open work, to somebody else of the unit; rights have been made by now."""
    for row in rows:
        leaver, heir, by = (house.persons[row[part]] for part in ("person", "to", "by"))
        user = User.objects.get(pk=by.user_id)  # who was read before had none
        plan = [(duty, heir) for duty in duties_of(leaver, user)]
        hand_over(plan, by=user, reason=row["reason"])


def add_files(names):
    """A form on the task that every organization has a part in; a plan on one that a meeting asked for."""
    shared = Task.objects.open().exclude(children=None).first()
    asked = Task.objects.open().exclude(origin_id=None).first()
    for task, file in ((shared, empty_form(names["shared"])), (asked, plan_of_the_hall(names["asked"]))):
        Attachment.objects.attach([file], to=task, by=task.accountable.user)
