"""What pages of the parts of a meeting share: a part is reached through the meeting, and through nothing else."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import FormView, View

from khoidan.core.errors import Refused
from khoidan.core.views import Framed, Holding
from khoidan.meetings.models import Meeting


class OfMeeting(Holding, Framed):
    """Mixin: `meeting` of the URL; 404 outside one's rights, 403 with the sentence once it is closed."""

    model, action, menu = Meeting, "change", "meetings"
    parts = "agenda"  # attribute of the meeting

    def dispatch(self, request, *args, **kwargs):
        self.meeting = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def get_part(self):
        """The part of the URL; a part of another meeting does not exist here."""
        return get_object_or_404(getattr(self.meeting, self.parts), pk=self.kwargs["part"])

    def meeting_url(self, item=None, anchor=""):
        """The meeting's page with `item` in hand, at `anchor`, or at the item itself."""
        anchor = anchor or ("item" if item else "")
        return self.meeting.get_absolute_url() + (f"?item={item}" if item else "") + (f"#{anchor}" if anchor else "")

    def get_success_url(self):
        return self.meeting_url()


class MeetingFormView(OfMeeting, FormView):
    """A page with a form about the meeting."""

    template_name = "crud/object_form.html"
    title = ""
    done = ""
    submit_label = ""

    def get_page_title(self):
        return self.title

    def get_crumbs(self):
        meetings = (pgettext("danh sách", "Cuộc họp"), reverse("meetings:meeting_list"))
        return [meetings, (str(self.meeting), self.meeting.get_absolute_url()), (self.title, None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            object=self.meeting, cancel_url=self.get_cancel_url(), submit_label=self.submit_label, **kwargs
        )

    def get_cancel_url(self):
        return self.meeting_url()


class PartFormView(MeetingFormView):
    """Make or change a part with a form; `verb` is noted on the meeting."""

    verb = ""

    def get_instance(self):
        """The part to change; None to make one."""
        return self.get_part() if "part" in self.kwargs else None

    def get_form_kwargs(self):
        wanted = {"meeting": self.meeting, "user": self.request.user, "instance": self.get_instance()}
        return super().get_form_kwargs() | wanted

    def form_valid(self, form):
        self.object = form.instance
        twin = None if self.object.pk else form.twin()
        if twin is not None:
            self.object = twin
            messages.info(self.request, _("Mục này đã được lưu trước đó."))
        else:
            self.keep(form)
            messages.success(self.request, self.done)
        return HttpResponseRedirect(self.get_success_url())

    def keep(self, form):
        form.save()
        self.meeting.record(self.verb, by=self.request.user, part=str(self.object)[:200])


class PartAct(OfMeeting, View):
    """POST does something to a part; a refusal is told on the meeting's page."""

    http_method_names = ["post"]
    done = ""

    def post(self, request, *args, **kwargs):
        part = self.get_part()
        part.meeting = self.meeting
        try:
            self.act(part)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            if self.done:
                messages.success(request, self.done)
        return HttpResponseRedirect(self.get_success_url())

    def act(self, part):
        """Do it to `part`."""
        part.remove(by=self.request.user)
