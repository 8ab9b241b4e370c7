"""«Vì sao tôi thấy?»: which appointment gives which right, on a unit on a day, and who else has it."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.detail import SingleObjectMixin

from khoidan.core.dates import DateField
from khoidan.core.views import Framed, Scoped
from khoidan.core.words import day as written
from khoidan.organizations.models import Unit
from khoidan.organizations.tree import in_tree_order
from khoidan.staffing import explained, grants
from khoidan.staffing.models import Person


class RightsForm(forms.Form):
    day = DateField(label=_("Ngày"), required=False)
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Người"), required=False, empty_label=_("Tất cả"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["person"].widget.attrs["data-pick"] = ""


class UnitRights(Scoped, Framed, SingleObjectMixin, TemplateView):
    model, action = Unit, "explain"
    menu = "organizations"
    template_name = "staffing/unit_rights.html"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object(self.get_queryset().for_detail())
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return _now("Vì sao tôi thấy? %(unit)s") % {"unit": self.object}

    def get_crumbs(self):
        unit = self.object
        return [
            (_now("Tổ chức"), reverse("organizations:unit_list")),
            (str(unit), unit.get_absolute_url()),
            (_now("Vì sao tôi thấy?"), None),
        ]

    def get_context_data(self, **kwargs):
        form = RightsForm(self.asked(), people=Person.objects.permitting(self.request.user, "view"))
        told = self.told(form.cleaned_data) if form.is_valid() else {}
        return super().get_context_data(form=form, **told, **kwargs)

    def asked(self):
        """What the address asks; the day box shows today when nothing is asked."""
        asked = self.request.GET.copy()
        if not asked.get("day"):
            asked["day"] = written(timezone.localdate())
        return asked

    def told(self, asked):
        day, person = asked["day"], asked["person"]
        rights = grants.explain(self.object, day)
        people = explained.by_person(rights)
        own = next((each for each in people if each.user_id == self.request.user.pk), None)
        shown = [person] if person else sorted(people, key=lambda each: each != own)
        return {
            "day": day,
            "person": person,
            "own": own,
            "rows": [(each, people[each]) for each in shown if each in people],
            "who": explained.by_capability(rights),
            "today": day == timezone.localdate(),
        }


class MyRights(Scoped, Framed, TemplateView):
    """All that one may do today, and through which appointment."""

    model, action = Unit, "explain"
    page_title = _("Quyền của tôi")
    template_name = "staffing/my_rights.html"

    def get_crumbs(self):
        return [(_now("Quyền của tôi"), None)]

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        units = self.get_queryset().in_bulk()
        places = {unit.pk: place for place, unit in enumerate(in_tree_order(units.values()))}
        rights = [right for right in grants.rights_of(self.request.user, today) if right.unit_id in units]
        groups = [
            ([units[pk] for pk in sorted(found, key=places.get)], grounds)
            for found, grounds in explained.by_unit(rights)
        ]
        groups.sort(key=lambda group: places[group[0][0].pk])
        return super().get_context_data(groups=groups, today=today, **kwargs)
