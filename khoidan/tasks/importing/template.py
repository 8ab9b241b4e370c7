"""The empty sheet to fill in: heads, one line to go by, and the names that may stand in it."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from khoidan.core.spreadsheet import PLAIN, Sheet

from .columns import EXAMPLE, NAMES, label

ROWS = 500  # below the head in which names are offered: as many as are read
LISTS = {"unit": 0, "accountable": 1, "checker": 1, "area": 2}  # columns to choose from those of the second sheet


def template(book):
    """Bytes of an .xlsx file for whom `book` was read for."""
    file = BytesIO()
    lists = [list(names.labels.values()) for names in (book.units, book.people, book.areas, book.organizations)]
    with Workbook(file, PLAIN) as workbook:
        sheet = Sheet(workbook, _("Việc"))
        sheet.write([f"{label(name)} *" if name in required(book) else label(name) for name in NAMES], "head")
        filled = example(lists)
        sheet.write([filled.get(name, "") for name in NAMES])
        sheet.finish(table=True)
        names = Sheet(workbook, _("Danh mục"))
        names.write([label("unit"), _("Cán bộ"), label("area"), label("organizations")], "head")
        for place in range(max(map(len, lists), default=0)):
            names.write([column[place] if place < len(column) else "" for column in lists])
        names.finish(table=True)
        for name, column in LISTS.items():
            offer(sheet.sheet, NAMES.index(name), names.sheet.get_name(), column, len(lists[column]))
    return file.getvalue()


def required(book):
    """Columns that the sheet cannot do without."""
    return ["title"] if book.only_unit() else ["title", "unit"]


def example(lists):
    """{column: value} of the line to go by."""
    units, people, areas, organizations = lists
    return {
        "title": EXAMPLE,
        "deliverable": _("Báo cáo kết quả tập huấn"),
        "unit": (units or [""])[0],
        "accountable": (people or [""])[0],
        "address": _("Hội trường khối"),
        "due": timezone.localdate() + timedelta(days=14),
    }


def offer(sheet, place, names, column, count):
    """A list to choose from in the cells of a column; something else may be typed, and is looked at later."""
    if count:
        letter = xl_col_to_name(column)
        source = f"='{names}'!${letter}$2:${letter}${count + 1}"
        sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": source, "show_error": False})
