from django.contrib import admin

from khoidan.organizations.models import Area, Event, Unit, UnitUserObjectPermission

from .base import Careful, FoldedSearch, SmallSearch


@admin.register(Area)
class AreaAdmin(SmallSearch, Careful):
    list_display = ["name", "kind", "code", "parent", "valid_from", "valid_to", "succeeded_by"]
    list_filter = ["kind"]
    list_select_related = ["parent", "succeeded_by"]
    search_fields = ["name", "code"]
    raw_id_fields = ["parent", "succeeded_by"]
    fields = ["name", "kind", "code", "parent", ("valid_from", "valid_to"), "succeeded_by"]


@admin.register(Unit)
class UnitAdmin(FoldedSearch, Careful):
    list_display = ["name", "short_name", "kind", "parent", "area", "valid_from", "valid_to", "order"]
    list_filter = ["kind", "issues_documents"]
    list_select_related = ["parent", "area"]
    search_fields = ["folded"]
    raw_id_fields = ["parent", "area", "succeeded_by"]
    view_on_site = False  # a superuser sees no page of the office
    fields = [
        "name",
        ("short_name", "code"),
        ("kind", "parent"),
        ("area", "order"),
        "issues_documents",
        ("valid_from", "valid_to"),
        "succeeded_by",
    ]

    def get_deleted_objects(self, objs, request):
        """A unit made by mistake takes its computed rights with it; anything else that names it protects it."""
        objects, counts, perms, protected = super().get_deleted_objects(objs, request)
        computed = {UnitUserObjectPermission._meta.verbose_name, Event._meta.verbose_name}
        return objects, counts, perms - computed, protected
