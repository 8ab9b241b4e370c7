from django.contrib import admin

from .models import MeetingKind


@admin.register(MeetingKind)
class MeetingKindAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "minutes", "order"]
    search_fields = ["name", "code"]
    fields = ["name", "code", "minutes", "order"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []
