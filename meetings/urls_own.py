"""The addresses of one's own calendars; below /me/."""

from django.urls import path

from meetings.views import calendars

app_name = "own_calendars"
told_as = "calendars"
urlpatterns = [
    path("new/", calendars.make, name="make"),
    path("end/", calendars.end, name="end"),
    path("<slug:slug>/new/", calendars.make, name="make_of_board"),
    path("<slug:slug>/end/", calendars.end, name="end_of_board"),
]
