"""Files of the demo, drawn here: no file of anybody else is shipped."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

INK, PAPER, SHADE = "#1b2430", "#ffffff", "#d5dae1"
A4 = (1240, 1754)  # points at 150 to the inch
HALL = (1200, 800)


def plan_of_the_hall(name):
    """A picture of the seats: a table in front, six blocks of three rows, one for each organization."""
    sheet, pen = blank(HALL)
    pen.rectangle((450, 60, 750, 130), fill=SHADE, outline=INK, width=3)
    for block in range(6):
        for seat in range(24):
            left = 80 + block % 3 * 370 + seat % 8 * 38
            top = 230 + block // 3 * 260 + seat // 8 * 60
            pen.rectangle((left, top, left + 28, top + 36), outline=INK, width=2)
    return as_sent(name, sheet, "PNG")


def empty_form(name):
    """A sheet to be filled in by hand and scanned: a head and twenty lines of five columns."""
    sheet, pen = blank(A4)
    columns, lines = [100, 180, 560, 760, 960, 1140], range(260, 1621, 68)
    pen.rectangle((columns[0], 260, columns[-1], 328), fill=SHADE)
    for top in lines:
        pen.line((columns[0], top, columns[-1], top), fill=INK, width=2)
    for left in columns:
        pen.line((left, lines[0], left, lines[-1]), fill=INK, width=2)
    return as_sent(name, sheet, "PDF")


def blank(size):
    sheet = Image.new("RGB", size, PAPER)
    return sheet, ImageDraw.Draw(sheet)


def as_sent(name, sheet, kind):
    """As a browser sends it."""
    written = io.BytesIO()
    sheet.save(written, kind, resolution=150)
    return SimpleUploadedFile(name, written.getvalue())
