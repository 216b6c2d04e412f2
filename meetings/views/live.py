"""The live page: attendance, decisions, actions and notes, each saved at once."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from meetings import actions, reads, record
from meetings.access import may_change
from meetings.live.forms import ActionForm, DecisionForm, NoteForm
from meetings.live.page import LivePage, agenda_for, decisions_for, items_for
from meetings.models import AgendaItem, Decision, Meeting
from mktogether.lib.verdict import Refusal
from records import submissions
from records.access import signed_in


def find(request, public_id):
    """The meeting, if this person may see it and may record it; otherwise there is no such page."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("body", "area", "presiding"), public_id=public_id
    )
    verdict = may_change(request.user, meeting)
    if not verdict and (meeting.is_closed or meeting.is_cancelled):
        raise Refusal(verdict.reason)
    if not verdict:
        raise Http404
    return meeting


def address(meeting, item=None, anchor=""):
    """The live page of ``meeting`` at an item of its agenda."""
    at_item = f"?item={item.public_id}" if item else ""
    return f"{meeting.get_absolute_url()}live/{at_item}{anchor}"


@signed_in
@require_safe
def live(request, public_id):
    """The live page."""
    try:
        meeting = find(request, public_id)
    except Refusal as over:
        messages.info(request, over.sentence)
        return redirect("meetings:meeting", public_id=public_id)
    return show(request, meeting)


def show(request, meeting, *, errors=None, status=200, **bound):
    """The live page with its forms; ``bound`` holds those that were refused, with what was typed."""
    page = LivePage(meeting, now=timezone.now(), errors=errors)
    items = agenda_for(meeting, request.user)
    _note_read(request, meeting, [item.confidential for item in items])
    made, waiting = decisions_for(meeting, request.user)
    agenda = [row | {"href": f"?item={item.public_id}#item"} for row, item in _with_rows(meeting, items, made)]
    item = _current(request, items)
    came_of_it = next((row for row in agenda if item and row["id"] == item.pk), None)
    withdrawn = page.withdrawn(item)
    recused = {one.person_id for one in withdrawn}
    verdict = page.verdict_on(item, recused)
    context = {
        "meeting": meeting,
        "page": page,
        "agenda": agenda,
        "item": item,
        "came_of_it": came_of_it,
        "next_item": next((row for row in agenda if item and row["number"] > item.number), None),
        "decision_form": bound.get("decision_form") or _decision_form(request, meeting, item, came_of_it, waiting),
        "action_form": bound.get("action_form") or ActionForm(meeting=meeting),
        "note_form": bound.get("note_form") or NoteForm.of(item),
        "votes_stated": bool(item) and page.votes_stated(item.decision_kind),
        "decided_here": [decision for decision in made if item and decision.item_id == item.pk],
        "submission": submissions.new_token(),
        "refused_form": next((form for form in bound.values() if form is not None), None),
        "can_agree": str(verdict.status) != "not quorate",
        "item_verdict": verdict.sentence,
        "withdrawn": [one.words for one in withdrawn],
        "voters": page.voters(recused),
    }
    return render(request, "meetings/live/live.html", context, status=status)


def _note_read(request, meeting, confidential):
    """Write that items were shown, if one of them is; ``confidential`` says of each whether it is."""
    reads.note(request, meeting, "meeting.confidential_read", confidential=any(confidential))


def _with_rows(meeting, items, made):
    return zip(record.items_of(meeting, items, made), items, strict=True)


def _decision_form(request, meeting, item, came_of_it, waiting):
    """Begins with the recommendation of the cover sheet, until something is decided."""
    fresh = item is not None and not (came_of_it and came_of_it["decisions"])
    wording = item.recommendation if fresh else ""
    return DecisionForm(meeting=meeting, user=request.user, waiting=waiting, initial={"wording": wording})


def _current(request, items):
    """The item in hand: the one asked for, else the first that is not done, else the last."""
    asked = request.GET.get("item", request.POST.get("item", ""))
    for item in items:
        if asked in {str(item.public_id), str(item.number)}:
            return item
    waiting = [item for item in items if item.done_at is None]
    return (waiting or items[-1:] or [None])[0]


def wants_json(request):
    return "application/json" in request.headers.get("Accept", "")


