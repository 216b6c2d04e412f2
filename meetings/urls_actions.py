"""The action log."""

from django.urls import path

from meetings.views import actions_list

app_name = "actions"
told_as = "actions"
urlpatterns = [
    path("", actions_list.action_log, name="list"),
    path("<uuid:public_id>/done/", actions_list.complete, name="complete"),
]
