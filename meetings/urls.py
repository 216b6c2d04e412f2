"""Meetings; the live page and the minutes have their routes in urls_live."""

from django.urls import include, path

from meetings.views import entered_replies, frequency, items, meetings, reminders, replies

app_name = "meetings"
told_as = "meetings"
urlpatterns = [
    path("", meetings.meetings, name="list"),
    path("new/", meetings.plan, name="plan"),
    path("how-often/", frequency.how_often, name="how_often"),
    path("how-often/<slug:year>.<slug:form>", frequency.how_often_file, name="how_often_file"),
    path("items/<uuid:public_id>/", items.item, name="item"),
    path("<uuid:public_id>/", meetings.meeting, name="meeting"),
    path("<uuid:public_id>/change/", meetings.change, name="change"),
    path("<uuid:public_id>/cancel/", meetings.cancel, name="cancel"),
    path("<uuid:public_id>/reply/<int:seat_id>/", replies.signed, name="reply"),
    path("<uuid:public_id>/reply/<int:seat_id>/as-deputy/", replies.deputy_signed, name="reply_as_deputy"),
    path("<uuid:public_id>/replies/<int:seat_id>/", entered_replies.enter, name="enter_reply"),
    path("<uuid:public_id>/reminders/", reminders.of_meeting, name="reminders"),
    path("<uuid:public_id>/", include("meetings.urls_live")),
]
