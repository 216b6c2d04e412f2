"""Cases. What stands in an address says nothing of a case: no reference, no kind."""

from django.urls import path

from reviews.views import cases, people

app_name = "cases"
urlpatterns = [
    path("", cases.cases, name="list"),
    path("new/", cases.register, name="register"),
    path("<uuid:public_id>/", cases.case, name="case"),
    path("<uuid:public_id>/change/", cases.change, name="change"),
    path("<uuid:public_id>/close/", cases.close, name="close"),
    path("<uuid:public_id>/reopen/", cases.reopen, name="reopen"),
    path("<uuid:public_id>/keep/", people.keep, name="keep"),
    path("<uuid:public_id>/reads/", people.reads, name="reads"),
    path("<uuid:public_id>/history/", people.history, name="history"),
]
