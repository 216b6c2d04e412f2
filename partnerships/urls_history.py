from django.urls import path

from partnerships.views import history

app_name = "history"
told_as = "the history"
urlpatterns = [
    path("", history.search, name="search"),
    path("export.<slug:kind>", history.export, name="export"),
    path("mine/", history.mine, name="mine"),
    path("people/<uuid:public_id>/", history.of_person, name="person"),
    path("of/<slug:kind>/<slug:thing_id>/", history.of_thing, name="thing"),
]
