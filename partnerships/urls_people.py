from django.urls import path

from partnerships.views import leaving, people, returning

app_name = "people"
urlpatterns = [
    path("", people.people, name="list"),
    path("<uuid:public_id>/", people.person, name="person"),
    path("<uuid:public_id>/leave/", leaving.leave, name="leave"),
    path("<uuid:public_id>/switch-on/", returning.switch_on, name="switch_on"),
    path("<uuid:public_id>/end/<slug:kind>/<int:pk>/", leaving.end, name="end"),
]
