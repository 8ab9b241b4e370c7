"""What every page of configuration has in common."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InternalError
from django.utils.translation import ngettext

from khoidan.core.errors import sentence_of
from khoidan.core.text import fold
from khoidan.organizations.models import Event
from khoidan.staffing import grants

REFUSALS = (IntegrityError, InternalError, DataError)


class Refusing:
    """Mixin of a form that the database has refused once: shows why, with everything typed still in it."""

    refusal = ""

    def clean(self):
        super().clean()
        raise ValidationError(self.refusal)


class Careful(admin.ModelAdmin):
    """Refusals stand at the form, rights are rebuilt in the same transaction, and every act is noted."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as refusal:
            request.refusal = sentence_of(refusal)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type("RefusedForm", (Refusing, form), {"refusal": refusal}) if refusal else form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.settle(request)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.settle(request)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self.settle(request)

    def settle(self, request):
        changed = len(grants.settle())
        if changed:
            said = ngettext("Quyền của %(n)d tài khoản đã đổi.", "Quyền của %(n)d tài khoản đã đổi.", changed)
            self.message_user(request, said % {"n": changed}, messages.INFO)

    def log_addition(self, request, obj, message):
        self.note("created", request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self.note("changed", request, obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        queryset = list(queryset)
        for obj in queryset:
            self.note("deleted", request, obj)
        return super().log_deletions(request, queryset)

    @staticmethod
    def note(verb, request, obj):
        Event.note(verb, by=request.user, target=obj)  # no unit, which it would protect from being deleted


class FoldedSearch:
    """Mixin: searches folded columns without marks or case."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))


class SmallSearch:
    """Mixin: the same for tables without such a column, small enough to fold here."""

    def get_search_results(self, request, queryset, search_term):
        words = fold(search_term).split()
        if not words:
            return queryset, False
        rows = queryset.order_by().values_list("pk", *self.search_fields)
        found = [pk for pk, *texts in rows if all(word in fold(" ".join(texts)) for word in words)]
        return queryset.filter(pk__in=found), False


class ReadOnly(admin.ModelAdmin):
    """A list to look at, nothing else."""

    list_display_links = None
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
