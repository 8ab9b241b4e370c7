from django import forms
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ScopedForm
from khoidan.core.words import day as written
from khoidan.tasks.models import Task
from khoidan.tasks.models.clarity import FIELD_OF, NEEDED
from khoidan.tasks.models.written import GOES_TO
from khoidan.tasks.offers import Offers

from .past import TICK, AsksAboutThePast

MOVED_BY_ACTS = ("unit", "accountable", "due")  # of a given task: each has an act of its own, with a reason, or stays

COUNTS = _(
    "Tổ chức được ghi nhận kết quả này trong báo cáo của mình. "
    "Muốn mỗi đơn vị có việc riêng thì lưu nháp rồi bấm «Giao cho nhiều đơn vị»."
)


class TaskForm(AsksAboutThePast, Offers, ScopedForm):
    layout = (
        (_("Việc"), ["title", "deliverable", "requirement", "description"]),
        (_("Người và nơi"), ["unit", "accountable", "helpers", "checker", "organizations", "area", "address"]),
        (_("Thời hạn"), ["start", "due", TICK, "urgency", "private"]),
    )

    class Meta:
        model = Task
        fields = list(GOES_TO)
        widgets = {
            "requirement": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 4}),
            "organizations": forms.CheckboxSelectMultiple,
        }

    def limit(self, user):
        super().limit(user)
        self.offer_people("accountable", "checker", "helpers")
        self.offer_organizations(self.fields["organizations"])
        self.fields["organizations"].help_text = COUNTS
        self.offer_areas(self.fields["area"])
        self.fields["urgency"].required = False  # ordinary unless told
        if self.instance.pk and self.instance.state != Task.State.DRAFT:
            for name in MOVED_BY_ACTS:
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        person = cleaned.get("accountable") or self.instance.accountable
        checker, helpers = cleaned.get("checker"), cleaned.get("helpers") or ()
        if person and person in helpers:
            self.add_error("helpers", _("Người chủ trì không phối hợp với chính mình; bỏ tên này ở đây."))
        if checker and checker == person:
            self.add_error("checker", _("Người nghiệm thu phải khác người chủ trì."))
        elif checker in helpers:
            self.add_error("checker", _("Người nghiệm thu là người thứ hai, không phải người phối hợp."))
        self.put_in_order(cleaned.get("start"), cleaned.get("due"))
        whole = self.instance.parent
        if whole and whole.private and not cleaned.get("private", self.instance.private):
            self.add_error("private", _("Việc chung là việc riêng nên phần này cũng là việc riêng."))
        return cleaned

    def due_before(self):
        made = self.instance if self.instance.pk else self.twin()
        return made and made.due

    def stored(self):
        """The tick is an answer, and no part of the record."""
        return {name: mark for name, mark in super().stored().items() if name != TICK}

    def put_in_order(self, start, due):
        """No end before the start; of a given task the page shows the start alone."""
        given = "due" not in self.fields
        due = self.instance.due if given else due
        if start and due and due < start:
            told = _("Ngày bắt đầu không thể sau hạn (%(due)s).") % {"due": written(due)}
            self.add_error("start" if given else "due", told if given else _("Hạn không thể trước ngày bắt đầu."))

    def _post_clean(self):
        """A given task stays clear: what would be missing is told at its field."""
        super()._post_clean()
        if self.instance.state in Task.OPEN:
            for name in self.instance.lacking():
                field = FIELD_OF.get(name, name)
                if field in self.fields and not self.has_error(field):
                    self.add_error(field, _("Việc đã giao không được thiếu. %(what)s.") % {"what": NEEDED[name]})
