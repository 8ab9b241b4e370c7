"""The agenda: items are added, changed, moved, taken off, and discussed."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from khoidan.meetings.forms import AgendaItemForm, DiscussionForm
from khoidan.meetings.models import AgendaItem

from .parts import PartAct, PartFormView


class NewItem(PartFormView):
    form_class = AgendaItemForm
    verb, title, done = "item_added", _("Thêm nội dung họp"), _("Đã thêm nội dung họp.")

    def keep(self, form):
        form.instance.order = AgendaItem.next_order(self.meeting)
        super().keep(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(can_add_another=True, **kwargs)

    def get_success_url(self):
        return self.request.path if "_again" in self.request.POST else self.meeting_url(item=self.object.pk)


class EditItem(PartFormView):
    form_class = AgendaItemForm
    verb, title, done = "item_changed", _("Sửa nội dung họp"), _("Đã sửa nội dung họp.")

    def get_success_url(self):
        return self.meeting_url(item=self.kwargs["part"])

    get_cancel_url = get_success_url


class Discussion(EditItem):
    """What was said about an item; `_next` goes on to the item named there."""

    form_class = DiscussionForm
    verb, title, done = "discussed", _("Ý kiến thảo luận"), _("Đã lưu ý kiến thảo luận.")

    def form_valid(self, form):
        if form.has_changed():
            return super().form_valid(form)
        messages.info(self.request, _("Ý kiến không thay đổi."))
        return HttpResponseRedirect(self.get_success_url())

    def get_page_title(self):
        return f"{self.title}: {self.get_part()}"

    def get_success_url(self):
        following = self.request.POST.get("_next", "")
        known = following.isdecimal() and len(following) < 18
        return self.meeting_url(item=following if known else self.kwargs["part"])


class ItemMove(PartAct):
    def act(self, part):
        part.move(by=self.request.user, down=self.request.POST.get("to") == "down")

    def get_success_url(self):
        return self.meeting_url(item=self.kwargs["part"])


class ItemRemoval(PartAct):
    done = _("Đã bỏ nội dung họp.")
