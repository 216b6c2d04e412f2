"""One place of a meeting, with all that is more than one tap: deputies, substitutes, notice, coming and going."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from meetings import actions
from meetings.live.forms import PlaceForm, TimeForm
from meetings.live.page import LivePage
from meetings.roster import local_day
from meetings.views.live import address, find
from mktogether.lib.forms import moment_of
from mktogether.lib.verdict import Refusal
from records.access import signed_in


@signed_in
def place(request, public_id, seat_id):
    """Show or record who fills one place, as fully as the terms may ask."""
    try:
        meeting = find(request, public_id)
    except Refusal as over:
        messages.info(request, over.sentence)
        return redirect("meetings:meeting", public_id=public_id)
    held = _place(meeting, seat_id)
    form = PlaceForm(request.POST or None, meeting=meeting, place=held, initial=_initial(held))
    if request.method == "POST" and form.is_valid():
        try:
            _record(meeting, seat_id, form.cleaned_data, request.user)
            return redirect(address(meeting, anchor=f"#place-{seat_id}"))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "state", refusal.sentence)
    return _show(request, meeting, held, form=form, status=422 if form.errors else 200)


@signed_in
@require_POST
def came_or_left(request, public_id, seat_id):
    """Record when somebody joined or left."""
    try:
        meeting = find(request, public_id)
        held = _place(meeting, seat_id)
        form = TimeForm(request.POST, prefix="time")
        if not form.is_valid():
            return _show(request, meeting, held, time_form=form, status=422)
        record = actions.record_joining if request.POST.get("what") == "joined" else actions.record_leaving
        try:
            record(meeting, seat_id, at=moment_of(local_day(meeting), form.cleaned_data["at"]), by=request.user)
        except Refusal as refusal:
            form.add_error("at", refusal.sentence)
            return _show(request, meeting, held, time_form=form, status=422)
    except Refusal as over:
        messages.info(request, over.sentence)
        return redirect("meetings:meeting", public_id=public_id)
    return redirect(address(meeting, anchor=f"#place-{seat_id}"))


def _place(meeting, seat_id):
    page = LivePage(meeting, now=timezone.now())
    for held in page.places:
        if held.seat_id == seat_id:
            return held
    raise Http404


def _record(meeting, seat_id, cleaned, by):
    person = cleaned["person"]
    notice = moment_of(cleaned["notice_on"], cleaned["notice_clock"]) if cleaned["notice_on"] else None
    actions.record_attendance(
        meeting,
        seat_id,
        cleaned["state"],
        by=by,
        person_id=person.pk if person else None,
        how=cleaned["how"],
        reason=cleaned["reason"],
        notice_at=notice,
    )


def _initial(held):
    state = "substitute" if held.filled_by == "substitute" else held.state
    notice = timezone.localtime(held.notice_at) if held.notice_at else None
    return {
        "state": state,
        "person": held.person_id,
        "how": held.how,
        "reason": held.reason,
        "notice_on": notice.date() if notice else None,
        "notice_clock": notice.time() if notice else None,
    }


def _show(request, meeting, held, *, form=None, time_form=None, status=200):
    context = {
        "meeting": meeting,
        "place": held,
        "form": form or PlaceForm(meeting=meeting, place=held, initial=_initial(held)),
        "time_form": time_form or TimeForm(prefix="time"),
    }
    return render(request, "meetings/live/place.html", context, status=status)
