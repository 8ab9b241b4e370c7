"""A record's history in words: the acts on it, and every change of its columns whoever made it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

UNTOLD = {"id", "token", "version", "sort_key", "folded", "bloc", "created_at", "created_by"}


@dataclass
class Entry:
    """One line of the history: an act, a change of columns (label, before, after), or both."""

    at: datetime
    who: str
    what: str
    reason: str = ""
    changes: list = field(default_factory=list)


def snapshots(record):
    """[rows of each pghistory table of the record], oldest first; a joined model has two tables."""
    found = []
    for model in [type(record), *type(record)._meta.get_parent_list()]:
        kept = next(r.related_model for r in model._meta.related_objects if tracks(r.related_model, model))
        links = [column.name for column in kept._meta.fields if is_link(column)]
        found.append(list(kept.objects.filter(pgh_obj_id=record.pk).select_related(*links).order_by("pgh_id")))
    return found


def tracks(table, model):
    return getattr(table, "pgh_tracked_model", None) is model


def is_link(column):
    return isinstance(column, models.ForeignKey) and not column.name.startswith("pgh_")


def actor_id(row):
    return ((row.pgh_context or {}).get("metadata") or row.pgh_context or {}).get("user")


def history_of(record, events):
    tables = snapshots(record)
    accounts = {actor_id(row) for rows in tables for row in rows} - {None}
    names = {user.pk: str(user) for user in get_user_model().objects.filter(pk__in=accounts)} if accounts else {}
    told = [Entry(e.at, e.actor_name, str(type(record).acts.get(e.verb, e.verb)), e.reason) for e in events]
    for rows in tables:
        for before, after in pairwise(rows):
            changes = differences(before, after)
            if changes:
                who = names.get(actor_id(after)) or _("hệ thống")
                told.append(Entry(after.pgh_created_at, who, _("Thay đổi nội dung"), changes=changes))
    return merged(sorted(told, key=lambda entry: entry.at, reverse=True))


def merged(entries):
    """An act and the change of columns it made are one line for the reader."""
    kept = []
    for entry in entries:
        twin = next((k for k in kept[-3:] if abs((k.at - entry.at).total_seconds()) < 1 and k.who == entry.who), None)
        if twin and bool(twin.changes) != bool(entry.changes):
            twin.changes = twin.changes or entry.changes
            if entry.changes == []:
                twin.what, twin.reason = entry.what, entry.reason
        else:
            kept.append(entry)
    return kept


def differences(before, after):
    """[(label, before, after)] in words, of the columns that changed and mean something to a reader."""
    told = []
    for column in after._meta.fields:
        if column.name in UNTOLD or column.name.startswith("pgh_") or column.name.endswith("_ptr"):
            continue
        old, new = getattr(before, column.attname), getattr(after, column.attname)
        if old != new:
            told.append((str(column.verbose_name), words(before, column), words(after, column)))
    return told


def words(row, column):
    value = getattr(row, column.name) if is_link(column) else getattr(row, column.attname)
    if value in (None, ""):
        return "–"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return str(value)


def last_change_of(record):
    rows = [rows[-1] for rows in snapshots(record) if rows]
    if not rows:
        return _("Ai đó"), ""
    row = max(rows, key=lambda each: each.pgh_created_at)
    account = get_user_model().objects.filter(pk=actor_id(row) or 0).first()
    return str(account or _("Hệ thống")), date_format(timezone.localtime(row.pgh_created_at), "DATETIME_FORMAT")
