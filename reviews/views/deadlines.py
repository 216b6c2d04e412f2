"""The board of deadlines over all cases that somebody is on, and the days and deadlines of one."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from records.access import fresh_check, signed_in
from records.acting import posted
from reviews import access, actions, kinds, queries, time_reading
from reviews.forms import DateForm, EndHoldForm, HoldForm, RemoveDateForm, WhyMissedForm
from reviews.views.acting import CRUMB, FORM, crumb_of, find, form_page, once, opened, turned_away


@signed_in
@fresh_check
@require_safe
def board(request):
    """Every deadline of the cases that this person is on."""
    context = {**time_reading.board(request.user, request.GET), "crumbs": [CRUMB, {"label": "Deadlines"}]}
    return render(request, "reviews/deadlines.html", context)


@signed_in
@fresh_check
@require_safe
def of_case(request, public_id):
    """The days of a case, its deadlines with their arithmetic, and its holds."""
    case = find(request, public_id)
    opened(request, case)
    context = {
        **time_reading.of_case(case, request.user),
        "href": case.get_absolute_url(),
        "crumbs": [CRUMB, crumb_of(case), {"label": "Dates and deadlines"}],
    }
    return render(request, "reviews/time.html", context)


@signed_in
@fresh_check
@require_http_methods(FORM)
def date(request, public_id, number):
    """Enter or change the day of an event; they are numbered, since an address says nothing of a case."""
    case = find(request, public_id)
    if not (verdict := access.may_change(request.user, case)):
        return turned_away(request, case, verdict)
    event, words = event_of(case, number)
    meets = any(one.ends == event for one in kinds.of(case).deadlines)
    form = DateForm(posted(request), meets_deadline=meets, initial={"on": queries.dates_of(case).get(event)})
    entered = once(
        request, form, lambda: _enter(request, case, event, form), said="The date is saved.", leads_to=_time(case)
    )
    return entered or form_page(request, form, words, case=case, under=under(case))


def _enter(request, case, event, form):
    typed = form.cleaned_data
    return actions.enter_date(case, event, typed["on"], by=request.user, missed_because=typed.get("missed_because", ""))


@signed_in
@fresh_check
@require_http_methods(FORM)
def remove_date(request, public_id, number):
    """Take out the day of an event that was entered in error."""
    case = find(request, public_id)
    if not (verdict := access.may_change(request.user, case)):
        return turned_away(request, case, verdict)
    event, words = event_of(case, number)
    form = RemoveDateForm(posted(request))
    removed = once(
        request,
        form,
        lambda: actions.remove_date(case, event, by=request.user),
        said="The date is taken out.",
        leads_to=_time(case),
    )
    lead = f"{words}. What is counted from this date is counted no more."
    return removed or form_page(request, form, "Take the date out", case=case, lead=lead, under=under(case))


@signed_in
@fresh_check
@require_http_methods(FORM)
def why(request, public_id, number):
    """Say why a deadline was missed."""
    case = find(request, public_id)
    if not (verdict := access.may_change(request.user, case)):
        return turned_away(request, case, verdict)
    law = numbered(kinds.of(case).deadlines, number)
    form = WhyMissedForm(posted(request))
    said = once(
        request,
        form,
        lambda: actions.explain_missed(case, law.code, form.cleaned_data["because"], by=request.user),
        said="The reason is saved.",
        leads_to=_time(case),
    )
    return said or form_page(request, form, "Why was it missed?", case=case, lead=f"{law.what}.", under=under(case))


@signed_in
@fresh_check
@require_http_methods(FORM)
def hold(request, public_id):
    """Put a case on hold, with a reason."""
    case = find(request, public_id)
    if not (verdict := access.may_change(request.user, case)):
        return turned_away(request, case, verdict)
    form = HoldForm(posted(request))
    held = once(request, form, lambda: _hold(request, case, form), said="The case is on hold.", leads_to=_time(case))
    lead = "Deadlines that a trial or an inquest can stop do not run from that day on. The others go on."
    return held or form_page(request, form, "Put on hold", case=case, lead=lead, under=under(case))


def _hold(request, case, form):
    typed = form.cleaned_data
    return actions.put_on_hold(case, typed["first_day"], typed["because"], by=request.user)


@signed_in
@fresh_check
@require_http_methods(FORM)
def resume(request, public_id):
    """End the hold of a case."""
    case = find(request, public_id)
    if not (verdict := access.may_change(request.user, case)):
        return turned_away(request, case, verdict)
    form = EndHoldForm(posted(request))
    ended = once(
        request,
        form,
        lambda: actions.end_hold(case, form.cleaned_data["last_day"], by=request.user),
        said="The hold is over. The deadlines run again.",
        leads_to=_time(case),
    )
    return ended or form_page(request, form, "End the hold", case=case, under=under(case))


def event_of(case, number):
    """The key and the words of the event with this number; there is no such page for another."""
    return numbered(list(kinds.of(case).events.items()), number)


def numbered(found, number):
    """The one with this number, from 1 on; there is no such page for another."""
    if not 1 <= number <= len(found):
        raise Http404
    return found[number - 1]


def under(case):
    """The way back to the dates of a case."""
    return {"label": "Dates and deadlines", "href": _time(case)}


def _time(case):
    return f"{case.get_absolute_url()}deadlines/"
