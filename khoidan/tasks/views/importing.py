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
from khoidan.tasks.importing.plan import Plan
from khoidan.tasks.importing.template import required, template
from khoidan.tasks.models import Sheet, Task


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
        """Keep what was read for a page of its own: no task is made before it was looked at."""
        Sheet.objects.keep(self.request.user, form.rows, form.unused)
        return HttpResponseRedirect(reverse("tasks:task_import_preview"))

    def get_context_data(self, **kwargs):
        needed = required(self.book)
        columns = [(label(name), hint(name), name in needed) for name in NAMES]
        return super().get_context_data(columns=columns, **kwargs)


class ImportTemplate(FromSheet, View):
    def get(self, request, *args, **kwargs):
        kept_as = {"Content-Disposition": 'attachment; filename="nhap-viec.xlsx"'}
        return HttpResponse(template(self.book), content_type=XLSX, headers=kept_as)


class OfSheet(FromSheet):
    """Mixin: of the sheet that this account sent last; without one, back to where it is sent."""

    @cached_property
    def sheet(self):
        return Sheet.objects.of(self.request.user)

    @cached_property
    def plan(self):
        return Plan(self.request.user, self.sheet.cells, self.book)

    def missing(self):
        messages.error(self.request, _("Bản xem trước không còn nữa. Hãy gửi lại tệp."))
        return HttpResponseRedirect(reverse("tasks:task_import"))


class SheetPage(OfSheet, TemplateView):
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.sheet else self.missing()

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, sheet=self.sheet, **kwargs)


class ImportPreview(SheetPage):
    """What the sheet would become, and a button."""

    template_name = "tasks/import_preview.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(can_give=self.book.directs(), **kwargs)


class ImportConfirmation(OfSheet, View):
    """Enters the rows that were looked at; sent twice, it leads to what they became the first time."""

    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        if self.sheet is None or request.POST.get("sheet") != str(self.sheet.key):
            return self.missing()
        give = "give" in request.POST
        enter(self.plan, by=request.user, give=give)
        self.sheet.note(self.plan.outcomes(), give=give)
        return HttpResponseRedirect(reverse("tasks:task_import_result"))


class ImportResult(SheetPage):
    template_name = "tasks/import_result.html"

    def get_context_data(self, **kwargs):
        self.plan.tell(self.sheet.outcomes)
        return super().get_context_data(**kwargs)
