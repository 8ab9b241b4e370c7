from django.contrib import admin

from khoidan.staffing.admin.base import Careful, SmallSearch

from .models import MeetingKind


@admin.register(MeetingKind)
class MeetingKindAdmin(SmallSearch, Careful):
    list_display = ["name", "code", "minutes", "order"]
    search_fields = ["name", "code"]
    fields = ["name", "code", "minutes", "order"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []
