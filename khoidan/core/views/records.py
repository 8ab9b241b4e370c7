"""One record: read it, make it, change it, see what happened to it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import ModelMultipleChoiceField
from django.http import Http404, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views import generic

from khoidan.core.errors import sentence_of

from .once import Once
from .scoped import Framed, Holding, InResource, Scoped


class OfResource(InResource, Scoped, Framed):
    """Mixin: texts and templates come from the Resource too."""

    suffix = ""

    def get_template_names(self):
        return self.resource.templates(self.suffix)

    def get_page_title(self):
        return str(self.object)

    def get_crumbs(self):
        return [(self.resource.list_title, self.resource.url("list")), (str(self.object), None)]


class ReadView(OfResource, generic.DetailView):
    """What the pages of a record share: its tabs, its acts, and why this person sees it."""

    def get_queryset(self):
        rows = super().get_queryset()
        if not self.model.tells_rights:
            rows = rows.with_rights(self.request.user, self.rights_asked())
        return rows

    def fetched(self, rows):
        return super().fetched(rows.for_detail())

    def get_object(self, queryset=None):
        record = super().get_object(queryset)
        if self.model.tells_rights:
            record.tell_rights(self.request.user, self.rights_asked())
        return record

    def rights_asked(self):
        """Names of the acts that the page offers to whoever may do them."""
        return {action.name for action in self.resource.actions}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            actions=self.offered() if self.suffix == "detail" else [],
            tabs=self.tabs(),
            reasons=self.object.reasons(self.request.user),
            **kwargs,
        )

    def offered(self):
        """The acts open to this person on this record now."""
        return [
            action.on(self.object, self.resource.url(action.suffix, self.object.pk))
            for action in self.resource.actions
            if getattr(self.object, f"may_{action.name}", False) and action.fits(self.object)
        ]

    def tabs(self):
        known = [("detail", _("Nội dung")), *self.resource.tab_labels(), ("history", _("Lịch sử"))]
        return [(label, self.resource.url(name, self.object.pk), name == self.suffix) for name, label in known]


class DetailView(ReadView):
    suffix = "detail"


class HistoryView(ReadView):
    suffix = "history"

    def get_context_data(self, **kwargs):
        return super().get_context_data(entries=self.object.history(), **kwargs)


class FormView(OfResource):
    """What making and changing share: the scoped form, and the check that the saved row is still permitted."""

    suffix = "form"

    def get_form_class(self):
        return self.resource.form_class

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def keep(self, form):
        """Save in a savepoint; roll back what the person would not be permitted on the saved row."""
        try:
            with transaction.atomic():
                self.object = form.save()
                if not self.object.permits(self.request.user, self.action):
                    raise PermissionDenied(_("Bạn không có quyền lưu bản ghi như vậy ở đơn vị này."))
                getattr(self.object, self.verb)(by=self.request.user)
        except IntegrityError as error:
            form.add_error(None, sentence_of(error))
            return self.form_invalid(form)
        messages.success(self.request, self.said())
        self.saved(form)
        return HttpResponseRedirect(self.get_success_url())

    def saved(self, form):
        """What follows once the record is kept, in the same request."""
        self.pressed()

    def pressed(self):
        """What the button asks for besides saving; also of what this form had saved before."""

    def said(self):
        return _("Đã lưu «%(name)s».") % {"name": self.object}

    def get_success_url(self):
        return self.object.get_absolute_url()


class CreateView(Once, FormView, generic.CreateView):
    action = "add"
    verb = "created"

    @property
    def goes_on(self):
        """Whether the next record is asked for, not the page of this one."""
        return "_again" in self.request.POST

    def said(self):
        """That it is saved, with a link to it for who goes on to the next."""
        return self.linked(_("Đã lưu «%(name)s».")) if self.goes_on else super().said()

    def said_before(self):
        """The same of what was saved when this form was first sent."""
        told = _("«%(name)s» đã được lưu trước đó.")
        return self.linked(told) if self.goes_on else _("Bản ghi này đã được lưu trước đó.")

    def linked(self, sentence):
        link = format_html('<a href="{}">{}</a>', self.object.get_absolute_url(), self.object)
        return format_html(sentence % {"name": "{}"}, link)

    def get_success_url(self):
        if not self.goes_on:
            return super().get_success_url()
        data = self.request.POST
        kept = [(name, value) for name in self.resource.carried for value in data.getlist(name) if value]
        return f"{self.resource.url('new')}?{urlencode(kept)}" if kept else self.resource.url("new")

    def get_object(self, queryset=None):
        return None

    def get_initial(self):
        """Fields one sees may be filled from the address, e.g. ?unit=3; the form still offers what is permitted."""
        asked, fields = self.request.GET, self.get_form_class().base_fields
        known = {name: field for name, field in fields.items() if not field.widget.is_hidden}
        many = {name for name, field in known.items() if isinstance(field, ModelMultipleChoiceField)}
        filled = {name: asked.getlist(name) if name in many else asked[name] for name in asked if name in known}
        return super().get_initial() | filled

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if form.offers_nothing():
            raise Http404
        return form

    def get_page_title(self):
        return self.resource.new_title

    def get_crumbs(self):
        return [(self.resource.list_title, self.resource.url("list")), (self.resource.new_title, None)]

    def get_context_data(self, **kwargs):
        cancel = self.resource.url("list")
        return super().get_context_data(cancel_url=cancel, can_add_another=True, **kwargs)


class UpdateView(Holding, FormView, generic.UpdateView):
    action = "change"
    verb = "changed"

    def get_object(self, queryset=None):
        record = super().get_object(queryset)
        self.name_before = str(record)  # the form writes what was typed into the record before it is valid
        return record

    def form_valid(self, form):
        return self.keep(form)

    def get_page_title(self):
        return _("Sửa: %(name)s") % {"name": self.name_before}

    def get_crumbs(self):
        back = self.resource.url("detail", self.object.pk)
        return [(self.resource.list_title, self.resource.url("list")), (self.name_before, back), (_("Sửa"), None)]

    def get_context_data(self, **kwargs):
        cancel = self.resource.url("detail", self.object.pk)
        return super().get_context_data(cancel_url=cancel, can_add_another=False, **kwargs)
