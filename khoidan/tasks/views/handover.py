"""Everything that one person has open, handed over on one page: looked at first, then done duty by duty."""

from django.db import OperationalError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from khoidan.core.errors import told_of_collision
from khoidan.core.forms import keys_of
from khoidan.core.views import Framed, Scoped
from khoidan.organizations.models import scope_of
from khoidan.staffing.models import Person
from khoidan.tasks.forms import HandoverForm, LeaverForm
from khoidan.tasks.handover import MOST_DUTIES, duties_of, hand_over
from khoidan.tasks.models import Task
from khoidan.tasks.offers import near_to, people_seated, seats_of


class HandOver(Scoped, Framed, TemplateView):
    """For who directs work somewhere; of the person's work it shows what this account may pass on."""

    model, action = Task, "reassign"
    template_name = "tasks/handover.html"
    menu = "tasks"

    def dispatch(self, request, *args, **kwargs):
        if not scope_of(request.user).units(Task.needs[self.action]):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def leaver(self):
        """Whose work it is; None while nobody is chosen."""
        asked = self.request.GET.get("person")
        if not asked:
            return None
        return get_object_or_404(self.people(), pk__in=keys_of([asked]))

    def people(self):
        return Person.objects.permitting(self.request.user, "view")

    def get(self, request, *args, **kwargs):
        if self.leaver is None:
            return self.render_to_response(self.get_context_data(chooser=LeaverForm(people=self.people())))
        return self.show(self.form())

    def post(self, request, *args, **kwargs):
        if self.leaver is None:
            raise Http404
        try:
            with transaction.atomic():
                form = self.form(request.POST, held=True)
        except OperationalError as error:
            form = self.form(request.POST)
            form.add_error(None, told_of_collision(error))
        if not form.is_valid():
            return self.show(form)
        told = {"by": request.user, "reason": form.cleaned_data["reason"]}
        mark = form.mark()
        if "_do" in request.POST and request.POST.get("_mark") == mark:
            return self.show(form, done=hand_over(form.plan(), **told))
        tried = {outcome.duty.key: outcome for outcome in hand_over(form.plan(), **told, trial=True)}
        return self.show(form, tried=tried, mark=mark, moved="_do" in request.POST)

    def form(self, data=None, *, held=False):
        """Of the first duties as they stand now, held while a POST is at work."""
        duties = duties_of(self.leaver, self.request.user)
        self.left_out = max(0, len(duties) - MOST_DUTIES)
        duties = duties[:MOST_DUTIES]
        if held:
            duties = duties_of(self.leaver, self.request.user, among=duties)[:MOST_DUTIES]
        user = self.request.user
        beside = [seats_of(person=self.leaver), *near_to(user)]
        people = people_seated(scope_of(user).any_bloc(), near=beside).exclude(pk=self.leaver.pk)
        return HandoverForm(data, duties=duties, people=people)

    def show(self, form, *, done=None, tried=None, **context):
        tried = tried or {}
        rows = [(duty, field, tried.get(duty.key)) for duty, field in form.rows]
        if done is not None:
            stayed = sum(bool(outcome.why) for outcome in done)
            outcomes = sorted(done, key=lambda outcome: not outcome.why)  # what was refused stands first
            context |= {"outcomes": outcomes, "stayed": stayed, "handed": len(done) - stayed}
        return self.render_to_response(self.get_context_data(form=form, rows=rows, tried=bool(tried), **context))

    def get_page_title(self):
        return _("Bàn giao việc của %(person)s") % {"person": self.leaver} if self.leaver else _("Bàn giao việc")

    def get_crumbs(self):
        return [(_("Công việc"), reverse("tasks:task_list")), (_("Bàn giao việc"), None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(leaver=self.leaver, left_out=getattr(self, "left_out", 0), **kwargs)
