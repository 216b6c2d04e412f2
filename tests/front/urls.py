"""Addresses for the tests of the frame: the names that it links to, and pages that show its parts."""

from django.shortcuts import render
from django.urls import path

from records.access import public
from tests.front.sample_forms import EveryField

LINKED = (
    "home", "accessibility", "privacy", "cookies", "worried",
    "account_login", "account_logout", "account_reset_password", "account_change_password",
)  # fmt: skip


@public
def styleguide(request):
    """Every part of the portal's pages, with realistic content."""
    return render(request, "styleguide.html", {"sample_notice": "Sample: terms of October 2024 applied from 1 April"})


@public
def form(request):
    """The form with every kind of field."""
    shown = EveryField(request.POST or None, request.FILES or None)
    return render(request, "form_page.html", {"form": shown, "heading": "Reply to the invitation"})


@public
def forbidden(request):
    """The refusal page with a sentence of its own."""
    return render(request, "403.html", {"reason": "Only the chair can close this meeting."}, status=403)


@public
def linked(request):
    """A page that the frame links to."""
    return render(request, "404.html")


urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    path("form/", form, name="form"),
    path("forbidden/", forbidden, name="forbidden"),
    *[path(f"{name}/", linked, name=name) for name in LINKED],
]
