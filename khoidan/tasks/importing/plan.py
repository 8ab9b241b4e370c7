"""What a sheet would become, row by row: nothing is stored before it was looked at and sent again."""

import json
from datetime import date
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoidan.core.dates import is_over
from khoidan.core.errors import Refused
from khoidan.tasks.forms.past import past_words
from khoidan.tasks.models import Task
from khoidan.tasks.models.clarity import NEEDED

from .columns import DAYS, is_example, label
from .forms import RowForm

SALT = "khoidan.tasks.importing"
UNREADABLE = {
    "f": gettext_lazy("Ô này là công thức. Hãy chép rồi dán lại chỉ lấy giá trị."),
    "e": gettext_lazy("Ô này mang lỗi tính toán của Excel."),
}
NOT_A_DAY = gettext_lazy("Ô này là số, không phải ngày. Hãy ghi dạng ngày/tháng/năm, ví dụ 05/11/2026.")
LOOKS = {
    "ready": (gettext_lazy("đủ rõ"), "check-circle-fill", "done"),
    "unclear": (gettext_lazy("sẽ là nháp"), "pencil", "draft"),
    "wrong": (gettext_lazy("có lỗi"), "exclamation-triangle-fill", "late"),
    "known": (gettext_lazy("đã nhập trước đó"), "check2", "running"),
    "given": (gettext_lazy("đã giao"), "send", "running"),
    "drafted": (gettext_lazy("đã lưu nháp"), "pencil", "draft"),
    "left": (gettext_lazy("chưa kịp nhập"), "hourglass-split", "warning"),
}


class Row:
    """One row: `form` reads it, `state` is a key of LOOKS, `task` what it became.

    `told` are sentences on that state, `notes` on how the row was understood.
    """

    def __init__(self, number, cells, *, user, book):
        self.number, self.cells, self.task, self.url = number, cells, None, ""
        self.texts, self.notes = {name: text for name, (_kind, text) in cells.items()}, []
        if "unit" not in cells and book.only_unit():
            self.texts["unit"] = book.units.labels[book.only_unit().pk]
            self.notes.append(_("Đơn vị để trống: lấy «%(unit)s».") % {"unit": book.only_unit()})
        self.token = token_of(user, self.texts)
        self.form = RowForm(data=self.texts | {"token": str(self.token)}, user=user, book=book)
        self.told = [*self.unreadable(), *self.mistakes()]
        self.missing = [] if self.told else self.form.instance.missing(book.places)
        self.state = "wrong" if self.told else "unclear" if self.missing else "ready"
        if self.missing:
            self.told = [_("Còn thiếu: %(what)s.") % {"what": "; ".join(str(NEEDED[name]) for name in self.missing)}]
        if self.state != "wrong" and is_over(self.form.instance.due):
            self.notes.append(past_words(self.form.instance.due))

    def unreadable(self):
        """What stands in the cells themselves, before anything is made of it."""
        for name, (kind, _text) in self.cells.items():
            if kind in UNREADABLE:
                yield f"{label(name)}: {UNREADABLE[kind]}"
            elif kind == "n" and name in DAYS:
                yield f"{label(name)}: {NOT_A_DAY}"

    def mistakes(self):
        """Of the form; one sentence for each cell, the cell's own first."""
        odd = {name for name, (kind, _text) in self.cells.items() if kind in UNREADABLE or kind == "n" and name in DAYS}
        for name, sentences in self.form.errors.items():
            if name not in odd:
                yield " ".join([f"{label(name)}:" if name in self.form.fields else "", *sentences]).strip()

    def save(self, *, by):
        """Make the task; raises Refused where `by` may not have such a one."""
        task = self.form.save()
        if not task.permits(by, "add"):
            raise Refused(_("Bạn không có quyền lưu bản ghi như vậy ở đơn vị này."))
        task.record("created", by=by, **{"import": True})
        self.task, self.url = task, task.get_absolute_url()

    def refuse(self, sentence):
        self.state, self.told = "wrong", [sentence]

    @property
    def badge(self):
        return dict(zip(("word", "icon", "tone"), LOOKS[self.state], strict=True))

    def shown(self, name):
        """What the row was understood to say in that column, or what it says."""
        value = getattr(self.form, "cleaned_data", {}).get(name)
        return value if value not in (None, "") else self.texts.get(name, "")

    @property
    def facts(self):
        """{column: value} that the page shows."""
        names = ("title", "deliverable", "unit", "accountable", "address", "area", "due")
        told = {name: self.shown(name) for name in names}
        told["place"] = ", ".join(str(told[name]) for name in ("address", "area") if told[name])
        return told | {"has_day": isinstance(told["due"], date)}


class Plan:
    """The rows of a sheet for `user`, who may name what is in `book`; `cells` is [(number, {column: (kind, text)})]."""

    def __init__(self, user, cells, book):
        self.user = user
        self.cells = [(number, row) for number, row in cells if not is_example(row.get("title", ("", ""))[1])]
        self.rows = [Row(number, row, user=user, book=book) for number, row in self.cells]
        self.notice_twins()
        self.notice_known()

    def notice_twins(self):
        """Two rows that say the same are one task."""
        first = {}
        for row in self.rows:
            if row.state != "wrong" and first.setdefault(row.token, row) is not row:
                row.refuse(_("Giống hệt dòng %(number)s nên không nhập lần nữa.") % {"number": first[row.token].number})

    def notice_known(self):
        """Rows that were entered before, from this sheet or from an earlier one, are not entered twice."""
        made = Task.objects.filter(token__in=[row.token for row in self.rows], created_by=self.user)
        known = {task.token: task for task in made.with_rights(self.user, ["view"])}
        for row in self.rows:
            if row.state != "wrong" and row.token in known:
                found_again(row, known[row.token])

    @property
    def left(self):
        return sum(row.state == "left" for row in self.rows)

    def to_enter(self):
        return [row for row in self.rows if row.state in ("ready", "unclear")]

    def counts(self):
        """[(badge, number of rows)], in the order of LOOKS."""
        found = {state: [row for row in self.rows if row.state == state] for state in LOOKS}
        return [(rows[0].badge, len(rows)) for rows in found.values() if rows]

    def outcomes(self):
        """{number: (state, sentences)}, for Sheet.note."""
        return {row.number: (row.state, [str(sentence) for sentence in row.told]) for row in self.rows}

    def tell(self, outcomes):
        """Let rows say what became of them when the sheet was entered."""
        for row in self.rows:
            row.state, row.told = outcomes.get(row.number, (row.state, row.told))


def found_again(row, task):
    row.state, row.task, row.told = "known", task, []
    if task.voided_at is not None:
        row.told = [_("Việc này đã bị hủy; muốn dùng lại hãy khôi phục ở trang «Đã hủy».")]
    elif task.may_view:
        row.url = task.get_absolute_url()


def token_of(user, texts):
    """The same for the same words of the same account: what was entered is known again, whatever file it is in."""
    said = json.dumps([user.pk, sorted((name, text) for name, text in texts.items() if text)])
    return UUID(bytes=salted_hmac(SALT, said, algorithm="sha256").digest()[:16], version=4)
