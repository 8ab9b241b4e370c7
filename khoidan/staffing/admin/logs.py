"""Rights in force and the log of acts: computed or written once, so only to be read."""

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from khoidan.organizations.models import Capability, Event, UnitUserObjectPermission

from .base import FoldedSearch, ReadOnly

VERBS = {
    "created": _("lập"),
    "changed": _("sửa"),
    "deleted": _("xóa"),
    "exported": _("xuất danh sách"),
    "signed_in": _("đăng nhập"),
    "signed_out": _("đăng xuất"),
    "locked": _("khóa tài khoản"),
    "unlocked": _("mở khóa tài khoản"),
}


def shortened(text):
    return Truncator(text).chars(80)


class CapabilityFilter(admin.SimpleListFilter):
    title = _("quyền")
    parameter_name = "capability"

    def lookups(self, request, model_admin):
        return Capability.choices

    def queryset(self, request, queryset):
        return queryset.filter(permission__codename=self.value()) if self.value() else queryset


@admin.register(UnitUserObjectPermission)
class GrantAdmin(FoldedSearch, ReadOnly):
    list_display = ["account", "unit", "capability"]
    list_filter = [CapabilityFilter]
    list_select_related = ["user", "content_object", "permission"]
    search_fields = ["content_object__folded", "user__person__folded", "user__username"]
    ordering = ["user__username", "content_object__order", "permission__codename"]

    @admin.display(description=_("tài khoản"), ordering="user__username")
    def account(self, grant):
        return grant.user

    @admin.display(description=_("đơn vị"), ordering="content_object__sort_key")
    def unit(self, grant):
        return grant.content_object

    @admin.display(description=_("quyền"), ordering="permission__codename")
    def capability(self, grant):
        return Capability(grant.permission.codename).label


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ["at", "actor_name", "account", "what", "about", "unit", "why"]
    list_per_page = 50
    list_filter = ["at"]
    list_select_related = ["actor", "unit", "target_type"]
    search_fields = ["actor_name", "actor__username", "target_name", "verb"]
    ordering = ["-at", "-pk"]

    @admin.display(description=_("tài khoản"))
    def account(self, event):
        return event.actor.username if event.actor else "–"

    @admin.display(description=_("việc"))
    def what(self, event):
        model = event.target_type and event.target_type.model_class()
        return getattr(model, "acts", {}).get(event.verb) or VERBS.get(event.verb, event.verb)

    @admin.display(description=_("bản ghi"))
    def about(self, event):
        return f"{event.target_type.name}: {shortened(event.target_name)}" if event.target_type else "–"

    @admin.display(description=_("lý do"))
    def why(self, event):
        return shortened(event.reason) or "–"
