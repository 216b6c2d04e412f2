"""Proposing that somebody is let in to a thing, from the thing's page."""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from partnerships.granting import actions, consequences, rules, subjects
from partnerships.granting.forms import LetInForm
from partnerships.standing import standing_of
from partnerships.views.about_access import asked, confirmation, crumbs_of, done, form_page, rehearsed, thing_at
from records.access import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request, path, key):
    """The form; then what would change; then it is proposed."""
    thing = thing_at(request, path, key)
    subject = subjects.of(thing)
    if not subject.kinds_for(thing) or not rules.keeps(request.user, thing):
        raise Http404
    act = asked(request)
    form = LetInForm(request.POST if act else None, thing=thing, by=standing_of(request.user).person)
    crumbs = crumbs_of(thing, subject.invitation)
    if act in {"continue", "confirm"} and form.is_valid():
        answer = _confirmed(request, form, thing) if act == "confirm" else _asked_first(request, form, thing, crumbs)
        if answer is not None:
            return answer
    elif act == "back":
        form.errors.clear()
    return form_page(
        request, form, subject.invitation, crumbs, subject.address(thing), thing=thing, lead=subject.title(thing)
    )


def _propose(request, form, thing, submission=None):
    kind = form.cleaned_data["kind"]
    given = form.proposal() | {"by": request.user, "submission": submission}
    if form.is_new:
        return actions.propose_guest(kind, thing, **form.guest(), **given)
    return actions.propose_grant(kind, thing, form.cleaned_data["person"], **given)


def _asked_first(request, form, thing, crumbs):
    grant = rehearsed(form, lambda: _propose(request, form, thing))
    if grant is None:
        return None
    sentences = consequences.of_grant(grant, thing, new=form.is_new)
    return confirmation(
        request,
        "What would change",
        sentences,
        button="Propose it",
        crumbs=crumbs,
        cancel_href=subjects.of(thing).address(thing),
        thing=thing,
    )


def _confirmed(request, form, thing):
    return done(
        request,
        form,
        lambda: _propose(request, form, thing, request.POST),
        to=lambda grant: grant,
        said="It is proposed. Whoever approves it has been asked by mail.",
    )
