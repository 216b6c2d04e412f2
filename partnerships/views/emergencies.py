"""Emergency access: asking for it, and ending it while it is open. Confirming it is approving a grant."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mktogether.lib.verdict import Refusal
from partnerships.granting import actions, consequences, rows, rules, subjects
from partnerships.granting.forms import EmergencyForm
from partnerships.models import Grant
from partnerships.standing import standing_of
from partnerships.views.about_access import asked, confirmation, crumbs_from, done, form_page, rehearsed
from records.access import signed_in

HERE = "/access/emergency/"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request):
    """What is open and what waits, and the form to ask; then what would change; then it is asked for."""
    if not rules.may_ask_for_emergency(request.user):
        raise Http404
    act = asked(request)
    initial = {"thing": request.GET.get("for", "")}
    me = standing_of(request.user).person
    form = EmergencyForm(request.POST if act else None, user=request.user, by=me, initial=initial)
    if act in {"continue", "confirm"} and form.is_valid():
        answer = _confirmed(request, form) if act == "confirm" else _asked_first(request, form)
        if answer is not None:
            return answer
    elif act == "back":
        form.errors.clear()
    return form_page(
        request,
        form,
        "Emergency access",
        _crumbs(request),
        "/",
        rows=_own(request.user),
        told=consequences.TOLD_OF_EMERGENCY,
        template="partnerships/access/emergency.html",
    )


def _crumbs(request):
    return crumbs_from(request.user, {"label": "Emergency access"})


def _own(user):
    """The emergency access of ``user`` that is open or waits."""
    now = timezone.now()
    mine = Grant.objects.visible_to(user).filter(kind=Grant.Kind.EMERGENCY, person=standing_of(user).person)
    return rows.grants(mine.not_over(now).select_related("person__agency"), user, now)


def _ask(request, form, submission=None):
    typed = form.cleaned_data
    given = {
        "by": request.user,
        "second": typed["second"],
        "reason": typed["reason"],
        "submission": submission,
    }
    if not typed["thing"]:
        return actions.ask_by_reference(typed["reference"].strip(), **given)
    return actions.ask_for_emergency(_thing(request, typed), **given)


def _thing(request, typed):
    """What was chosen from the list; None where a reference was typed, of which nobody is told what it names."""
    path, _slash, key = typed["thing"].partition("/")
    return subjects.at(request.user, path, key) if key else None


def _asked_first(request, form):
    rehearsed(form, lambda: _ask(request, form))
    if form.errors:
        return None
    typed = form.cleaned_data
    thing = _thing(request, typed)
    title = subjects.of(thing).title(thing) if thing else ""
    return confirmation(
        request,
        "What would happen",
        consequences.of_emergency(title, typed["second"]),
        button="Ask for it",
        crumbs=_crumbs(request),
        cancel_href=HERE,
    )


def _confirmed(request, form):
    said = consequences.of_asking(form.cleaned_data["second"], by_reference=not form.cleaned_data["thing"])
    return done(request, form, lambda: _ask(request, form, request.POST), to=lambda _: HERE, said=said)


@signed_in
@require_POST
def end_emergency(request, public_id):
    """End one's own emergency access now."""
    own = Grant.objects.visible_to(request.user).filter(
        kind=Grant.Kind.EMERGENCY, person=standing_of(request.user).person
    )
    found = get_object_or_404(own, public_id=public_id)
    try:
        actions.close_emergency(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "The emergency access is ended.")
    return redirect(found)
