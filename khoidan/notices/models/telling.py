"""How the verbs of upper apps tell people, and how days do."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.staffing.models import Person

from .choice import Choice
from .notice import Notice


def tell(kind, record, *, to, by, **details):
    """Tell people of `record` in the transaction of the act: `kind` is a key of its model's `notices`.

    `to` holds persons and accounts; those without an account, locked ones, None and `by` are passed over. A newer
    notice of a kind takes the place of the one not read yet. `details` are words or numbers for the text.
    """
    news = {"actor_name": str(by or ""), "details": details, "at": timezone.now()}
    rows = rows_for(kind, record, Choice.objects.of_each(recipients(to, by)), **news)
    for rings in (True, False):  # as each chose since the notice not read yet was written
        again = [row.recipient_id for row in rows if row.rings == rings]
        about(kind, record).filter(recipient__in=again).unread().update(rings=rings, **news)
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def remind(kind, record, *, to, day):
    """Ring once for each day that `record` has been due, whether or not that was read; `to` holds account ids."""
    choices = {pk: choice for pk, choice in Choice.objects.of_each(to).items() if group_of(kind, record) in choice.bell}
    about(kind, record).filter(recipient__in=choices).exclude(day=day).read()
    Notice.objects.bulk_create(rows_for(kind, record, choices, day=day), ignore_conflicts=True)


def recipients(to, by):
    """Ids of the accounts of `to` that work, in order, so that two tellings never wait for each other."""
    keys = {each.user_id if isinstance(each, Person) else each.pk for each in to if each is not None}
    keys -= {None, by and by.pk}
    return User.objects.filter(pk__in=keys, is_active=True).order_by("pk").values_list("pk", flat=True)


def rows_for(kind, record, choices, **fields):
    """Rows not written yet, for those of {account id: Choice} who want to hear of it in one way or the other."""
    group = group_of(kind, record)
    return [
        Notice(
            recipient_id=pk,
            kind=name_of(kind, record),
            target=record,
            unit_id=record.unit_id,
            rings=group in choice.bell,
            **fields,
        )
        for pk, choice in choices.items()
        if group in choice.bell or group in choice.mail
    ]


def about(kind, record):
    target = ContentType.objects.get_for_model(record)
    return Notice.objects.filter(kind=name_of(kind, record), target_type=target, target_id=record.pk)


def name_of(kind, record):
    return f"{record._meta.app_label}.{kind}"


def group_of(kind, record):
    return record.notices[kind].group
