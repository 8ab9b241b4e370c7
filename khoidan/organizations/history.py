"""A record's history in words: the acts on it, and every change of its columns whoever made it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, pairwise
from uuid import UUID

from django.apps import apps
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
    key: UUID | None = None  # of the request


def tables_of(model):
    """The pghistory tables of a model; a joined one has two."""
    for part in [model, *model._meta.get_parent_list()]:
        yield next(r.related_model for r in part._meta.related_objects if tracks(r.related_model, part))


def snapshots(record):
    """[rows of each pghistory table of the record], oldest first."""
    found = []
    for kept in tables_of(type(record)):
        links = [column.name for column in kept._meta.fields if is_link(column)]
        found.append(list(kept.objects.filter(pgh_obj_id=record.pk).select_related(*links).order_by("pgh_id")))
    return found


def changed_under(model, token, keys):
    """Ids among `keys` whose history names this token of a form."""
    rows = (kept.objects.filter(pgh_obj_id__in=keys, pgh_context__token=str(token)) for kept in tables_of(model))
    return {pk for found in rows for pk in found.values_list("pgh_obj_id", flat=True)}


def tracks(table, model):
    return getattr(table, "pgh_tracked_model", None) is model


def is_link(column):
    return isinstance(column, models.ForeignKey) and not column.name.startswith("pgh_")


def actor_id(row):
    return ((row.pgh_context or {}).get("metadata") or row.pgh_context or {}).get("user")


def history_of(record, events):
    verbs = type(record).acts
    told = [Entry(e.at, e.actor_name, words_of(e, verbs), e.reason, key=e.request_key) for e in events]
    found = [(row, changes) for row, changes in changes_of(record) if changes]
    accounts = {actor_id(row) for row, _changes in found} - {None}
    names = {user.pk: str(user) for user in get_user_model().objects.filter(pk__in=accounts)} if accounts else {}
    for row, changes in found:
        who = names.get(actor_id(row)) or _("hệ thống")
        told.append(Entry(row.pgh_created_at, who, _("Thay đổi nội dung"), changes=changes, key=row.pgh_context_id))
    return sorted(merged(told), key=lambda entry: entry.at, reverse=True)


def words_of(event, verbs):
    """The act, and the file it was about."""
    what, file = str(verbs.get(event.verb, event.verb)), event.details.get("file")
    return f"{what}: {file}" if file else what


def changes_of(record):
    """(row of history, [(label, before, after)]) of each change of columns and of links."""
    tables = snapshots(record)
    for rows in tables:
        for before, after in pairwise(rows):
            yield after, differences(before, after)
    born = moment(tables[0][0]) if tables[0] else None
    for linked in type(record)._meta.many_to_many:
        for when, rows in groupby(links(record, linked), key=moment):
            if when != born:  # what was linked when the record was made is no change
                rows = sorted(rows, key=lambda row: row.pgh_label)
                yield rows[0], [(str(linked.verbose_name), "", signed(rows, linked))]


def links(record, linked):
    """Rows of history of a many-to-many field of the record, oldest first; none of a field that is not tracked."""
    proxies = linked.remote_field.through.__subclasses__()
    for kept in (model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None) in proxies):
        rows = kept.objects.filter(**{linked.m2m_field_name(): record.pk})
        yield from rows.select_related(linked.m2m_reverse_field_name()).order_by("pgh_id")


def signed(rows, linked):
    """«+ A, − B»: what was added and removed."""
    signs = {"added": "+", "removed": "−"}
    return ", ".join(f"{signs[row.pgh_label]} {getattr(row, linked.m2m_reverse_field_name())}" for row in rows)


def moment(row):
    return row.pgh_context_id, row.pgh_created_at


def merged(entries):
    """An act and what it changed are one line for the reader: all that one request did, told by its last act."""
    kept, by_request = [entry for entry in entries if entry.key is None], defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.at):
        if entry.key is not None:
            by_request[entry.key].append(entry)
    for group in by_request.values():
        acts = [entry for entry in group if not entry.changes] or group[:1]
        acts[-1].changes = [change for entry in group for change in entry.changes]
        kept += acts
    return kept


def differences(before, after):
    """[(label, before, after)] in words, of the columns that changed and mean something to a reader."""
    told, untold = [], UNTOLD | getattr(after.pgh_tracked_model, "untold", set())
    for column in after._meta.fields:
        if column.name in untold or column.name.startswith("pgh_") or column.name.endswith("_ptr"):
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
