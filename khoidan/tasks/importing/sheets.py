"""An uploaded workbook: looked into as any file is, then read apart."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from khoidan.core.apart import ask
from khoidan.files.checking import check

READER = Path(__file__).with_name("reader.py")
LARGEST = 5 * 2**20  # bytes; five hundred tasks are far less
PATIENCE = 12  # seconds on a busy machine; the reader is allowed fewer of the processor
REASONS = {
    "kind": _("Chỉ nhận tệp Excel (.xlsx). Tệp .csv, .ods hay loại khác: hãy mở ra, lưu thành .xlsx rồi gửi."),
    "big": _("Tệp lớn hơn 5 MB. Hãy chép riêng phần cần nhập sang tệp mẫu."),
    "empty": _("Trang tính đầu tiên của tệp không có gì."),
    "long": _("Trang tính dài quá 500 dòng việc. Hãy chia thành nhiều tệp và xóa dòng trống ở cuối."),
    "wide": _("Trang tính có quá 20 cột. Hãy dùng tệp mẫu."),
    "much": _("Tệp có quá nhiều chữ để xem lại một lần. Hãy chia thành nhiều tệp."),
    "broken": _("Không đọc được tệp này. Hãy mở bằng Excel, lưu lại rồi gửi lần nữa."),
    "complex": _("Tệp quá phức tạp nên không đọc được. Hãy chép riêng phần cần nhập sang tệp mẫu."),
}


def unfit(why):
    return ValidationError(REASONS[why], code=why)


def is_xlsx(file):
    """Whether its name says so."""
    return Path(file.name).suffix.lower() == ".xlsx"


def read(file):
    """[(number of the row, [(kind, text)])] of what is not empty, the head first; ValidationError with a sentence."""
    if file.size > LARGEST:
        raise unfit("big")
    try:
        kind = check(file).kind
    except ValidationError as refusal:
        if refusal.code == "secret" or (is_xlsx(file) and refusal.code != "unknown"):
            raise
        raise unfit("kind") from refusal  # what else is wrong with it speaks of kinds that are not taken here
    if kind != "xlsx":
        raise unfit("kind")
    file.seek(0)
    found = ask(READER, file.read(), patience=PATIENCE)
    if "unfit" in found:
        raise unfit(found["unfit"])
    return [(number, [tuple(cell) for cell in cells]) for number, cells in found["rows"]]
