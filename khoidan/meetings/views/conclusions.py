"""Conclusions of a meeting, numbered as they are written."""

from django.utils.translation import gettext_lazy as _

from khoidan.meetings.forms import ConclusionForm
from khoidan.meetings.models import Conclusion

from .parts import PartAct, PartFormView


class ConclusionView(PartFormView):
    form_class = ConclusionForm
    parts = "conclusions"

    def get_success_url(self):
        return self.meeting_url(item=self.object.item_id, anchor=f"conclusion-{self.object.pk}")


class NewConclusion(ConclusionView):
    verb, title, done = "concluded", _("Ghi kết luận"), _("Đã ghi kết luận.")

    def get_initial(self):
        return super().get_initial() | {"item": self.request.GET.get("item")}

    def keep(self, form):
        form.instance.number = Conclusion.next_number(self.meeting)
        super().keep(form)


class EditConclusion(ConclusionView):
    verb, title, done = "conclusion_changed", _("Sửa kết luận"), _("Đã sửa kết luận.")


class ConclusionRemoval(PartAct):
    parts, done = "conclusions", _("Đã bỏ kết luận.")

    def get_success_url(self):
        return self.meeting_url(anchor="conclusions")
