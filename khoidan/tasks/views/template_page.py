"""The page of one template: what it says, on which days it comes back and for whom, what came of it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from khoidan.core.views import DetailView
from khoidan.core.words import day, last_day
from khoidan.staffing import grants
from khoidan.tasks.models import Task, TaskTemplate
from khoidan.tasks.models.clarity import NEEDED

SHOWN_AHEAD, SHOWN_BACK = 6, 12
FIELD_OF = {"accountable": "position", "place": "address"}


class TemplatePage(DetailView):
    def offered(self):
        """The first act is to make a task of it; what runs in one's own name is not taken over."""
        acts, mine = super().offered(), self.object.activated_by_id == self.request.user.pk
        taking_over = self.resource.url("activation", self.object.pk)
        acts = [act for act in acts if not (mine and act["url"] == taking_over)]
        if not Task.may_add(self.request.user):
            return acts
        url = self.resource.url("task", self.object.pk)
        make = {"label": _("Tạo việc từ mẫu"), "url": url, "icon": "plus-lg", "style": "primary", "method": "get"}
        return [make, *acts]

    def get_context_data(self, **kwargs):
        template = self.object
        seen = Task.objects.permitting(self.request.user, "view").filter(template=template)
        return super().get_context_data(
            facts=self.facts(),
            upcoming=template.upcoming(SHOWN_AHEAD) if template.is_ruled else [],
            checklist=self.checklist(),
            made=seen.for_list().order_by("-occurrence", "-pk")[:SHOWN_BACK],
            unanswered=self.unanswered(),
            **kwargs,
        )

    def checklist(self):
        """[(label, is clear, URL of the field to fill or None)] of what stands in the template itself."""
        form = self.resource.url("edit", self.object.pk) if self.object.may_change else None
        lacking = self.object.lacking()
        return [
            (NEEDED[name], name not in lacking, form and f"{form}#id_{FIELD_OF.get(name, name)}")
            for name in ("accountable", "deliverable", "place")
        ]

    def unanswered(self):
        """True when who lets it run may give tasks here no more: what it makes then waits as drafts."""
        template = self.object
        wanted = (template.unit_id, TaskTemplate.needs["activate"])
        return template.is_running and wanted not in grants.wanted(template.activated_by, timezone.localdate())

    def facts(self):
        template = self.object
        who = {"label": _("Chức danh chủ trì"), "value": template.position or "–"}
        if template.person:
            who = {"label": _("Người chủ trì"), "value": template.person, "url": template.person.get_absolute_url()}
        organizations = ", ".join(map(str, template.organizations.all())) or "–"
        return [
            {"label": _("Sản phẩm phải có"), "value": template.deliverable or "–", "wide": True},
            *[
                {"label": label, "value": value, "wide": True}
                for label, value in ((_("Yêu cầu"), template.requirement), (_("Nội dung"), template.description))
                if value
            ],
            {"label": _("Đơn vị thực hiện"), "value": template.unit.name},
            who,
            {"label": _("Người nghiệm thu"), "value": template.checker or "–"},
            {"label": _("Tính cho tổ chức"), "value": organizations},
            {"label": _("Nơi làm"), "value": template.place or "–"},
            *(self.schedule() if template.is_ruled else []),
        ]

    def schedule(self):
        template = self.object
        return [
            {"label": _("Lặp lại"), "value": template.rule},
            {"label": _("Hạn rơi vào ngày nghỉ"), "value": template.get_day_off_display()},
            {"label": _("Giao trước hạn (ngày)"), "value": template.lead_days},
            {"label": _("Từ ngày"), "value": day(template.start)},
            {"label": _("Đến hết ngày"), "value": last_day(template.end) or _("chưa định ngày")},
        ]
