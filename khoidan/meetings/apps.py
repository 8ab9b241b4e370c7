from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MeetingsConfig(AppConfig):
    name = "khoidan.meetings"
    verbose_name = pgettext_lazy("danh sách", "Cuộc họp")
