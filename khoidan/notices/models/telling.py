"""How the verbs of upper apps tell people, and how days do."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from khoidan.accounts.models import User
from khoidan.staffing.models import Person

from .choice import Choice
from .notice import Notice

BATCH = 1000  # rows of one statement


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


def tell_of_many(kind, records, *, to, by, **details):
    """One notice of several records of a model, of which the first stands for all; its words may hold %(n)s.

    What an unread one with the same first told of before is told of still.
    """
    for account in User.objects.filter(pk__in=recipients(to, by)).order_by("pk"):
        unread = about(kind, records[0]).filter(recipient=account).unread().select_for_update().first()
        keys = [*(unread.targets if unread else []), *(record.pk for record in records)]
        tell(kind, records[0], to=[account], by=by, keys=list(dict.fromkeys(keys)), **details)


@transaction.atomic
def remind(kind, due):
    """Ring once for each day that a record has been due, whether or not that was read; how many rang anew.

    `due` holds (record, account id, day), an account once for a record, of those who want it at the bell:
    see `Choice.objects.silent`.
    """
    now = timezone.now()
    rows = [row_of(kind, record, account, day=day, at=now) for record, account, day in due]
    Notice.objects.filter(pk__in=outdated(rows)).read()
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    # What was there already is passed over in silence; the moment tells what this run wrote.
    people, kinds = {row.recipient_id for row in rows}, {row.kind for row in rows}
    return Notice.objects.filter(at=now, recipient__in=people, kind__in=kinds).count()


def outdated(rows):
    """Keys of the unread reminders of the same for another day than that of `rows`."""
    days = {(row.recipient_id, row.target_type_id, row.target_id, row.kind): row.day for row in rows}
    people, _types, targets, kinds = (set(each) for each in zip(*days, strict=True)) if days else [()] * 4
    unread = Notice.objects.unread().filter(recipient__in=people, target_id__in=targets, kind__in=kinds)
    found = unread.values_list("pk", "day", "recipient", "target_type", "target_id", "kind")
    return [pk for pk, day, *about in found if days.get(tuple(about), day) != day]


def account_of(each):
    """Key of the account of a person, None for who has none; an account's own."""
    return each.user_id if isinstance(each, Person) else each.pk


def recipients(to, by):
    """Ids of the accounts of `to` that work, in order, so that two tellings never wait for each other."""
    keys = {account_of(each) for each in to if each is not None} - {None, by and by.pk}
    return User.objects.filter(pk__in=keys, is_active=True).order_by("pk").values_list("pk", flat=True)


def rows_for(kind, record, choices, **fields):
    """Rows not written yet, for those of {account id: Choice} who want to hear of it in one way or the other."""
    group = group_of(kind, record)
    return [
        row_of(kind, record, pk, rings=group in choice.bell, **fields)
        for pk, choice in choices.items()
        if group in choice.bell or group in choice.mail
    ]


def row_of(kind, record, account, **fields):
    named = name_of(kind, record)
    return Notice(recipient_id=account, kind=named, target=record, unit_id=record.unit_id, **fields)


def about(kind, record):
    target = ContentType.objects.get_for_model(record)
    return Notice.objects.filter(kind=name_of(kind, record), target_type=target, target_id=record.pk)


def name_of(kind, record):
    return f"{record._meta.app_label}.{kind}"


def group_of(kind, record):
    return record.notices[kind].group
