from django.urls import path

from . import views

app_name = "tasks"
urlpatterns = [
    path("mine/", views.Mine.as_view(), name="mine"),
    *views.Tasks.urls(),
    path("<int:pk>/giving/", views.Giving.as_view(), name="task_giving"),
    path("<int:pk>/completion/", views.Completion.as_view(), name="task_completion"),
    path("<int:pk>/reopening/", views.Reopening.as_view(), name="task_reopening"),
]
