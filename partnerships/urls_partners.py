from django.urls import path

from partnerships.views import partners

app_name = "partners"
told_as = "partners"
urlpatterns = [
    path("", partners.partners, name="list"),
    path("<slug:slug>/", partners.partner, name="partner"),
]
