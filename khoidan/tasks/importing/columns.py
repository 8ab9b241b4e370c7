"""The columns of the sheet: those of the form of a task, found by their heads in any order and either language."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khoidan.core.text import fold
from khoidan.tasks.forms import TaskForm
from khoidan.tasks.models import Task, Urgency

NAMES = TaskForm._meta.fields
DAYS = ("start", "due")
BY_NAME = _("Ghi tên như ở trang «Danh mục» của tệp mẫu.")
SEVERAL = _("Như trên; nhiều tên cách nhau bằng dấu chấm phẩy.")
DAY = _("ngày/tháng/năm, ví dụ 05/11/2026.")
HINTS = {
    "title": _("Một dòng, tối đa 300 chữ."),
    "unit": BY_NAME,
    "accountable": BY_NAME,
    "checker": BY_NAME,
    "area": BY_NAME,
    "helpers": SEVERAL,
    "organizations": SEVERAL,
    "start": DAY,
    "due": DAY,
}
YES, NO = _("có"), _("không")
WORDS = {"urgency": (Urgency.choices, Urgency.NORMAL), "private": ([(True, YES), (False, NO)], False)}
EXAMPLE = _("Ví dụ: Tập huấn công tác Mặt trận (dòng này không được nhập)")


def label(name):
    return capfirst(str(Task._meta.get_field(name).verbose_name))


def hint(name):
    if name in WORDS:
        meanings, usual = WORDS[name]
        told = {"words": ", ".join(str(word) for _meaning, word in meanings), "usual": dict(meanings)[usual]}
        return _now("Một trong các từ: %(words)s. Để trống là «%(usual)s».") % told
    return HINTS.get(name) or Task._meta.get_field(name).help_text


def in_each_language(words):
    """What `words()` gives in every language of the site, folded."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield fold(str(words()))


def is_example(text):
    return fold(text) in set(in_each_language(lambda: EXAMPLE))


def placed(head, required):
    """({place: name of the column}, [heads that mean nothing here]); ValidationError where one is missing or twice."""
    known = {words: name for name in NAMES for words in in_each_language(lambda: label(name))}  # noqa: B023
    found, unknown = {}, []
    for place, (_kind, text) in enumerate(head):
        name = known.get(fold(text.replace("*", " ")))
        if name and name in found.values():
            raise ValidationError(_now("Cột «%(name)s» có hai lần. Hãy bỏ một cột."), params={"name": label(name)})
        if name:
            found[place] = name
        elif text:
            unknown.append(text[:60])
    missing = [label(name) for name in required if name not in found.values()]
    if missing:
        told = {"names": ", ".join(missing)}
        raise ValidationError(_now("Dòng đầu của trang tính thiếu cột: %(names)s. Hãy dùng tệp mẫu."), params=told)
    return found, unknown
