from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from khoidan.staffing.admin.base import Careful

from .models import Attachment, FileQuota


@admin.register(FileQuota)
class FileQuotaAdmin(Careful):
    list_display = ["unit", "megabytes", "used"]
    list_select_related = ["unit"]
    fields = ["unit", "megabytes"]

    def get_readonly_fields(self, request, obj=None):
        return ["unit"] if obj else []

    @admin.display(description=_("đã dùng"))
    def used(self, quota):
        return filesizeformat(Attachment.objects.bytes_of(quota.unit_id))
