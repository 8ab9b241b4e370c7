from django.urls import include, path

from . import views

app_name = "staffing"

appointments = [
    *views.Appointments.urls(),
    path("<int:pk>/ending/", views.Ending.as_view(), name="appointment_ending"),
    path("<int:pk>/acting/", views.Acting.as_view(), name="appointment_acting"),
]

urlpatterns = [
    path("people/", include(views.People.urls())),
    path("appointments/", include(appointments)),
    path("quotas/", include(views.Quotas.urls())),
    path("units/<int:pk>/rights/", views.UnitRights.as_view(), name="unit_rights"),
    path("rights/", views.MyRights.as_view(), name="my_rights"),
]
