"""Mail that did not go out, and the switch in a mail."""

from django.urls import path

from partnerships.views import mailing

app_name = "reminders"
told_as = "reminders"
urlpatterns = [
    path("", mailing.not_sent, name="not_sent"),
    path("came-back/", mailing.came_back, name="came_back"),
    path("mails/<int:pk>/again/", mailing.send_again, name="send_again"),
    path("people/<uuid:public_id>/again/", mailing.remind_again, name="remind_again"),
    path("off/<str:token>/", mailing.off, name="off"),
]
