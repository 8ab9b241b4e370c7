"""The page of one task: what is asked, how far it is, what may be done now."""

from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from khoidan.core.views import DetailView
from khoidan.files.models import Attachment
from khoidan.organizations.models import Event
from khoidan.tasks.forms.fan_out import offered_units
from khoidan.tasks.models import State, Task, TaskTemplate

from .checklist import checklist
from .leading import in_turn
from .whole import whole_of

BACK = ("sent_back", "handed_back", "reopened")
ROAD = (State.DRAFT, State.GIVEN, State.DOING, State.CHECKING, State.DONE)


class TaskPage(DetailView):
    def get_object(self, queryset=None):
        task = super().get_object(queryset)
        if not task.has_wishes:
            task.wishes = []
        return task

    def fetched(self, rows):
        return whole_of(rows)

    def get_context_data(self, **kwargs):
        task = self.object
        draft = task.state == State.DRAFT
        notes = self.notes() if task.has_notes else []
        told = {} if task.given_at is None else {"notes": notes, "wishes": task.wishes}
        return super().get_context_data(
            steps=self.steps(),
            checklist=checklist(task, fills=task.may_change) if draft else [],
            awaits=task.refusal("give") if draft and not task.may_give else "",
            origin=self.origin(),
            **self.returned(),
            parent=task.parent if task.parent_id and task.parent.permits(self.request.user, "view") else None,
            template=self.template(),
            children=self.children() if task.has_children else [],
            passed=task.reassignments.select_related("before", "after", "by") if task.was_passed else [],
            **told,
            **kwargs,
        )

    def template(self):
        """The template that the task came from, to who may see it."""
        if self.object.template_id is None:
            return None
        return TaskTemplate.objects.permitting(self.request.user, "view").filter(pk=self.object.template_id).first()

    def notes(self):
        """What was told so far, each note with the files sent with it that are still there."""
        files = Attachment.objects.permitting(self.request.user, "view").on(self.object).order_by("pk")
        return self.object.notes.select_related("by").prefetch_related(Prefetch("files", files))

    def returned(self):
        """{act that brought the task back to who does or gives it, and its words}, while that is its newest move."""
        task = self.object
        if task.given_at is None or task.state not in (State.DRAFT, State.DOING):
            return {}
        back = Event.objects.about(task).filter(verb__in=BACK, at__gte=task.moved_at or task.given_at).first()
        return {"returned": back, "returned_words": Task.acts[back.verb]} if back else {}

    def offered(self):
        """What waits for the reader first; the last act is to keep the text for other times."""
        task, user = self.object, self.request.user
        if task.may_fan_out:  # no button where there is no unit to choose
            task.may_fan_out = not task.why_whole() and offered_units(user, task).exists()
        acts = in_turn(super().offered(), task, user)
        if not TaskTemplate.may_add(self.request.user):
            return acts
        url = f"{reverse('tasks:tasktemplate_new')}?{urlencode({'task': self.object.pk})}"
        keep = {"label": _("Lưu làm việc mẫu"), "url": url, "icon": "file-earmark-plus", "method": "get"}
        return [*acts, keep]

    def steps(self):
        """[(label, "done", "current" or "")] along the usual road; a check only where somebody checks."""
        task = self.object
        road = [state for state in ROAD if state != State.CHECKING or task.checker_id]
        if task.state not in road:
            return [(task.get_state_display(), "current")]
        now = road.index(task.state)
        return [(s.label, "done" if n < now else "current" if n == now else "") for n, s in enumerate(road)]

    def children(self):
        below = Task.objects.permitting(self.request.user, "view").filter(parent=self.object.pk)
        return below.for_list().order_by("unit__order", "unit__sort_key", "pk")

    def origin(self):
        """{kind, label, url} of what the task came from; no words and no link for who may not see that."""
        if self.object.origin_type_id is None:
            return None
        model = ContentType.objects.get_for_id(self.object.origin_type_id).model_class()
        found = model.objects.permitting(self.request.user, "view").filter(pk=self.object.origin_id).first()
        told = {"kind": model._meta.verbose_name}
        return told | ({"label": str(found), "url": found.get_absolute_url()} if found else {})
