"""Who the people in a case are: on a page of its own, whose every look is written down."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.encryption import Unreadable
from records.access import fresh_check, signed_in
from records.acting import posted
from reviews import access, actions, detail_rows, queries
from reviews.forms import PersonForm, RemovePersonForm
from reviews.models import CasePerson
from reviews.views.acting import CRUMB, FORM, crumb_of, find, form_page, once, opened, turned_away

HEADING = "Who they are"
LOCKED = "What is kept here cannot be read: its key is not here. Tell whoever runs the portal."


@signed_in
@fresh_check
@require_safe
def people(request, public_id):
    """Who the people in a case are, for those who are on it."""
    case = find(request, public_id)
    if not (verdict := access.may_read_people(request.user, case)):
        return turned_away(request, case, verdict)
    opened(request, case, actions.note_details_read)
    try:
        rows = [detail_rows.person(person) for person in queries.people_in(case)]
    except Unreadable:
        messages.error(request, LOCKED)
        rows = []
    context = {
        "rows": rows,
        "href": case.get_absolute_url(),
        "may_change": access.may_change(request.user, case),
        "crumbs": [CRUMB, crumb_of(case), {"label": HEADING}],
    }
    return render(request, "reviews/people.html", context)


@signed_in
@fresh_check
@require_http_methods(FORM)
def enter(request, public_id):
    """Enter somebody in a case."""
    case = find(request, public_id)
    if not (verdict := access.may_change(request.user, case)):
        return turned_away(request, case, verdict)
    form = PersonForm(posted(request))
    entered = once(
        request,
        form,
        lambda: actions.enter_person(case, form.cleaned_data, by=request.user),
        said="They are entered.",
        leads_to=_people(case),
    )
    return entered or form_page(request, form, "Enter somebody", case=case, lead=LEAD, under=under(case))


LEAD = "It is encrypted where it is kept. Those who are on the case read it on this page alone, and each look is shown."


@signed_in
@fresh_check
@require_http_methods(FORM)
def change(request, public_id):
    """Change what is kept of somebody in a case."""
    person = find_person(request, public_id)
    if not (verdict := access.may_change(request.user, person.case)):
        return turned_away(request, person.case, verdict)
    form = PersonForm(posted(request), initial=detail_rows.as_typed(person))
    changed = once(
        request,
        form,
        lambda: actions.change_person(person, form.cleaned_data, by=request.user),
        said="It is saved.",
        leads_to=_people(person.case),
    )
    return changed or form_page(
        request,
        form,
        "Change what is kept",
        case=person.case,
        lead=LEAD,
        under=under(person.case),
        note=actions.note_details_read,
    )


@signed_in
@fresh_check
@require_http_methods(FORM)
def remove(request, public_id):
    """Take somebody out who was entered in error."""
    person = find_person(request, public_id)
    if not (verdict := access.may_change(request.user, person.case)):
        return turned_away(request, person.case, verdict)
    form = RemovePersonForm(posted(request))
    removed = once(
        request,
        form,
        lambda: actions.remove_person(person, by=request.user),
        said="They are taken out.",
        leads_to=_people(person.case),
    )
    lead = f"{person.get_part_display()}. Nothing of what was entered is kept."
    return removed or form_page(
        request, form, "Take somebody out", case=person.case, lead=lead, under=under(person.case)
    )


def find_person(request, public_id):
    """Somebody in a case, for those who are on it; for everybody else there is no such page."""
    return get_object_or_404(CasePerson.objects.visible_to(request.user).select_related("case"), public_id=public_id)


def under(case):
    """The way back to the people in a case."""
    return {"label": HEADING, "href": _people(case)}


def _people(case):
    return f"{case.get_absolute_url()}people/"
