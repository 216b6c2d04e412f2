"""Who is let in and kept out; below /access/. A thing is named by its kind and its own address: items/<id>/let-in/."""

from django.urls import path

from partnerships.views import emergencies, grants, keeping_out, letting_in

app_name = "granting"
told_as = "access by exception and in emergencies"
urlpatterns = [
    path("grants/", grants.grants, name="grants"),
    path("grants/<uuid:public_id>/", grants.grant, name="grant"),
    path("grants/<uuid:public_id>/approve/", grants.approve, name="approve"),
    path("grants/<uuid:public_id>/refuse/", grants.refuse, name="refuse"),
    path("grants/<uuid:public_id>/end/", grants.end, name="end"),
    path("grants/<uuid:public_id>/needed/", grants.still_needed, name="still_needed"),
    path("emergency/", emergencies.emergency, name="emergency"),
    path("emergency/<uuid:public_id>/end/", emergencies.end_emergency, name="end_emergency"),
    path("declared/", keeping_out.declared, name="declared"),
    path("exclusions/<uuid:public_id>/end/", keeping_out.end_exclusion, name="end_exclusion"),
    path("<slug:path>/<str:key>/let-in/", letting_in.let_in, name="let_in"),
    path("<slug:path>/<str:key>/exclude/", keeping_out.exclude, name="exclude"),
    path("<slug:path>/<str:key>/withdraw/", keeping_out.withdraw, name="withdraw"),
]
