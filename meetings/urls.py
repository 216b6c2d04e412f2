"""Meetings; the live page and the minutes have their routes in urls_live."""

from django.urls import include, path

app_name = "meetings"
urlpatterns = [
    path("<uuid:public_id>/", include("meetings.urls_live")),
]
