"""The live page of a meeting and its minutes; below /meetings/<id>/."""

from django.urls import path

from meetings.views import live, minutes, places

urlpatterns = [
    path("live/", live.live, name="live"),
    path("live/open/", live.open_meeting, name="open"),
    path("live/roll/", live.check_roll, name="roll"),
    path("live/rule/", live.rule, name="rule"),
    path("live/changes/", live.changes, name="changes"),
    path("live/close/", live.close, name="close"),
    path("live/attendance/<int:seat_id>/", live.attendance, name="attendance"),
    path("live/places/<int:seat_id>/", places.place, name="place"),
    path("live/places/<int:seat_id>/time/", places.came_or_left, name="came_or_left"),
    path("live/items/<uuid:item_id>/decision/", live.decide, name="decide"),
    path("live/items/<uuid:item_id>/actions/", live.add_action, name="add_action"),
    path("live/items/<uuid:item_id>/note/", live.note, name="note"),
    path("live/decisions/<int:pk>/remove/", live.remove_decision, name="remove_decision"),
    path("minutes/", minutes.page, name="minutes"),
    path("minutes/file/", minutes.request_file, name="minutes_file"),
    path("minutes/corrections/", minutes.correct, name="correct"),
]
