"""Calendars under secret addresses."""

from django.urls import path

from meetings.views import calendars

app_name = "calendars"
told_as = "calendars"
urlpatterns = [path("<slug:secret>.ics", calendars.calendar, name="calendar")]
