from django.urls import path

from partnerships.views import own

app_name = "me"
urlpatterns = [
    path("", own.me, name="me"),
    path("sessions/<int:pk>/end/", own.end_session, name="end_session"),
    path("sessions/end-others/", own.end_other_sessions, name="end_other_sessions"),
]
