"""Switching somebody's account on again: what follows, why, and one button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partnerships.explaining import pages
from partnerships.granting.forms import BecauseForm
from partnerships.leaving import returning
from partnerships.views.about_access import done, form_page
from partnerships.views.people import ACCESS, PEOPLE, find
from records.access import signed_in
from records.acting import posted

HEADING = "Switch their account on again"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def switch_on(request, public_id):
    """The reason, with what follows; then the account is on."""
    person = find(request, public_id)
    verdict = returning.may_switch_on(request.user, person)
    if not verdict:
        return _turned_away(request, person, verdict)
    form = BecauseForm(posted(request), submit_label="Switch it on")
    if form.is_bound and form.is_valid():
        answer = done(
            request,
            form,
            lambda: returning.switch_on(person, form.cleaned_data["because"], by=request.user, submission=request.POST),
            to=lambda switched: switched,
            said="Their account is switched on. They are sent the mail with which they choose a password.",
        )
        if answer is not None:
            return answer
    href = person.get_absolute_url()
    crumbs = [ACCESS, PEOPLE, {"label": person.post, "href": href}, {"label": "Switch on"}]
    held = len(pages.person(person, request.user, timezone.now())["current"])
    opens = (
        "It opens what they hold, as their page shows it." if held else "It opens nothing until they hold something."
    )
    lead = f"{person.post} can sign in again, once they have chosen a new password by a mail. {opens}"
    return form_page(request, form, HEADING, crumbs, href, lead=lead)


def _turned_away(request, person, verdict):
    if person.user is not None and person.user.is_active:
        messages.info(request, verdict.reason)
        return redirect(person)
    raise PermissionDenied(verdict.reason)
