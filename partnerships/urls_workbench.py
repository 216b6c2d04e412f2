from django.urls import path

from partnerships.views import workbench as views

app_name = "workbench"
told_as = "the workbench"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("scenarios/", views.scenarios, name="scenarios"),
    path("<uuid:public_id>/", views.scenario, name="scenario"),
    path("<uuid:public_id>/file/", views.scenario_file, name="file"),
    path("<uuid:public_id>/rename/", views.rename, name="rename"),
    path("<uuid:public_id>/share/", views.share, name="share"),
    path("<uuid:public_id>/delete/", views.delete, name="delete"),
]
