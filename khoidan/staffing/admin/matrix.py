"""Positions, and the roles behind them as a matrix of check boxes: a row of rights for each reach."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from khoidan.organizations.models import Capability, Kind
from khoidan.staffing.models import Position, Reach, Role, RoleGrant

from .base import Careful, SmallSearch


class Choices(forms.TypedMultipleChoiceField):
    def __init__(self, choices, **kwargs):
        super().__init__(choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class RoleForm(forms.ModelForm):
    own = Choices(Capability.choices, label=_("Trên chính đơn vị"))
    below = Choices(Capability.choices, label=_("Trên đơn vị cấp dưới"))
    bloc = Choices(Capability.choices, label=_("Trên mọi đơn vị của khối"))
    issuing = Choices(Capability.choices, label=_("Ở mọi nơi ban hành văn bản của khối"))

    class Meta:
        model = Role
        fields = ["name", "code", "order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        had = self.had()
        for reach in Reach:
            self.initial.setdefault(reach.value, [capability for r, capability in had if r == reach])

    def had(self):
        return set(self.instance.grants.values_list("reach", "capability")) if self.instance.pk else set()

    def keep_matrix(self):
        """Make the rows of the matrix what the boxes say."""
        wanted = {(reach.value, capability) for reach in Reach for capability in self.cleaned_data[reach.value]}
        had = self.had()
        for reach, capability in had - wanted:
            self.instance.grants.filter(reach=reach, capability=capability).delete()
        for reach, capability in sorted(wanted - had):
            RoleGrant.objects.create(role=self.instance, reach=reach, capability=capability)


class FixedCode(SmallSearch, Careful):
    """The code of a row in use is what fixtures and reports know it by."""

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"code": ["name"]}


@admin.register(Role)
class RoleAdmin(FixedCode):
    form = RoleForm
    list_display = ["name", "code", "order", "positions_of"]
    search_fields = ["name", "code"]
    fieldsets = [
        (None, {"fields": ["name", ("code", "order")]}),
        (_("Quyền"), {"fields": [reach.value for reach in Reach]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("positions")

    @admin.display(description=_("chức danh"))
    def positions_of(self, role):
        return ", ".join(position.name for position in role.positions.all())

    def save_related(self, request, form, formsets, change):
        form.keep_matrix()
        super().save_related(request, form, formsets, change)


class PositionForm(forms.ModelForm):
    kinds = Choices(Kind.choices, label=_("Dùng ở loại đơn vị"), help_text=Position._meta.get_field("kinds").help_text)

    class Meta:
        model = Position
        fields = ["name", "code", "role", "sole", "in_quota", "kinds", "order"]


@admin.register(Position)
class PositionAdmin(FixedCode):
    form = PositionForm
    list_display = ["name", "role", "sole", "in_quota", "order"]
    list_filter = ["role", "sole", "in_quota"]
    list_select_related = ["role"]
    search_fields = ["name", "code"]
    fields = ["name", ("code", "order"), "role", ("sole", "in_quota"), "kinds"]
