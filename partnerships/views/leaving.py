"""Ending what somebody holds: the form, then what would change, then one button that does it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partnerships.explaining import holdings, words
from partnerships.leaving import actions, changes, following
from partnerships.leaving.forms import EndForm, LeaveForm
from partnerships.leaving.rules import may_end
from partnerships.models import Person
from partnerships.views.about_access import rehearsed
from partnerships.views.people import ACCESS, PEOPLE, find
from records import acting, submissions
from records.access import signed_in
from records.acting import posted


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, public_id):
    """End everything that somebody holds in one act, after it was said what that changes."""
    person = _find(request, public_id)
    successors = Person.objects.visible_to(request.user).exclude(pk=person.pk).select_related("agency")
    form = LeaveForm(posted(request), successors=successors)
    valid = form.is_valid()
    if valid and _confirmed(request):
        done = _once(request, form, person, lambda: _left(request, person, form))
        if done:
            return done
    elif valid and _continues(request):
        rehearsed(form, lambda: actions.leave(person, by=request.user, **form.typed()))
    successor = form.cleaned_data.get("successor") if valid else None
    at = form.moment if valid else timezone.now()
    found = changes.if_they_left(person, at, user=request.user, successor=successor)
    heading = f"{person.post} leaves"
    return _page(request, form, person, found, heading, "End everything that they hold")


def _left(request, person, form):
    typed = form.typed()
    would = changes.if_they_left(person, form.moment, user=request.user, successor=typed["successor"])
    said = actions.leave(person, by=request.user, submission=request.POST, **typed)
    ended = "held has ended" if would.is_now else f"holds ends {would.when}"
    return " ".join(filter(None, [f"Everything that {person.post} {ended}.", *said, would.lost]))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, public_id, kind, pk):
    """End one thing that somebody holds, after it was said what that changes."""
    person = _find(request, public_id)
    now = timezone.now()
    theirs = {(held.kind, held.pk): held for held in holdings.load([person.pk])}
    holding = theirs.get((kind, pk))
    if holding is None:
        raise Http404
    if holding.is_over(now) and not submissions.earlier(request.POST, by=request.user):
        messages.info(request, f"{words.capitalised(words.what(holding))}: this is over already.")
        return redirect(person)
    form = EndForm(posted(request))
    valid = form.is_valid()
    if valid and _confirmed(request):
        done = _once(request, form, person, lambda: _ended(request, person, holding, form))
        if done:
            return done
    elif valid and _continues(request):
        rehearsed(form, lambda: _end_it(request, person, holding, form))
    found = changes.if_it_ended(person, holding, form.moment if valid else now)
    heading = f"End: {words.what(holding)}"
    return _page(request, form, person, found, heading, "End it")


def _ended(request, person, holding, form):
    would = changes.if_it_ended(person, holding, form.moment)
    _end_it(request, person, holding, form, request.POST)
    ended = "has ended" if would.is_now else f"ends {would.when}"
    return f"{words.capitalised(words.what(holding))}: this {ended}. {would.lost}".rstrip()


def _end_it(request, person, holding, form, submission=None):
    actions.end_one(person, holding.kind, holding.pk, by=request.user, submission=submission, **form.typed())


def _find(request, public_id):
    person = find(request, public_id)
    verdict = may_end(request.user, person)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    return person


def _confirmed(request):
    return request.POST.get("act") == "confirm"


def _continues(request):
    """Whether the page that asks comes next: what would be refused is refused before anybody confirms it."""
    return request.POST.get("act") != "back"


def _once(request, form, person, act):
    """Do ``act`` and lead on; None where it was refused and the form has to be shown again."""

    def onwards(_said):
        return person if Person.objects.visible_to(request.user).filter(pk=person.pk).exists() else "/"

    return acting.done(request, act, form=form, said=lambda said: said, leads_to=onwards, home=person)


def _page(request, form, person, found, heading, button):
    """
    The form, with what would change; where the form is right, what was typed and the button that does it.

    Whoever goes back from there finds the form as they left it.
    """
    asks = form.is_bound and form.is_valid() and request.POST.get("act") != "back"
    context = {
        "form": form,
        "heading": heading,
        "person": person,
        "changes": found,
        "panels": following.told(request.user, found),
        "asks": asks,
        "button": button,
        "told": form.told() if asks else [],
        "typed": [entry for entry in request.POST.items() if entry[0] not in _NOT_TYPED],
        "cancel_href": person.get_absolute_url(),
        "submission_token": submissions.token_of(request),
        "crumbs": [ACCESS, PEOPLE, {"label": person.post, "href": person.get_absolute_url()}, {"label": "End"}],
    }
    status = 422 if form.errors else 200
    return render(request, "partnerships/people/end.html", context, status=status)


_NOT_TYPED = {"csrfmiddlewaretoken", "act", submissions.FIELD}
