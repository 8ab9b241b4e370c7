from django.urls import include, path

from . import views

app_name = "staffing"

people = [
    *views.People.urls(),
    path("<int:pk>/voiding/", views.PersonVoiding.as_view(), name="person_voiding"),
    path("<int:pk>/restoration/", views.PersonRestoration.as_view(), name="person_restoration"),
]
appointments = [
    *views.Appointments.urls(),
    path("<int:pk>/ending/", views.Ending.as_view(), name="appointment_ending"),
    path("<int:pk>/acting/", views.Acting.as_view(), name="appointment_acting"),
    path("<int:pk>/voiding/", views.AppointmentVoiding.as_view(), name="appointment_voiding"),
    path("<int:pk>/restoration/", views.AppointmentRestoration.as_view(), name="appointment_restoration"),
]
quotas = [
    *views.Quotas.urls(),
    path("<int:pk>/voiding/", views.QuotaVoiding.as_view(), name="staffquota_voiding"),
    path("<int:pk>/restoration/", views.QuotaRestoration.as_view(), name="staffquota_restoration"),
]

urlpatterns = [
    path("people/", include(people)),
    path("appointments/", include(appointments)),
    path("quotas/", include(quotas)),
    path("units/<int:pk>/rights/", views.UnitRights.as_view(), name="unit_rights"),
    path("rights/", views.MyRights.as_view(), name="my_rights"),
]
