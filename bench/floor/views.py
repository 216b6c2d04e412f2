"""The floor's pages, as Django's tutorial would have them: model instances, their relations, stock templates."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from bench.floor.forms import ActionForm, DecisionForm, NoteForm, TapForm
from meetings.models import Action, Attendance, Meeting
from partnerships.models import Body, Seat
from records.models import Event


@login_required
def empty(request, **address):
    """The pages that the measured ones link to."""
    return HttpResponse("ok")


@login_required
def meetings(request):
    """Fifty meetings: session, account, rows."""
    coming = Meeting.objects.filter(closed_at=None, cancelled_at=None).order_by("starts_at")
    rows = coming.filter(area=request.GET["area"]).select_related("body", "area", "presiding")[:50]
    return render(request, "floor/meetings.html", {"meetings": rows, "now": timezone.now()})


@login_required
def meeting(request, public_id):
    """One meeting: session, account, meeting, items, decisions, actions, seats, attendance."""
    found = _find(public_id)
    context = {"meeting": found, "items": _items(found), "seats": _seats(found), "today": timezone.localdate()}
    return render(request, "floor/meeting.html", context)


@login_required
def representation(request, slug):
    """A year of one board: session, account, body, meetings, seats with their members, attendance."""
    body = get_object_or_404(Body.objects.select_related("area"), slug=slug)
    sittings = list(body.meetings.filter(closed_at__isnull=False).order_by("starts_at"))
    context = {"body": body, "sittings": sittings, **_representation(body, sittings)}
    return render(request, "floor/representation.html", context)


def _representation(body, sittings):
    """Rows of places and of agencies with a cell for each meeting, and the totals."""
    entries = {(entry.seat_id, entry.meeting_id): entry for entry in Attendance.objects.filter(meeting__in=sittings)}
    seats = list(
        body.seats.select_related("agency").prefetch_related("appointments").order_by("agency__short_name", "order")
    )
    agencies = {}
    for seat in seats:
        seat.cells = [(meeting, entries.get((seat.pk, meeting.pk))) for meeting in sittings if seat.appointments.all()]
        seat.there = sum(entry.is_there for _meeting, entry in seat.cells if entry)
        seat.in_person = sum(entry.filled_by == "principal" for _meeting, entry in seat.cells if entry)
        agencies.setdefault(seat.agency, []).append(seat)
    for agency, places in agencies.items():
        agency.seats_here = places
        agency.cells = [
            (meeting, any(entry and entry.is_there for place in places for one, entry in place.cells if one == meeting))
            for meeting in sittings
        ]
        agency.there = sum(there for _meeting, there in agency.cells)
    totals = [
        sum(entry.is_there for seat in seats for one, entry in seat.cells if entry and one == meeting)
        for meeting in sittings
    ]
    return {
        "agencies": list(agencies),
        "seats": seats,
        "totals": totals,
        "there": sum(totals),
        "in_person": sum(seat.in_person for seat in seats),
        "chances": len(seats) * len(sittings),
    }


@login_required
def live(request, public_id):
    """The same meeting with the forms to record it."""
    found = _find(public_id)
    items, seats = list(_items(found)), _seats(found)
    item = next((item for item in items if item.done_at is None), items[-1])
    context = {
        "meeting": found,
        "items": items,
        "item": item,
        "seats": seats,
        "voters": [seat for seat in seats if seat.votes and seat.entry and seat.entry.is_there],
        "states": TapForm.STATES,
        "decision_form": DecisionForm(initial={"wording": item.recommendation}),
        "action_form": ActionForm(meeting=found),
        "note_form": NoteForm(instance=item),
    }
    return render(request, "floor/live.html", context)


@login_required
@require_POST
def tap(request, public_id, seat_id):
    """Record who fills one place; the answer is its row and the partners' counts, without any verdict."""
    found = _find(public_id)
    form = TapForm(request.POST)
    if not form.is_valid():
        return JsonResponse(form.errors, status=422)
    with transaction.atomic():
        _record(request, found, get_object_or_404(Seat, pk=seat_id, body=found.body), form.cleaned_data["state"])
    seats = _seats(found)
    context = {"meeting": found, "seats": seats, "states": TapForm.STATES}
    changed = next(seat for seat in seats if seat.pk == seat_id)
    row = render_to_string("floor/_place.html", {**context, "seat": changed}, request)
    heads = render_to_string("floor/_heads.html", context, request)
    return JsonResponse(
        {"place": row, "heads": heads, "strip": render_to_string("floor/_strip.html", context, request)}
    )


def _find(public_id):
    return get_object_or_404(Meeting.objects.select_related("body", "area", "presiding"), public_id=public_id)


def _items(found):
    return found.items.prefetch_related("decisions", Prefetch("actions", Action.objects.select_related("owner")))


def _seats(found):
    """The places with what is recorded of each."""
    entries = {entry.seat_id: entry for entry in found.attendance.select_related("person")}
    seats = list(Seat.objects.filter(body=found.body).select_related("agency").order_by("agency__name", "order"))
    for seat in seats:
        seat.entry = entries.get(seat.pk)
        seat.name = seat.entry.person.post if seat.entry and seat.entry.person else seat.title
    return seats


def _record(request, found, seat, state):
    there = state in {"present", "remote"}
    entry, _created = Attendance.objects.update_or_create(
        meeting=found,
        seat=seat,
        defaults={
            "filled_by": "principal" if there else "nobody",
            "person": seat.appointments.first().person if there else None,
            "how": {"present": "room", "remote": "remote"}.get(state, ""),
            "why_not": "" if there else state,
            "recorded_at": timezone.now(),
            "recorded_by": request.user,
        },
    )
    Event.objects.create(
        at=timezone.now(),
        area_id=found.area_id,
        actor_id=request.user.pk,
        verb="attendance.recorded",
        target="meetings.Attendance",
        target_id=entry.pk,
    )
    found.version += 1
    found.save()
