"""Reads the first sheet of one workbook in a process of its own, see `khoidan.core.apart`.

It imports nothing of the house.
"""

import datetime
import io

import openpyxl
from openpyxl.utils.escape import unescape

MEMORY = 512 * 2**20  # bytes of address space
SECONDS = 4
MOST_ROWS, MOST_COLUMNS = 500, 20  # rows below the head
FURTHEST, WIDEST = 3000, 60  # rows and columns that are looked at
LONGEST = 32_767  # characters of a cell, as Excel itself has it
ALL = 300_000  # characters of all cells


def look(data):
    """{"unfit": why} or {"rows": [[number, [[kind, text], …]], …]} of the rows that are not empty."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not seen:
        return {"unfit": "empty"}
    seen[0].reset_dimensions()  # what a file says of its own size need not be so
    rows, room = [], ALL
    for number, row in enumerate(seen[0].iter_rows(max_col=WIDEST), 1):
        cells = filled(row)
        room -= sum(len(text) for _kind, text in cells)
        if cells:
            rows.append([number, cells])
        why = excess(number, rows, room)
        if why:
            return {"unfit": why}
    return {"rows": rows} if rows else {"unfit": "empty"}


def filled(row):
    """The cells of a row up to the last one that holds something."""
    cells = [kind_and_text(cell) for cell in row]
    while cells and not cells[-1][0]:
        cells.pop()
    return cells


def excess(number, rows, room):
    if number > FURTHEST or len(rows) > MOST_ROWS + 1:
        return "long"
    if rows and sum(bool(kind) for kind, _text in rows[0][1]) > MOST_COLUMNS:
        return "wide"
    return "much" if room < 0 else None


def kind_and_text(cell):
    """[kind, text]: t text, n number, d day, f formula, e error of a calculation, and nothing for an empty cell."""
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return ["", ""]
    if cell.data_type in ("f", "e"):
        return [cell.data_type, ""]
    if isinstance(value, bool):
        return ["t", str(int(value))]
    if isinstance(value, datetime.date):  # a moment is one too
        return ["d", f"{value.day:02}/{value.month:02}/{value.year:04}"]
    if isinstance(value, int | float):
        return ["n", f"{value:.15g}"]
    text = unescape(str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return ["t", text.strip()[:LONGEST]]
