"""Who is let in by exception: the list, one grant with its story, and what those whom it concerns may do."""

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktogether.lib.paging import page_of
from mktogether.lib.verdict import Refusal
from partnerships.access import may_see_people
from partnerships.granting import actions, consequences, emergencies, rows, rules, story, subjects
from partnerships.granting.filters import GrantFilter
from partnerships.granting.forms import BecauseForm
from partnerships.models import Grant
from partnerships.views.about_access import WHO_IS_LET_IN, crumbs_from, done, form_page
from partnerships.views.people import ACCESS
from records.access import confirmed_lately, signed_in
from records.acting import posted

RELATED = ("person__agency", "proposed_by__agency", "second__agency", "approved_by__agency", "area")


@signed_in
@require_safe
def grants(request):
    """The grants that whoever asks may see, narrowed by what stands in the address."""
    visible = Grant.objects.visible_to(request.user).select_related("person__agency")
    narrowed = GrantFilter(request.GET, user=request.user, queryset=visible)
    chosen = narrowed.chosen()
    pages = page_of(narrowed.qs, request.GET.get("page"), chosen)
    context = {
        "rows": rows.grants(pages.rows, request.user, timezone.now()),
        "pages": pages,
        "whose": narrowed.options("whose"),
        "kinds": narrowed.options("kind"),
        "states": narrowed.options("state"),
        "left_out": narrowed.refused(),
        "may_ask_for_emergency": bool(rules.may_ask_for_emergency(request.user)),
        "crumbs": [ACCESS, {"label": WHO_IS_LET_IN["label"]}] if may_see_people(request.user) else [],
    }
    return render(request, "partnerships/access/grants.html", context)


def _find(request, public_id):
    """The grant, for whom it is there; with a fresh check first, where what it is about asks for one."""
    visible = Grant.objects.visible_to(request.user).select_related(*RELATED)
    found = get_object_or_404(visible, public_id=public_id)
    if subjects.about_what_asks_afresh(found) and not confirmed_lately(request):
        raise ReauthenticationRequired
    return found


@signed_in
@require_safe
def grant(request, public_id):
    """One grant: what it is, its story, and the acts that are open to whoever asks."""
    found, now = _find(request, public_id), timezone.now()
    names = subjects.named(request.user, [found])
    row = rows.grant(found, names, now)
    tells_why = bool(rules.may_be_told_why(request.user, found, sees_it=bool(names)))
    emergencies.opened(request, found)
    context = {
        "grant": found,
        "row": row,
        "heading": f"{row['kind']}: {row['who']}",
        "proposed_by": rows.who(found.proposed_by),
        "second": rows.who(found.second) if found.second else "",
        "why": found.reason if tells_why else "",
        "story": story.of(found, with_reasons=tells_why),
        "may": _may(request.user, found, now),
        "would": list(consequences.of_approval(found, row["title"])),
        "crumbs": crumbs_from(request.user, {"label": str(found)}),
    }
    return render(request, "partnerships/access/grant.html", context)


def _may(user, found, now):
    thing = subjects.found(user, found.subject, found.subject_id)
    return {
        "decide": bool(rules.may_decide(user, found, now)),
        "end": bool(rules.may_end(user, found, thing, now)),
        "review": bool(rules.may_review(user, found, thing, now)),
    }


@signed_in
@require_POST
def approve(request, public_id):
    """Say yes, as the second person; the page of the grant has said what would change."""
    return _act(request, public_id, actions.approve_grant, "It is approved. Those whom it concerns are told by mail.")


@signed_in
@require_POST
def still_needed(request, public_id):
    """Say that it is still needed, after 90 days."""
    return _act(request, public_id, actions.review_grant, "It goes on, and is looked at again in 90 days.")


def _act(request, public_id, act, said):
    found = _find(request, public_id)
    try:
        act(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect(found)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request, public_id):
    """Say no, as the second person, and why."""
    found = _find(request, public_id)
    verdict = rules.may_decide(request.user, found, timezone.now())
    return _because(request, found, verdict, actions.refuse_grant, "Refuse it", "It is refused.")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, public_id):
    """End it before its day, or take a proposal back, and say why."""
    found = _find(request, public_id)
    thing = subjects.found(request.user, found.subject, found.subject_id)
    verdict = rules.may_end(request.user, found, thing, timezone.now())
    return _because(request, found, verdict, actions.end_grant, "End it", "It is ended.")


def _because(request, found, verdict, act, label, said):
    """The form that asks for the reason; whoever may not do it is led back with the sentence."""
    if not verdict:
        messages.info(request, verdict.reason)
        return redirect(found)
    form = BecauseForm(posted(request), submit_label=label)
    if form.is_bound and form.is_valid():
        because = form.cleaned_data["because"]
        answer = done(request, form, lambda: act(found, because, by=request.user), to=lambda _: found, said=said)
        if answer is not None:
            return answer
    here = {"label": str(found), "href": found.get_absolute_url()}
    crumbs = crumbs_from(request.user, here, {"label": label})
    title, _address = subjects.title_of(found, subjects.named(request.user, [found]))
    would = consequences.of_ending(found, title, timezone.now())
    lead = f"{would} Those whom it concerns are told by mail, without the reason."
    return form_page(request, form, f"{label}?", crumbs, found.get_absolute_url(), lead=lead)
