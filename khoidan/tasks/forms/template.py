from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from khoidan.core.forms import ScopedForm
from khoidan.staffing.forms import LastDayField
from khoidan.staffing.models import Position
from khoidan.tasks.models import TaskTemplate
from khoidan.tasks.models.recurrence import ASKED
from khoidan.tasks.models.wording import TOLD, spelled
from khoidan.tasks.models.written import WORDED
from khoidan.tasks.offers import Offers, choice_list

OF_RULES = ("weekday", "month_day", "month")
OF_EVERY_RULE = ("day_off", "start", "end", "lead_days")
WORDS = format_html('<span lang="vi">{}</span>', TOLD)  # the same in every language
FILLED_IN = lazy(format_html, SafeString)(_("Viết {words} ở chỗ mỗi kỳ một khác."), words=WORDS)


def rules_asking(name):
    """The rules that have a use for the field `name`, for scripts to hide it from the others."""
    return " ".join(rule for rule, names in ASKED.items() if name in (*names, *(OF_EVERY_RULE if names else ())))


LAYOUT = (
    (_("Việc"), ["title", "deliverable", "requirement", "description"]),
    (
        _("Người và nơi"),
        ["unit", "position", "person", "checker", "organizations", "area", "address", "urgency", "private"],
    ),
    (_("Lịch lặp lại"), ["every", "weekday", "month_day", "month", "day_off", "start", "end"]),
    (_("Thời gian làm"), ["lead_days", "work_days"]),
)


class TemplateForm(Offers, ScopedForm):
    layout = LAYOUT
    end = LastDayField(help_text=_("Để trống nếu chưa định ngày kết thúc."))

    class Meta:
        model = TaskTemplate
        fields = [name for _title, names in LAYOUT for name in names]
        widgets = {
            "requirement": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 4}),
            "organizations": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": FILLED_IN,
            "position": _("Ai giữ chức danh này vào ngày giao thì nhận việc; người phụ trách thay nhận trước."),
            "person": _("Khi chức danh có nhiều người giữ, hoặc việc của riêng một người."),
            "weekday": _("Chọn khi lặp lại hằng tuần."),
            "month_day": _("Hằng tháng, quý, năm. Tháng không có ngày đó thì lấy ngày cuối tháng."),
            "month": _("Hằng năm: tháng đến hạn. Hằng quý: một tháng đến hạn, các quý khác theo đó."),
            "day_off": _("Khi có lịch lặp lại."),
            "start": _("Lịch tính từ ngày này. Để trống là hôm nay."),
            "lead_days": _("Việc được giao trước hạn bấy nhiêu ngày."),
            "work_days": _("Tính ngày bắt đầu; việc tạo tay thì tính hạn. Để trống nếu không cần."),
        }

    def limit(self, user):
        super().limit(user)
        self.offer_people("person", "checker")
        self.offer_organizations(self.fields["organizations"])
        self.offer_areas(self.fields["area"])
        self.offer_positions(self.fields["position"])
        for name in ("urgency", "every", "day_off"):
            self.fields[name].required = False  # the usual one unless told
        self.fields["start"].required = False
        for name in (*OF_RULES, *OF_EVERY_RULE):
            self.fields[name].widget.attrs |= {"data-asked-by": "every", "data-asked-for": rules_asking(name)}

    def offer_positions(self, field):
        kinds = sorted({unit.kind for unit in self.offered_units})
        field.queryset = Position.objects.filter(
            Q(kinds=[]) | Q(kinds__overlap=kinds) | Q(pk=self.instance.position_id)
        )
        field.choices = choice_list(field, list(field.queryset.values_list("pk", "name")))

    def clean_start(self):
        return self.cleaned_data.get("start") or timezone.localdate()

    def clean(self):
        """What the rule does not ask for is not kept, so that no idle day stands beside the real ones."""
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", _("Ngày cuối phải từ ngày bắt đầu trở đi."))
        for name in WORDED:
            if name in cleaned:
                cleaned[name] = spelled(cleaned[name])
        asked = ASKED.get(cleaned.get("every") or TaskTemplate.Every.NEVER, OF_RULES)
        return cleaned | {name: None for name in OF_RULES if name not in asked and name in cleaned}
