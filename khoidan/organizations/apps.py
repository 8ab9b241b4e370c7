from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "khoidan.organizations"
    verbose_name = _("Tổ chức")

    def ready(self):
        from . import receivers  # noqa: F401, PLC0415 - Django's own place for connecting signals
