from django.urls import path

from . import views
from .saved import pages

app_name = "accounts"

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-in/demo/", views.StepIn.as_view(), name="step_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("profile/", views.Profile.as_view(), name="profile"),
    path("profile/theme/", views.Appearance.as_view(), name="theme"),
    path("profile/password/", views.Password.as_view(), name="password"),
    path("profile/sessions/", views.OtherSessions.as_view(), name="sessions"),
    path("profile/views/", pages.ViewsKept.as_view(), name="saved_views"),
    path("profile/views/new/", pages.ViewKeeping.as_view(), name="saved_view_new"),
    path("profile/views/<int:pk>/edit/", pages.ViewEditing.as_view(), name="saved_view_edit"),
    path("profile/views/<int:pk>/removal/", pages.ViewRemoval.as_view(), name="saved_view_removal"),
    path("ping/", views.Ping.as_view(), name="ping"),
]
