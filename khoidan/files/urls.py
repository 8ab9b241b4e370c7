from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("<int:pk>/", views.Download.as_view(), name="attachment_detail"),
    path("<int:pk>/removal/", views.Removal.as_view(), name="attachment_removal"),
    path("<int:pk>/restoration/", views.Restoration.as_view(), name="attachment_restoration"),
]
