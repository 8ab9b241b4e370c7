"""One include per app, nothing else."""

from django.contrib import admin
from django.urls import include, path

from khoidan.accounts.views import SetLanguage

urlpatterns = [
    path("", include("khoidan.dashboards.urls")),
    path("", include("khoidan.accounts.urls")),
    path("language/", SetLanguage.as_view(), name="set_language"),
    path("admin/", admin.site.urls),
]
