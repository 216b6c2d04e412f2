"""The portal's addresses and one more, whose view was forgotten when access was declared."""

from django.http import HttpResponse
from django.urls import path

from mktogether import urls

handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


def forgotten(request):
    return HttpResponse("canary")


urlpatterns = [*urls.urlpatterns, path("forgotten/", forgotten)]
