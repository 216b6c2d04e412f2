"""The list of meetings, a meeting for its readers, and planning, moving and cancelling one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings import actions, queries, reading, reads, rows
from meetings.access import may_plan, may_plan_somewhere, may_rearrange
from meetings.filters import MeetingFilter
from meetings.forms import ArrangeForm, CancelForm, PlanForm, refuse
from meetings.models import Meeting
from mktogether.lib.filters import named
from mktogether.lib.paging import page_of
from mktogether.lib.templatetags.wording import clock, weekday
from mktogether.lib.verdict import Refusal
from partnerships.granting import emergencies
from partnerships.views.about_access import confirmation
from records import submissions
from records.access import signed_in
from records.acting import form_page, posted

CRUMB = {"label": "Meetings", "href": "/meetings/"}


@signed_in
@require_safe
def meetings(request):
    """Meetings that this person sees, narrowed by what stands in the address."""
    boards, year_choices = queries.choices_for_meetings(request.user)
    narrowed = MeetingFilter(
        request.GET,
        boards=boards,
        year_choices=year_choices,
        queryset=queries.meeting_rows(Meeting.objects.visible_to(request.user)),
    )
    chosen = narrowed.chosen()
    pages = page_of(narrowed.qs, request.GET.get("page"), chosen)
    filled = queries.filled_of([row.id for row in pages.rows if row.opened_at])
    now = timezone.now()
    context = {
        "rows": [rows.meeting(row, now, filled.get(row.id)) for row in pages.rows],
        "pages": pages,
        "states": narrowed.options("state"),
        "boards": narrowed.options("board"),
        "years": narrowed.options("year"),
        "left_out": narrowed.refused(),
        "chosen": chosen,
        "may_plan": may_plan_somewhere(request.user),
    }
    return render(request, "meetings/list.html", context)


@signed_in
@require_safe
def meeting(request, public_id):
    """A meeting for its readers."""
    found = _find(request, public_id)
    context = reading.page(found, request.user, timezone.now())
    emergencies.opened(request, found)
    confidential = any(item["confidential"] for item in context["agenda"])
    reads.note(request, found, "meeting.confidential_read", confidential=confidential)
    crumbs = [CRUMB, {"label": found.body.name, "href": found.body.get_absolute_url()}]
    return render(request, "meetings/meeting.html", {**context, "crumbs": crumbs})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request):
    """Put a new meeting into the calendar."""
    if not may_plan_somewhere(request.user):
        raise Http404
    bodies = queries.boards_to_plan_for(request.user)
    form = PlanForm(posted(request), bodies=bodies, initial=_asked_for(request, bodies))
    if form.is_bound and form.is_valid():
        planned = _once(
            request,
            form,
            lambda: actions.plan_meeting(form.meeting_to_plan(), by=request.user, submission=request.POST),
            said="The meeting is planned.",
        )
        if planned:
            return planned
    heading = "Plan a meeting"
    return form_page(request, form, heading, crumbs=[CRUMB, {"label": heading}], cancel_href="/meetings/")


def _asked_for(request, bodies):
    """The board or group that a link asked for, chosen beforehand."""
    body = bodies.filter(slug=named(request.GET, "board")).first()
    return {"body": body} if body else {}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, public_id):
    """Move a planned meeting, or say how and where it takes place. To move it away from its replies is confirmed."""
    found = _find_planned_by(request, public_id)
    if request.method != "POST" and not (verdict := may_rearrange(request.user, found)):
        return _refused(request, found, verdict)
    form = ArrangeForm(posted(request), meeting=found)
    goes_back = request.POST.get("act") == "back"
    if form.is_bound and form.is_valid() and not goes_back:
        if request.POST.get("act") != "confirm" and (lost := queries.replies_that_a_move_loses(found, form.starts_at)):
            return _confirm_move(request, found, form, lost)
        changed = _once(
            request,
            form,
            lambda: actions.change_meeting(found, by=request.user, submission=request.POST, **form.arrangement()),
            said="The change is saved.",
        )
        if changed:
            return changed
    return form_page(
        request,
        form,
        "Change time or place",
        crumbs=_crumbs_of(found, "Change"),
        cancel_href=found.get_absolute_url(),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, public_id):
    """Say that a meeting does not take place, and why."""
    found = _find_planned_by(request, public_id)
    if request.method != "POST" and not (verdict := may_rearrange(request.user, found)):
        return _refused(request, found, verdict)
    form = CancelForm(posted(request))
    if form.is_bound and form.is_valid():
        cancelled = _once(
            request,
            form,
            lambda: actions.cancel_meeting(
                found, form.cleaned_data["reason"], by=request.user, submission=request.POST
            ),
            said="The meeting is cancelled.",
        )
        if cancelled:
            return cancelled
    heading = f"Cancel {rows.heading(found)}?"
    lead = "It stays in the list, marked as cancelled, with your reason. This cannot be undone."
    crumbs = _crumbs_of(found, "Cancel")
    return form_page(request, form, heading, crumbs=crumbs, cancel_href=found.get_absolute_url(), lead=lead)


def _confirm_move(request, found, form, lost):
    """Say what moving the meeting would mean before it is done."""
    given = "1 reply was" if lost == 1 else f"{lost} replies were"
    sentences = (
        f"It moves from {_in_words(found.starts_at)} to {_in_words(form.starts_at)}.",
        f"{given} given for the earlier time. They count no more, and everybody is asked again.",
    )
    return confirmation(
        request,
        f"Move {rows.heading(found)}?",
        sentences,
        button="Move the meeting",
        crumbs=_crumbs_of(found, "Change"),
        cancel_href=found.get_absolute_url(),
    )


def _in_words(moment):
    local = timezone.localtime(moment)
    return f"{weekday(local)}, {clock(local)}"


def _find(request, public_id):
    found = reading.find(request.user, public_id)
    if found is None:
        raise Http404
    return found


def _find_planned_by(request, public_id):
    """The meeting, if this person plans for its group; what has become of it since, the act itself looks at."""
    found = _find(request, public_id)
    if not may_plan(request.user, found.body):
        raise Http404
    return found


def _refused(request, found, verdict):
    messages.info(request, verdict.reason)
    return redirect(found)


def _once(request, form, act, *, said):
    """Do ``act`` and lead to the meeting it returns; None where the form was refused and has to be shown again."""
    try:
        done = act()
    except submissions.AlreadySubmitted as first:
        messages.info(request, str(first))
        return redirect(first.location or "/meetings/")
    except (Refusal, ValidationError) as refusal:
        refuse(form, refusal)
        return None
    messages.success(request, said)
    return redirect(done)


def _crumbs_of(found, label):
    return [CRUMB, {"label": rows.heading(found), "href": found.get_absolute_url()}, {"label": label}]
