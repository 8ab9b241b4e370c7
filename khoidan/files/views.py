"""The files of a record: its tab, the download, taking away and bringing back."""

import logging
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View

from khoidan.core.errors import Refused
from khoidan.core.views import ActionView, Holding, ReadView, Scoped, Tab

from .forms import NewFilesForm
from .models import Attachment

logger = logging.getLogger(__name__)


class RecordFiles(Holding, ReadView):
    """GET lists the files of a record, POST adds some; its model is one that HoldsFiles."""

    suffix = "files"

    def get_template_names(self):
        return ["files/record_files.html"]

    def rights_asked(self):
        return super().rights_asked() | set(self.model.adds_files)

    def may_add(self):
        return any(getattr(self.object, f"may_{action}") for action in self.model.adds_files)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not self.may_add():
            raise PermissionDenied(self.object.refusal(self.model.adds_files[0]))
        form = NewFilesForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return self.keep(**form.cleaned_data)
            except Refused as refusal:
                form.add_error("files", str(refusal))
        return self.render_to_response(self.get_context_data(form=form))

    def keep(self, *, files, token):
        added = Attachment.objects.attach(files, to=self.object, by=self.request.user, token=token)
        if added:
            said = ngettext("Đã thêm %(n)d tệp.", "Đã thêm %(n)d tệp.", len(added)) % {"n": len(added)}
            messages.success(self.request, said)
        else:
            messages.info(self.request, _("Các tệp này đã được thêm trước đó."))
        return HttpResponseRedirect(self.object.get_files_url())

    def get_context_data(self, **kwargs):
        user = self.request.user
        files = Attachment.objects.permitting(user, "view").on(self.object).with_rights(user, ["void"])
        form = kwargs.pop("form", None) or NewFilesForm(initial={"token": uuid.uuid4()})
        return super().get_context_data(files=files.for_list(), form=form if self.may_add() else None, **kwargs)


FILES = Tab("files", _("Tệp"), RecordFiles)  # for Resource.tabs of a model that HoldsFiles


class Download(Scoped, View):
    """The file as it was sent; no browser opens it as a page of this site."""

    model = Attachment
    http_method_names = ["get", "options"]

    def get(self, request, *args, **kwargs):
        attachment = self.get_object()
        try:
            stored = attachment.file.open()
        except OSError:
            logger.exception("Attachment %s cannot be read from %s", attachment.pk, attachment.file.name)
            return render(request, "files/missing.html", {"object": attachment}, status=503)
        if attachment.target.private:
            attachment.record("read", by=request.user)
        response = FileResponse(
            stored, as_attachment=True, filename=attachment.name, content_type=attachment.media_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response


class FileAct(ActionView):
    model = Attachment

    def get_success_url(self):
        return self.object.target.get_files_url()

    get_refused_url = get_success_url


class Removal(FileAct):
    action, verb = "void", "void"
    title, done = _("Gỡ tệp"), _("Đã gỡ tệp «%(name)s».")

    def get_undo_url(self):
        return reverse("files:attachment_restoration", args=[self.object.pk])


class Restoration(FileAct):
    action, verb = "restore", "restore"
    title, done = _("Lấy lại tệp"), _("Đã lấy lại tệp «%(name)s».")
