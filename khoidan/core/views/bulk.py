"""One act on many records: chosen in a list, looked at first, then done row by row, each for itself."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import pghistory
from django import forms
from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views import generic

from khoidan.core.attempts import attempt, sentence_for
from khoidan.core.errors import told_of_collision

from .records import OfResource

MOST = 200  # rows at a time
LONGEST_QUERY = 2000  # characters
CHOSEN = re.compile(r"(\d{1,18})(?:\.(\d{1,9}))?")  # id, and the version that the preview showed


@dataclass(frozen=True)
class Bulk:
    """An act open to many rows of a list at once: who may `name` a record may do it here too.

    `hinders(records)` tells {pk: sentence} of those on which it cannot be done now, in a few queries however many
    there are; `notes(records, form)` likewise of what one should know first. Who may do it only by a part taken in the
    record sees the button when `by_part` is set.
    """

    name: str
    label: str
    icon: str = "check2"
    verb: str = ""  # of the model; the name unless told
    form_class: object = None  # asks for what the verb needs; may want "user"; "record" is None
    hinders: object = None
    notes: object = None
    by_part: bool = False
    shows: tuple = ()  # names of the columns of the list that one must see to decide

    def shown_to(self, model, user):
        return model.may_somewhere(user, "view" if self.by_part else self.name)

    def hindrances(self, records):
        return self.hinders(records) if self.hinders and records else {}

    def on(self, record, user, data, token=None):
        """Do it to one record; the sentence why not, empty when it is done.

        What it writes is marked in the history with the token of the form; what a refusal leaves behind is not.
        """
        verb = marking(token)(getattr(record, self.verb or self.name))
        return sentence_for(attempt(verb, record, by=user, **data))

    def after(self, records, user):
        """What follows once, in the same transaction, from its having been done to `records`."""


@contextmanager
def marking(token):
    """Changes made inside stand in the history with `token`, those that come after without."""
    try:
        with pghistory.context(token=token):
            yield
    finally:
        with pghistory.context(token=None):
            pass


@dataclass
class Line:
    """A chosen record, and why the act cannot be or was not done to it."""

    record: object
    columns: list
    why: str = ""
    note: str = ""  # to be known before it is done

    @property
    def cells(self):
        """[(label, text)] of the columns that help to decide, as they are now."""
        return [(column.label, column.text(self.record)) for column in self.columns]

    @property
    def chosen(self):
        return f"{self.record.pk}.{self.record.version}"


class BulkView(OfResource, generic.TemplateView):
    """First POST: the preview. Second POST, from there: the deed, and what came of each row."""

    http_method_names = ["post", "options"]
    suffix = "bulk"
    bulk = None

    def post(self, request, *args, **kwargs):
        doing, chosen = "_do" in request.POST, self.chosen()
        if len(chosen) > MOST:
            told = {"count": len(chosen), "most": MOST}
            return self.back(_("Bạn chọn %(count)s dòng; mỗi lần làm nhiều nhất %(most)s dòng.") % told)
        form = self.form(request.POST if doing else None)
        going = doing and form.is_valid()
        try:
            with transaction.atomic():
                rows = self.rows(chosen, locked=going)
        except OperationalError as error:
            return self.back(told_of_collision(error))
        if not rows:
            return self.back(_("Chưa chọn dòng nào. Hãy đánh dấu các dòng cần làm rồi bấm lại."))
        if going:
            return self.told(self.done(rows, chosen, form.cleaned_data), gone=len(chosen) - len(rows))
        return self.preview(rows, form)

    def chosen(self):
        """{id: version shown in the preview, or None} of what was sent; what cannot be an id is left out."""
        found = filter(None, map(CHOSEN.fullmatch, self.request.POST.getlist("pk")))
        return {int(one[1]): one[2] and int(one[2]) for one in found}

    def rows(self, chosen, *, locked):
        """Those of the chosen records that this person sees, locked in one order by whoever comes."""
        rows = self.get_queryset().filter(pk__in=chosen).with_rights(self.request.user, {self.bulk.name})
        rows = rows.for_list().order_by("pk")
        return list(rows.locked() if locked else rows)

    def form(self, data):
        form_class = self.bulk.form_class or forms.Form
        known = {"user": self.request.user, "record": None}  # a form for one record or for many
        return form_class(data, **{name: known[name] for name in getattr(form_class, "wants", ())})

    def hindrances(self, rows):
        """{pk: why the act cannot be done}: for want of a right, or by the state of the record."""
        may = [row for row in rows if getattr(row, f"may_{self.bulk.name}")]
        may_not = [row for row in rows if not getattr(row, f"may_{self.bulk.name}")]
        return self.model.refusals(may_not, self.bulk.name) | self.bulk.hindrances(may)

    def token(self):
        """Of the form of the preview: what was done under it is not done again."""
        try:
            return str(UUID(self.request.POST.get("_token", "")))
        except ValueError:
            return str(uuid4())

    def done(self, rows, chosen, data):
        """[Line] of what came of each row; a row that this very form has changed already counts as done."""
        token, user = self.token(), self.request.user
        stale = {row.pk for row in rows if row.version != chosen[row.pk]}
        before = self.model.changed_under(token, stale) if stale else set()
        changed = _("Bản ghi vừa được sửa ở nơi khác sau khi bạn xem; chưa làm gì. Hãy xem lại rồi chọn lần nữa.")
        why = dict.fromkeys(stale, changed) | self.hindrances(rows) | dict.fromkeys(before, "")
        lines = self.lines(rows, why)
        for line in lines:
            if not line.why and line.record.pk not in before:
                line.why = self.deed(line.record, user, data, token)
        self.bulk.after([line.record for line in lines if not line.why and line.record.pk not in before], user)
        return lines

    def deed(self, record, *doing):
        """Why it could not be done; an earlier row may have taken this record along, as a parent does its parts."""
        now = type(record)._base_manager.values_list("version", flat=True).get(pk=record.pk)
        if now != record.version:
            record.refresh_from_db()
            if self.bulk.hindrances([record]):
                return ""
        return self.bulk.on(record, *doing)

    def lines(self, rows, why):
        """[Line] in the order of the list that they were chosen in."""
        places = {pk: place for place, pk in enumerate(self.chosen())}
        columns = [column for column in self.resource.columns if column.name in self.bulk.shows]
        return [Line(row, columns, why.get(row.pk, "")) for row in sorted(rows, key=lambda row: places[row.pk])]

    def preview(self, rows, form):
        lines = self.lines(rows, self.hindrances(rows))
        notes = self.bulk.notes([line.record for line in lines if not line.why], form) if self.bulk.notes else {}
        for line in lines:
            line.note = notes.get(line.record.pk, "")
        return self.page(lines, form=form, token=self.token(), list_query=self.list_query())

    def told(self, lines, *, gone):
        return self.page(lines, finished=True, gone=gone)

    def page(self, lines, **context):
        able = [line for line in lines if not line.why]
        unable = [line for line in lines if line.why]
        return self.render_to_response(
            self.get_context_data(act=self.bulk, able=able, unable=unable, back_url=self.back_url(), **context)
        )

    def list_query(self):
        """The state of the list one came from; only ever a query string of that list."""
        return QueryDict(self.request.POST.get("_list", "")[:LONGEST_QUERY]).urlencode()

    def back_url(self):
        query = self.list_query()
        return f"{self.resource.url('list')}?{query}" if query else self.resource.url("list")

    def back(self, sentence):
        messages.error(self.request, sentence)
        return HttpResponseRedirect(self.back_url())

    def get_page_title(self):
        return _("%(act)s: các mục đã chọn") % {"act": self.bulk.label}

    def get_crumbs(self):
        return [(self.resource.list_title, self.back_url()), (self.bulk.label, None)]