@signed_in
@require_POST
def attendance(request, public_id, seat_id):
    """One tap: record the state of one place; the answer brings the verdict with it."""
    try:
        meeting = find(request, public_id)
        actions.record_attendance(
            meeting,
            seat_id,
            request.POST.get("state", ""),
            by=request.user,
            person_id=_number(request.POST.get("person")),
        )
    except Refusal as refusal:
        return _refused_tap(request, public_id, seat_id, refusal)
    meeting.refresh_from_db(fields=["version", "quorum_status", "quorum_since", "roll_checked_at"])
    if not wants_json(request):
        return redirect(address(meeting, anchor=f"#place-{seat_id}"))
    return JsonResponse(_fragments(request, meeting, [seat_id]))


def _refused_tap(request, public_id, seat_id, refusal):
    if wants_json(request):
        return JsonResponse({"error": refusal.sentence}, status=422)
    if refusal.field == "person":
        messages.info(request, refusal.sentence)
        return redirect("meetings:place", public_id=public_id, seat_id=seat_id)
    try:
        meeting = find(request, public_id)
    except Refusal as over:
        messages.info(request, over.sentence)
        return redirect("meetings:meeting", public_id=public_id)
    page = LivePage(meeting, now=timezone.now())
    if all(place.seat_id != seat_id for place in page.places):
        messages.error(request, refusal.sentence)
        return redirect(address(meeting))
    return show(request, meeting, errors={seat_id: refusal.sentence}, status=422)


def _fragments(request, meeting, seat_ids=None):
    """The parts of the page that an entry changed: the strip, the rows, and the partners' headings above them."""
    page = LivePage(meeting, now=timezone.now())
    groups = page.groups
    fragments = {
        "quorum": render_to_string("meetings/live/_strip.html", {"strip": page.strip, "meeting": meeting}, request),
        "roll": render_to_string("meetings/live/_roll.html", {"page": page, "meeting": meeting}, request),
    }
    for group in groups:
        fragments[group.key] = render_to_string("meetings/live/_group_head.html", {"group": group})
        for row in group.rows:
            if seat_ids is None or row.seat_id in seat_ids:
                context = {"row": row, "meeting": meeting}
                fragments[f"place-{row.seat_id}"] = render_to_string("meetings/live/_place.html", context, request)
    return {
        "version": meeting.version,
        "status": page.strip.status,
        "spoken": f"{page.strip.headline} {page.strip.cure}",
        "saved": f"{timezone.localtime():%H:%M:%S}",
        "fragments": fragments,
    }


