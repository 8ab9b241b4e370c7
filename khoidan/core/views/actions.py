"""Acts on a record: a noun with its own URL, one intention-named verb of the model behind it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormView

from khoidan.core.attempts import attempt, sentence_for

from .scoped import Framed, Holding, InResource


class ActionView(Holding, Framed, FormView):
    """POST calls `model.<verb>(by=user, **form data)`. With a form_class, GET asks for what the verb needs."""

    template_name = "crud/object_form.html"
    form_class = None
    verb = ""
    title = ""
    done = ""  # the sentence that says it happened

    def dispatch(self, request, *args, **kwargs):
        if request.method != "POST" and self.form_class is None:
            return HttpResponseNotAllowed(["POST"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = self.get_form() if self.form_class else forms.Form(data={})
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        wants = getattr(self.form_class, "wants", ())  # forms say which of these they take
        known = {"user": self.request.user, "record": self.object}
        return kwargs | {name: known[name] for name in wants}

    def form_valid(self, form):
        verb = getattr(self.object, self.verb)
        if refusal := attempt(verb, self.object, by=self.request.user, **form.cleaned_data):
            return self.refused(form, refusal)
        messages.success(self.request, self.done % {"name": self.object}, extra_tags=self.get_undo_url())
        self.saved(form)
        return HttpResponseRedirect(self.get_success_url())

    def saved(self, form):
        """What follows from the act, in the same request."""

    def refused(self, form, refusal):
        """Say why at the field it concerns, or on the record's page where there is no form."""
        if self.form_class is None:
            messages.error(self.request, sentence_for(refusal))
            return HttpResponseRedirect(self.get_refused_url())
        known = isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict")
        for name, errors in refusal.error_dict.items() if known else [(None, refusal)]:
            form.add_error(name if name in form.fields else None, errors if known else str(errors))
        return self.form_invalid(form)

    def get_undo_url(self):
        """Of the act that takes this one back; the message that says it is done offers it."""
        return ""

    def get_refused_url(self):
        return self.object.get_absolute_url()

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_page_title(self):
        return f"{self.title}: {self.object}"

    def get_crumbs(self):
        return [(str(self.object), self.object.get_absolute_url()), (self.title or _("Thực hiện"), None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            object=self.object, cancel_url=self.object.get_absolute_url(), submit_label=self.title, **kwargs
        )


class Voiding(InResource, ActionView):
    """Takes a record out of every list, this page among them."""

    action, verb = "void", "void"
    title, done = gettext_lazy("Hủy"), gettext_lazy("Đã hủy «%(name)s».")

    def get_undo_url(self):
        return self.resource.url("restoration", self.object.pk)

    def get_success_url(self):
        return self.resource.url("list")


class Restoration(InResource, ActionView):
    """Takes a voiding back; a record that stays voided has no page of its own where the refusal could be told."""

    action, verb = "restore", "restore"
    title, done = gettext_lazy("Khôi phục"), gettext_lazy("Đã khôi phục «%(name)s».")

    def get_refused_url(self):
        return self.resource.url("voided")
