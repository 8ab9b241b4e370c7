from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    name = "khoidan.staffing"
    verbose_name = _("Cán bộ và phân công")
