"""The form of tasks, filled from a template."""

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from khoidan.tasks.models import TaskTemplate
from khoidan.tasks.models.wording import fill
from khoidan.tasks.models.written import WORDED

from .editing import NewTask
from .resource import Tasks
from .templates import Templates, shared_with


class TaskOfTemplate(NewTask):
    """The form of tasks, filled from a template that the person may see; for who holds its position today."""

    resource = Tasks
    action = "add"

    @cached_property
    def template(self):
        seen = TaskTemplate.objects.permitting(self.request.user, "view").for_detail()
        found = seen.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_initial(self):
        template, today = self.template, timezone.localdate()
        due, person = template.due_from(today), template.addressee(today)
        filled = taken_from_template(template, due or today) | {"due": due, "accountable": person and person.pk}
        return super().get_initial() | filled

    def keep(self, form):
        form.instance.template = self.template
        return super().keep(form)

    def get_success_url(self):
        return self.request.path if self.goes_on else super().get_success_url()

    def get_page_title(self):
        return _("Việc mới từ mẫu")

    def get_crumbs(self):
        templates = (Templates.list_title, Templates.url("list"))
        return [templates, (str(self.template), self.template.get_absolute_url()), (self.get_page_title(), None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"cancel_url": self.template.get_absolute_url()}


def taken_from_template(template, due):
    filled = shared_with(template)
    return filled | {name: fill(filled[name], due) for name in WORDED}
