"""The portal's addresses, and some that go wrong."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import path

from mktogether import urls
from records.access import public

handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


@public
def explodes(request):
    secret = "canary-in-a-variable"
    raise RuntimeError(f"canary-in-a-message {secret}")


@public
def forbids(request):
    raise PermissionDenied("Only the chair can do that.")


@public
def suspects(request):
    raise SuspiciousOperation("canary-in-a-message")


urlpatterns = [
    *urls.urlpatterns,
    path("explodes/", explodes),
    path("forbids/", forbids),
    path("suspects/", suspects),
]
