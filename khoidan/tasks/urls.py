from django.urls import include, path

from . import views

app_name = "tasks"

# A state change is a noun with its own address.
ACTS = {
    "giving": views.Giving,
    "fan_out": views.FanningOut,
    "beginning": views.Beginning,
    "progress": views.Noting,
    "completion": views.Completion,
    "acceptance": views.Acceptance,
    "return": views.SendingBack,
    "handback": views.HandingBack,
    "extension": views.Asking,
    "extension_grant": views.Granting,
    "extension_refusal": views.Refusing,
    "rescheduling": views.Rescheduling,
    "reassignment": views.Reassigning,
    "cancellation": views.Cancellation,
    "reopening": views.Reopening,
    "distinction": views.Marking,
}

templates = [
    *views.Templates.urls(),
    path("<int:pk>/activation/", views.Activation.as_view(), name="tasktemplate_activation"),
    path("<int:pk>/suspension/", views.Suspension.as_view(), name="tasktemplate_suspension"),
    path("<int:pk>/task/", views.TaskOfTemplate.as_view(), name="tasktemplate_task"),
]

urlpatterns = [
    path("templates/", include(templates)),
    path("handover/", views.HandOver.as_view(), name="handover"),
    path("mine/", views.Mine.as_view(), name="mine"),
    path("board/", views.Board.as_view(resource=views.OnBoard), name="board"),
    path("workload/", views.WorkloadPage.as_view(), name="workload"),
    path("clarity/", views.ClarityPage.as_view(), name="clarity"),
    path("evaluation/", views.EvaluationPage.as_view(), name="evaluation"),
    path("evaluation/export/", views.EvaluationExport.as_view(), name="evaluation_export"),
    path("evaluation/<int:pk>/", views.PersonEvaluation.as_view(), name="evaluation_person"),
    path("import/", views.Importing.as_view(), name="task_import"),
    path("import/template/", views.ImportTemplate.as_view(), name="task_import_template"),
    path("import/preview/", views.ImportPreview.as_view(), name="task_import_preview"),
    path("import/preview/confirmation/", views.ImportConfirmation.as_view(), name="task_import_confirmation"),
    path("import/result/", views.ImportResult.as_view(), name="task_import_result"),
    *views.Tasks.urls(),
    *(path(f"<int:pk>/{noun.replace('_', '-')}/", view.as_view(), name=f"task_{noun}") for noun, view in ACTS.items()),
]
