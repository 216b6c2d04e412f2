"""Replies to invitations by the link in a mail."""

from django.urls import path

from meetings.views import replies

app_name = "replies"
urlpatterns = [path("<str:token>/", replies.by_link, name="reply")]
