"""Replies to invitations by the link in a mail."""

from django.urls import path

from meetings.views import replies

app_name = "replies"
told_as = "replies to invitations"
urlpatterns = [
    path("<str:token>/", replies.by_link, name="reply"),
    path("as-deputy/<str:token>/", replies.deputy_by_link, name="reply_as_deputy"),
]
