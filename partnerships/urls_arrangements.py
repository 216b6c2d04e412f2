from django.urls import path

from partnerships.views import arrangements

app_name = "arrangements"
told_as = "arrangements"
urlpatterns = [
    path("", arrangements.arrangements, name="list"),
    path("<slug:key>/", arrangements.arrangement, name="edition"),
    path("<slug:area>/<slug:key>.json", arrangements.published, name="published"),
    path("<slug:older>/to/<slug:newer>/", arrangements.compare, name="compare"),
]
