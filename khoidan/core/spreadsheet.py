"""Spreadsheets to take away: every text stays a text, every day is a day, nothing in them is a formula."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from .text import CONTROL

LONGEST = 32_767  # characters that a cell holds
FIRST_YEAR = 1900  # before it a spreadsheet knows no days
NARROW, WIDE = 10, 60  # characters
UNFIT = re.compile("[\r\ud800-\udfff\ufffe\uffff]")  # what no XML holds; a lone return is no line break
RISKY = ("=", "+", "-", "@", "\t", "\n")  # what other programs and an edited cell would take for a formula
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def plain(value):
    """The text of a cell, without what cannot be read, cut where a cell ends."""
    text = UNFIT.sub("", CONTROL.sub("", str(value)))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class Sheet:
    """One sheet, written from the top down; remembers how wide its columns must be."""

    def __init__(self, book, name):
        self.sheet, self.at = book.add_worksheet(name), 0
        styles = {
            "head": {"bold": True, "bottom": 1},
            "day": {"num_format": "dd/mm/yyyy", "align": "left"},
            "moment": {"num_format": "dd/mm/yyyy hh:mm", "align": "left"},
            "text": {},
            "risky": {"quote_prefix": True},
        }
        self.styles = {name: book.add_format(style | {"valign": "top"}) for name, style in styles.items()}
        self.widths = {}

    def write(self, values, style=None):
        """One row."""
        for column, value in enumerate(values):
            if value not in (None, ""):
                self.put(column, value, style)
        self.at += 1

    def put(self, column, value, style):
        if isinstance(value, bool):
            value = _("có") if value else _("không")
        if isinstance(value, int | float | Decimal):
            self.sheet.write_number(self.at, column, value)
            return
        if isinstance(value, date) and value.year >= FIRST_YEAR:
            self.put_day(column, value)
            return
        text = plain(value)
        style = style or ("risky" if text.startswith(RISKY) else "text")
        self.sheet.write_string(self.at, column, text, self.styles[style])
        self.widen(column, max(map(len, text.split("\n"))))

    def put_day(self, column, value):
        """A day, or a moment as the clock of the office showed it."""
        timed = isinstance(value, datetime)
        if timed and timezone.is_aware(value):
            value = timezone.localtime(value).replace(tzinfo=None)
        self.sheet.write_datetime(self.at, column, value, self.styles["moment" if timed else "day"])
        self.widen(column, 16 if timed else NARROW)

    def widen(self, column, length):
        self.widths[column] = min(max(self.widths.get(column, NARROW), length + 2), WIDE)

    def finish(self, *, table=False):
        """Set the widths; a `table` keeps its head in sight and offers filters."""
        for column, width in self.widths.items():
            self.sheet.set_column(column, column, width)
        if table:
            self.sheet.freeze_panes(1, 0)
            self.sheet.autofilter(0, 0, max(self.at - 1, 1), max(self.widths, default=0))


def spreadsheet(headers, rows, about):
    """(bytes of an .xlsx file, how many rows it holds): `rows` (lists of values) under `headers`.

    `about(count)` gives the (label, value) pairs of its second sheet. One row is in memory at a time.
    """
    file = BytesIO()
    with Workbook(file, {"constant_memory": True} | PLAIN) as book:
        sheet = Sheet(book, _("Danh sách"))
        sheet.write(headers, "head")
        for row in rows:
            sheet.write(row)
        sheet.finish(table=True)
        notes = Sheet(book, _("Thông tin"))
        for pair in about(sheet.at - 1):
            notes.write(pair)
        notes.finish()
    return file.getvalue(), sheet.at - 1
