from django.urls import path

from partnerships.views import joining, leaving, people, returning

app_name = "people"
told_as = "people and what they hold"
urlpatterns = [
    path("", people.people, name="list"),
    path("team/new/", joining.name_of_team, name="name_of_team"),
    path("<uuid:public_id>/", people.person, name="person"),
    path("<uuid:public_id>/leave/", leaving.leave, name="leave"),
    path("<uuid:public_id>/account/", joining.give_account, name="give_account"),
    path("<uuid:public_id>/switch-off/", joining.switch_off, name="switch_off"),
    path("<uuid:public_id>/switch-on/", returning.switch_on, name="switch_on"),
    path("<uuid:public_id>/end/<slug:kind>/<int:pk>/", leaving.end, name="end"),
]
