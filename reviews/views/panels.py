"""Naming the panel of a case, recording what it decides, and the record."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.standing import standing_of
from records.access import fresh_check, signed_in
from records.acting import posted
from reviews import access, actions, kinds, panel_reading, queries
from reviews.forms import CorrectionForm, DecisionForm, PanelForm
from reviews.models import PanelDecision
from reviews.views.acting import CRUMB, FORM, crumb_of, find, form_page, once, opened, turned_away

LEAD = (
    "Whoever is not on the case yet is proposed for it, and comes to it when the second person has approved. Until "
    "then they learn nothing of it."
)
NO_CHANGE = "Once it is recorded it is not changed any more. What was wrong can be corrected beside it."


@signed_in
@fresh_check
@require_http_methods(FORM)
def name(request, public_id):
    """Name who sits on the panel."""
    case = find(request, public_id)
    if not (verdict := access.may_change(request.user, case)):
        return turned_away(request, case, verdict)
    named = {f"seat_{key}": person.pk for key, person in queries.panel_of(case).items()}
    by = standing_of(request.user).person
    form = PanelForm(posted(request), case=case, seats=kinds.of(case).seats, by=by, initial=named)
    done = once(request, form, lambda: _name(request, case, form), said="The panel is named.")
    return done or form_page(request, form, "Name the panel", case=case, lead=LEAD)


def _name(request, case, form):
    second = form.cleaned_data["second"]
    return actions.name_panel(
        case, form.named(), by=request.user, second=second, until=form.ends_at(), submission=request.POST
    )


@signed_in
@fresh_check
@require_http_methods(FORM)
def decide(request, public_id):
    """Record what the panel decided."""
    case = find(request, public_id)
    if not (verdict := access.may_change(request.user, case)):
        return turned_away(request, case, verdict)
    form = DecisionForm(
        posted(request),
        kind=kinds.of(case),
        deciders=panel_reading.deciders(case),
        sittings=queries.sittings_for(request.user),
        initial={"decided_on": timezone.localdate()},
    )
    done = once(request, form, lambda: _decide(request, case, form), said="The decision is recorded.")
    return done or form_page(request, form, "Record the panel’s decision", case=case, lead=NO_CHANGE)


def _decide(request, case, form):
    typed = form.cleaned_data
    names = ("met", "reasons", "dissent", "deciders", "decided_on", "sitting")
    values = {name: typed[name] for name in names}
    return actions.record_decision(case, typed["outcome"], **values, by=request.user, submission=request.POST)


@signed_in
@fresh_check
@require_safe
def decision(request, public_id):
    """The record of a decision, with its corrections."""
    found = find_decision(request, public_id)
    opened(request, found.case)
    context = {
        **panel_reading.decision(found, request.user),
        "href": found.get_absolute_url(),
        "crumbs": [CRUMB, crumb_of(found.case), {"label": "Decision"}],
    }
    return render(request, "reviews/decision.html", context)


@signed_in
@fresh_check
@require_http_methods(FORM)
def correct(request, public_id):
    """Say what is wrong in the record of a decision."""
    found = find_decision(request, public_id)
    if not (verdict := access.may_change(request.user, found.case)):
        return turned_away(request, found.case, verdict)
    form = CorrectionForm(posted(request))
    done = once(
        request, form, lambda: _correct(request, found, form), said="The correction stands beside it.", leads_to=found
    )
    under = {"label": "Decision", "href": found.get_absolute_url()}
    return done or form_page(request, form, "Correct the record", case=found.case, under=under)


def _correct(request, decision, form):
    typed = form.cleaned_data
    return actions.correct_decision(decision, typed["what"], typed["because"], by=request.user)


def find_decision(request, public_id):
    """The decision with this address, for those who are on its case; for everybody else there is no such page."""
    decisions = PanelDecision.objects.visible_to(request.user).select_related("case", "recorded_by__person")
    return get_object_or_404(decisions, public_id=public_id)
