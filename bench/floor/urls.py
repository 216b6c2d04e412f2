"""The floor's addresses: the same as the portal's, and the page made by hand."""

from django.urls import path

from bench.floor import by_hand, money, views

urlpatterns = [
    path("", views.empty, name="home"),
    path("boards/", views.empty, name="boards"),
    path("boards/<slug:slug>/", views.empty, name="board"),
    path("boards/<slug:slug>/representation/", views.representation, name="representation"),
    path("boards/<slug:slug>/representation/<str:name>", views.empty, name="representation_file"),
    path("actions/", views.empty, name="actions"),
    path("accessibility/", views.empty, name="accessibility"),
    path("privacy/", views.empty, name="privacy"),
    path("cookies/", views.empty, name="cookies"),
    path("account/", views.empty, name="account"),
    path("sign-out/", views.empty, name="sign_out"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/new/", views.empty, name="plan"),
    path("meetings/<uuid:public_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:public_id>/by-hand/", by_hand.meeting, name="by_hand"),
    path("meetings/<uuid:public_id>/minutes/", views.empty, name="minutes"),
    path("meetings/<uuid:public_id>/live/", views.live, name="live"),
    path("meetings/<uuid:public_id>/live/close/", views.empty, name="close"),
    path("meetings/<uuid:public_id>/live/roll/", views.empty, name="roll"),
    path("meetings/<uuid:public_id>/live/rule/", views.empty, name="rule"),
    path("meetings/<uuid:public_id>/live/attendance/<int:seat_id>/", views.tap, name="tap"),
    path("meetings/<uuid:public_id>/live/places/<int:seat_id>/", views.empty, name="place"),
    path("meetings/<uuid:public_id>/live/items/<int:number>/decision/", views.empty, name="decide"),
    path("meetings/<uuid:public_id>/live/items/<int:number>/actions/", views.empty, name="add_action"),
    path("meetings/<uuid:public_id>/live/items/<int:number>/note/", views.empty, name="note"),
    path("meetings/<uuid:public_id>/live/decisions/<int:pk>/remove/", views.empty, name="remove_decision"),
    path("money/", views.empty, name="money"),
    path("money/<slug:name>/", money.year, name="year"),
    path("money/<slug:name>/files/<str:file>", views.empty, name="money_file"),
    path("money/<slug:name>/figures/<slug:key>/", views.empty, name="figure"),
    path("money/<slug:name>/figures/<slug:key>/explain/", views.empty, name="explain"),
    path("money/<slug:name>/printed/new/", views.empty, name="choose_printed"),
    path("history/of/<slug:kind>/<int:pk>/", views.empty, name="history"),
]
