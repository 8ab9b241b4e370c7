"""One include per app, nothing else."""

from django.contrib import admin
from django.urls import include, path

from khoidan.accounts.views import SetLanguage

urlpatterns = [
    path("", include("khoidan.dashboards.urls")),
    path("", include("khoidan.accounts.urls")),
    path("language/", SetLanguage.as_view(), name="set_language"),
    path("files/", include("khoidan.files.urls")),
    path("notices/", include("khoidan.notices.urls")),
    path("tasks/", include("khoidan.tasks.urls")),
    path("meetings/", include("khoidan.meetings.urls")),
    path("units/", include("khoidan.staffing.unit_urls")),
    path("", include("khoidan.staffing.urls")),
    path("admin/", admin.site.urls),
]
