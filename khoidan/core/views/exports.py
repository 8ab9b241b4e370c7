"""A list to take away: what the filters left, in the order asked for, all pages of it."""

import re

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import generic

from khoidan.core.spreadsheet import spreadsheet
from khoidan.core.text import fold
from khoidan.core.words import num

from .records import OfResource

MOST = 20_000  # rows of one file
CHUNK = 1_000  # rows read from the database at a time
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportView(OfResource, generic.View):
    """Only a POST: what was taken, by whom and how much, is written down."""

    http_method_names = ["post", "options"]
    suffix = "export"

    def post(self, request, *args, **kwargs):
        listing = self.resource.list_view(resource=self.resource)
        listing.setup(request)
        chosen = listing.chosen()
        rows = listing.found(chosen)
        refusal = self.refusal(chosen, rows)
        if refusal:
            messages.error(request, refusal)
            return HttpResponseRedirect(f"{self.resource.url('list')}?{request.GET.urlencode()}")
        content, count = self.written(chosen, rows)
        self.model.record_export(by=request.user, rows=count, asked=request.GET.urlencode())
        kept_as = {"Content-Disposition": f'attachment; filename="{self.filename()}"'}
        return HttpResponse(content, content_type=XLSX, headers=kept_as)

    def refusal(self, chosen, rows):
        """Why there is no file: a condition that cannot be read, or more rows than a file takes."""
        if chosen.errors:
            return _("Chưa xuất được vì có điều kiện lọc chưa đúng. Hãy sửa hoặc bỏ điều kiện đó.")
        count = rows.count() if isinstance(rows, QuerySet) else len(rows)
        if count > MOST:
            told = {"count": num(count), "most": num(MOST)}
            return _("Danh sách có %(count)s dòng, một tệp chỉ chứa %(most)s. Hãy lọc bớt rồi xuất lại.") % told
        return ""

    def written(self, chosen, rows):
        columns = [c for c in (*self.resource.columns, *self.resource.export_columns) if c.exports]
        found = rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows
        values = ([column.of(row) for column in columns] for row in found)
        return spreadsheet([column.label for column in columns], values, lambda count: self.about(chosen, count))

    def about(self, chosen, count):
        """What the second sheet says: whose list this is, of when, and chosen how."""
        told = [label for _name, label in chosen.chips()]
        return [
            (_("Danh sách"), self.resource.list_title),
            (_("Xuất lúc"), timezone.now()),
            (_("Người xuất"), self.request.user),
            (_("Số dòng"), count),
            (_("Điều kiện lọc"), "; ".join(told) or _("không lọc")),
        ]

    def filename(self):
        """E.g. cong-viec-2026-11-23.xlsx: a name that every system keeps."""
        name = re.sub(r"[^a-z0-9]+", "-", fold(str(self.resource.list_title))).strip("-")
        return f"{name or 'khoidan'}-{timezone.localdate():%Y-%m-%d}.xlsx"
