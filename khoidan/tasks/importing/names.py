"""Records found by what people call them."""

import re
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khoidan.core.text import fold, tidy

SHOWN = 5  # of those who share a name
BETWEEN = re.compile(r"[;\n]")


def line(text):
    return " ".join(tidy(text).casefold().split())


class Names:
    """`known`: [(record, [what it is called, the shortest first])]; `unknown` says that there is none so called."""

    def __init__(self, known, unknown=""):
        self.unknown = unknown
        self.exact, self.folded, self.labels = defaultdict(dict), defaultdict(dict), {}
        self.records = [record for record, _names in known]
        called = [(record, tell_apart(record, names)) for record, names in known]
        for record, names in called:
            for name in names:
                self.exact[line(name)][record.pk] = record
                self.folded[fold(name)][record.pk] = record
        for record, names in called:
            self.labels[record.pk] = next(name for name in names if len(self.folded[fold(name)]) == 1)

    def find(self, text):
        """Every record so called; marks and case decide only between those that differ in them."""
        return list((self.exact.get(line(text)) or self.folded.get(fold(text)) or {}).values())

    def one(self, text):
        """The record so called, or ValidationError: none, or several."""
        found = self.find(text)
        if not found:
            raise ValidationError(self.unknown, params={"text": text[:80]})
        if len(found) > 1:
            told = {"text": text[:80], "names": "; ".join(self.labels[record.pk] for record in found[:SHOWN])}
            raise ValidationError(_("Có nhiều «%(text)s». Hãy ghi rõ một tên: %(names)s."), params=told)
        return found[0]

    def several(self, text):
        """Each record called between semicolons, or between commas where no name holds one; once each."""
        parts = [part.strip() for part in BETWEEN.split(text)]
        names = [name.strip() for part in parts for name in ([part] if self.find(part) else part.split(","))]
        return list({record.pk: record for record in map(self.one, filter(None, names))}.values())


def tell_apart(record, names):
    names = [name for name in names if name]
    return [*names, f"{names[-1]} #{record.pk}"]


class People(Names):
    """Those who may be named in a task, and those who are known but hold no seat."""

    def __init__(self, known, unknown, idle):
        super().__init__(known, unknown)
        self.idle = {fold(person.name) for person in idle}

    def one(self, text):
        if not self.find(text) and fold(text) in self.idle:
            sentence = _("%(text)s hiện không giữ chức danh nào trong khối nên không nhận việc được.")
            raise ValidationError(sentence, params={"text": text[:80]})
        return super().one(text)
