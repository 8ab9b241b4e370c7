"""Tasks from a spreadsheet: send it, look at what it would become, enter it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from khoidan.core.views import Framed, Scoped
from khoidan.core.views.exports import XLSX
from khoidan.tasks.importing.book import Book
from khoidan.tasks.importing.columns import NAMES, hint, label
from khoidan.tasks.importing.entering import enter
from khoidan.tasks.importing.forms import UploadForm
from khoidan.tasks.importing.plan import Plan, unpacked
from khoidan.tasks.importing.template import required, template
from khoidan.tasks.models import Task


class FromSheet(Scoped, Framed):
    """Mixin: for whoever may enter work in some unit of today; no such page for anybody else."""

    model, action = Task, "add"
    menu = "tasks"

    @cached_property
    def book(self):
        return Book(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if not self.book.units.records:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("Nhập việc từ Excel")

    def get_crumbs(self):
        return [(_("Công việc"), reverse("tasks:task_list")), (_("Nhập từ Excel"), None)]


class Importing(FromSheet, FormView):
    template_name = "tasks/import.html"
    form_class = UploadForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"required_columns": required(self.book)}

    def form_valid(self, form):
        """What the sheet would become, and a button; nothing is stored."""
        plan = Plan(self.request.user, form.rows, self.book)
        shown = self.get_context_data(plan=plan, unused=form.unused, can_give=self.book.directs())
        return self.response_class(self.request, "tasks/import_preview.html", shown, using=self.template_engine)

    def get_context_data(self, **kwargs):
        needed = required(self.book)
        columns = [(label(name), hint(name), name in needed) for name in NAMES]
        return super().get_context_data(columns=columns, **kwargs)


class ImportTemplate(FromSheet, View):
    def get(self, request, *args, **kwargs):
        kept_as = {"Content-Disposition": 'attachment; filename="nhap-viec.xlsx"'}
        return HttpResponse(template(self.book), content_type=XLSX, headers=kept_as)


class ImportConfirmation(FromSheet, TemplateView):
    """Enters the rows that were looked at; sent twice, it tells what they became the first time."""

    http_method_names = ["post", "options"]
    template_name = "tasks/import_result.html"

    def post(self, request, *args, **kwargs):
        cells = unpacked(request.POST.get("plan", ""), request.user)
        if cells is None:
            messages.error(request, _("Bản xem trước đã hết hạn hoặc gửi không đủ. Hãy gửi lại tệp."))
            return HttpResponseRedirect(reverse("tasks:task_import"))
        plan, give = Plan(request.user, cells, self.book), "give" in request.POST
        enter(plan, by=request.user, give=give)
        return self.render_to_response(self.get_context_data(plan=plan, give=give))