@signed_in
@require_safe
def changes(request, public_id):
    """What a second recorder entered since ``?since=VERSION``; 204 when nothing."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("body", "area", "presiding"), public_id=public_id
    )
    if not may_change(request.user, meeting):
        if meeting.is_closed or meeting.is_cancelled:
            return JsonResponse({"over": True})
        raise Http404
    if str(meeting.version) == request.GET.get("since"):
        return HttpResponse(status=204)
    return JsonResponse(_fragments(request, meeting))


@signed_in
@require_POST
def open_meeting(request, public_id):
    return _act(request, public_id, lambda meeting: actions.open_meeting(meeting, by=request.user))


@signed_in
@require_POST
def check_roll(request, public_id):
    return _act(request, public_id, lambda meeting: actions.check_roll(meeting, by=request.user), "#attendance")


def _act(request, public_id, act, anchor=""):
    try:
        meeting = find(request, public_id)
        act(meeting)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("meetings:meeting", public_id=public_id)
    return redirect(address(meeting, anchor=anchor))


@signed_in
def close(request, public_id):
    """Ask once, saying what is still open, then close. Closing is never refused."""
    try:
        meeting = find(request, public_id)
        if request.method == "POST":
            actions.close_meeting(meeting, by=request.user)
            messages.success(request, "The meeting is closed. Its minutes are being made.")
            return redirect("meetings:minutes", public_id=public_id)
    except Refusal as refusal:
        messages.info(request, refusal.sentence)
        return redirect("meetings:minutes", public_id=public_id)
    page = LivePage(meeting, now=timezone.now())
    waiting = [place for place in page.places if not place.filled_by and place.holder_id]
    items = items_for(meeting, request.user)
    _note_read(request, meeting, [row["confidential"] for row in items])
    undone = [row for row in items if not row["decisions"] and not row["note"]]
    context = {"meeting": meeting, "page": page, "waiting": waiting, "undone": undone}
    return render(request, "meetings/live/close.html", context)


@signed_in
@require_POST
def decide(request, public_id, item_id):
    """Put a decision on an item, as the button says: agreed, by votes, a recommendation, or noted."""
    return _business(request, public_id, item_id, _put_decision)


def _put_decision(request, meeting, item):
    form = DecisionForm(request.POST, meeting=meeting, user=request.user)
    if not form.is_valid():
        return form, "decision_form"
    how = request.POST.get("how", "agreed")
    votes = {_number(name[5:]): value for name, value in request.POST.items() if name.startswith("vote-") and value}
    try:
        actions.put_decision(
            meeting,
            item,
            form.cleaned_data["wording"],
            by=request.user,
            how=how,
            votes=votes if how == "votes" else None,
            ratifies=form.cleaned_data.get("ratifies"),
            submission=request.POST,
        )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else "wording", refusal.sentence)
        return form, "decision_form"
    return None, "#item"


@signed_in
@require_POST
def add_action(request, public_id, item_id):
    """Add an action to an item."""
    return _business(request, public_id, item_id, _add_action)


def _add_action(request, meeting, item):
    form = ActionForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return form, "action_form"
    try:
        actions.add_action(meeting, item, by=request.user, submission=request.POST, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.sentence)
        return form, "action_form"
    return None, "#id_what"


@signed_in
@require_POST
def note(request, public_id, item_id):
    """Keep an item's note for the minutes, and go on to the next item if asked to."""
    return _business(request, public_id, item_id, _save_note)


def _save_note(request, meeting, item):
    form = NoteForm(request.POST.copy())
    if not form.is_valid():
        return form, "note_form"
    try:
        actions.save_note(meeting, item, by=request.user, done="next" in request.POST, **form.cleaned_data)
    except Refusal as refusal:
        if refusal.field is None:
            raise
        form.add_error(refusal.field, refusal.sentence)
        item.refresh_from_db(fields=["note"])
        form.data["seen"] = item.note_digest  # they have seen it now, in the sentence
        return form, "note_form"
    return None, "#item"


def _business(request, public_id, item_id, act):
    """Find the item, do the act, and come back to it; what was refused is shown with what was typed."""
    try:
        meeting = find(request, public_id)
        item = get_object_or_404(AgendaItem.objects.visible_to(request.user), meeting=meeting, public_id=item_id)
        form, outcome = act(request, meeting, item)
    except submissions.AlreadySubmitted as again:
        messages.info(request, str(again))
        return redirect("meetings:live", public_id=public_id)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("meetings:meeting", public_id=public_id)
    if form is not None:
        return show(request, meeting, status=422, **{outcome: form})
    if "next" in request.POST:
        seen = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting)
        following = seen.filter(number__gt=item.number).first()
        return redirect(address(meeting, following or item, "#item"))
    return redirect(address(meeting, item, outcome))


@signed_in
def remove_decision(request, public_id, pk):
    """Take back a decision recorded by mistake: asked once, then done. History keeps it."""
    try:
        meeting = find(request, public_id)
        visible = Decision.objects.visible_to(request.user).select_related("item")
        decision = get_object_or_404(visible, meeting=meeting, pk=pk)
        if request.method == "POST":
            item = decision.item
            actions.remove_decision(decision, by=request.user)
            messages.success(request, "The decision was taken back.")
            return redirect(address(meeting, item, "#item"))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("meetings:meeting", public_id=public_id)
    _note_read(request, meeting, [decision.item.confidential])
    return render(request, "meetings/live/remove_decision.html", {"meeting": meeting, "decision": decision})


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None


@signed_in
@require_safe
def rule(request, public_id):
    """The rule that judges this meeting, in plain English, with what we assume and what can be read two ways."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("body", "area", "presiding"), public_id=public_id
    )
    page = LivePage(meeting, now=timezone.now())
    return render(request, "meetings/live/rule.html", {"meeting": meeting, "page": page})
