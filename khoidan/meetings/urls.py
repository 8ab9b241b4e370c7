from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    *views.Meetings.urls(),
    path("<int:pk>/closure/", views.Closure.as_view(), name="meeting_closure"),
    path("<int:pk>/reopening/", views.Reopening.as_view(), name="meeting_reopening"),
    path("<int:pk>/agenda/new/", views.NewItem.as_view(), name="item_new"),
    path("<int:pk>/agenda/<int:part>/edit/", views.EditItem.as_view(), name="item_edit"),
    path("<int:pk>/agenda/<int:part>/discussion/", views.Discussion.as_view(), name="item_discussion"),
    path("<int:pk>/agenda/<int:part>/move/", views.ItemMove.as_view(), name="item_move"),
    path("<int:pk>/agenda/<int:part>/removal/", views.ItemRemoval.as_view(), name="item_removal"),
    path("<int:pk>/attendance/", views.RollCall.as_view(), name="attendance"),
    path("<int:pk>/attendance/invitation/", views.Invitation.as_view(), name="invitation"),
    path("<int:pk>/attendance/<int:part>/removal/", views.AttendanceRemoval.as_view(), name="attendance_removal"),
    path("<int:pk>/conclusions/new/", views.NewConclusion.as_view(), name="conclusion_new"),
    path("<int:pk>/conclusions/<int:part>/edit/", views.EditConclusion.as_view(), name="conclusion_edit"),
    path("<int:pk>/conclusions/<int:part>/removal/", views.ConclusionRemoval.as_view(), name="conclusion_removal"),
    path("<int:pk>/conclusions/<int:part>/task/", views.TaskOfConclusion.as_view(), name="conclusion_task"),
]
