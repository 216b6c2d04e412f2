"""Naming members and deputies, handing over the chair, remaking political places: a form, what changes, one button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mktogether.lib.verdict import Refusal
from partnerships import queries
from partnerships.access import may_change_places
from partnerships.granting.rehearsing import rehearse
from partnerships.membership import actions, changes, rules
from partnerships.membership.forms import ChairForm, DeputyForm, GroupsForm, MemberForm
from partnerships.structure import places
from records import submissions
from records.access import signed_in
from records.acting import posted

METHODS = require_http_methods(["GET", "HEAD", "POST"])
NOT_TYPED = {"csrfmiddlewaretoken", "act", submissions.FIELD}


@signed_in
@METHODS
def name_member(request, slug, pk):
    """Who is the member for a place, from a day on."""
    body, seat = _place(request, slug, pk)
    form = MemberForm(posted(request), seat=seat)
    holder = seat.appointments.in_force(timezone.now()).select_related("person").first()
    lead = f"{holder.person.post} holds it now." if holder else "The place is vacant."
    return _answer(
        request,
        form,
        body,
        heading=f"Name a member: {seat.title}, {body}",
        lead=lead,
        button="Name them",
        act=lambda **more: actions.appoint(seat, by=request.user, **form.typed(), **more),
        tell=lambda made: changes.of_appointment(made, request.user),
        done=lambda made: f"{made.person.post} is named as the member for {seat.title}.",
        leads_to=form.leads_to,
    )


@signed_in
@METHODS
def name_deputy(request, slug, pk):
    """Who may stand in for the member of a place."""
    body, seat = _place(request, slug, pk)
    form = DeputyForm(posted(request), seat=seat)
    return _answer(
        request,
        form,
        body,
        heading=f"Name a deputy: {seat.title}, {body}",
        lead="",
        button="Name them",
        act=lambda **more: actions.name_deputy(seat, by=request.user, **form.typed(), **more),
        tell=lambda made: changes.of_deputy(made, request.user),
        done=lambda made: f"{made.person.post} is named as a deputy for {seat.title}.",
        leads_to=form.leads_to,
    )


@signed_in
@METHODS
def hand_over(request, slug):
    """Who takes over the chair of a board or group."""
    body = to_change(request, slug)
    form = ChairForm(posted(request), body=body)
    chairs = queries.chairs_of(body, timezone.now())
    lead = "; ".join(f"{part}: {post}" for part, post in sorted(chairs.items())) or "Nobody is recorded in the chair."
    return _answer(
        request,
        form,
        body,
        heading=f"Hand over the chair of {body}",
        lead=changes.capitalised(lead),
        button="Hand it over",
        act=lambda **more: actions.hand_over(body, by=request.user, **form.typed(), **more),
        tell=lambda made: changes.of_handover(made, request.user),
        done=lambda made: f"{made.person.post} is {made.get_part_display().lower()} of {body}.",
    )


@signed_in
@METHODS
def remake_political(request, slug):
    """Which political groups have how many places on a board, after an election."""
    body = to_change(request, slug)
    now = timezone.now()
    present = actions.counted(body.seats.in_force(now).exclude(political_group="").order_by("order", "pk"))
    if not present:
        raise Http404
    form = GroupsForm(posted(request), present=present)
    return _answer(
        request,
        form,
        body,
        heading=f"Places of {body} that follow political groups",
        lead="All of them change in one act. A group that stays keeps its members.",
        button="Remake the places",
        act=lambda **more: actions.remake_political_places(body, by=request.user, **form.typed(), **more),
        tell=lambda made: changes.of_remaking(
            body, made, rules.first_moment(form.cleaned_data["starts_on"], _moment_of(made, now)), request.user
        ),
        done=lambda made: f"The places of {body} that follow political groups are remade.",
    )


def _moment_of(made, now):
    """The moment at which places were remade today: it stands on those that ended or began."""
    _kept, ended, begun = made
    return next((seat.ends_at for seat in ended), next((seat.starts_at for seat in begun), now))


def to_change(request, slug):
    """The board or group whose places are to be changed, for whoever may; not there for who does not see it."""
    body = queries.board_of(request.user, slug)
    if body is None:
        raise Http404
    verdict = may_change_places(request.user, body)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    return body


def _place(request, slug, pk):
    body = to_change(request, slug)
    seat = places.find(body, pk)
    if seat is None or seat.in_attendance:
        raise Http404
    return body, seat


def _answer(request, form, body, *, heading, lead, button, act, tell, done, leads_to=None):
    """The form; then what ``act`` would change, as ``tell`` says of what a rehearsal made; then it is done."""
    asked = request.POST.get("act", "")
    effect = None
    if form.is_bound and asked != "back" and form.is_valid():
        try:
            if asked == "confirm":
                made = act(submission=request.POST)
                messages.success(request, done(made))
                return redirect(leads_to(made) if leads_to else body)
            effect = rehearse(lambda: tell(act()))
        except submissions.AlreadySubmitted as first:
            messages.info(request, str(first))
            return redirect(first.location or body)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {
        "form": form,
        "body": body,
        "heading": heading,
        "lead": lead,
        "button": button,
        "effect": effect,
        "typed": [(name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values],
        "cancel_href": body.get_absolute_url(),
        "submission_token": submissions.token_of(request),
        "crumbs": [
            {"label": "Boards and groups", "href": "/boards/"},
            {"label": body.name, "href": body.get_absolute_url()},
            {"label": heading.partition(":")[0]},
        ],
    }
    template = "partnerships/membership/confirm.html" if effect else "partnerships/membership/form.html"
    return render(request, template, context, status=422 if form.errors and asked != "back" else 200)
