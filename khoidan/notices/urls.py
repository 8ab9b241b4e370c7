from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.NoticeList.as_view(), name="notice_list"),
    path("reading/", views.ReadingAll.as_view(), name="reading"),
    path("<int:pk>/reading/", views.Reading.as_view(), name="notice_reading"),
    path("choices/", views.Choices.as_view(), name="choices"),
]
