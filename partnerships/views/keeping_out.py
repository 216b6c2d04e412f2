"""Conflicts of interest: excluding somebody, declaring one's own, and letting somebody see again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.granting import actions, consequences, rows, rules, subjects
from partnerships.granting.actions.exclusions import DECLARED
from partnerships.granting.forms import BecauseForm, ExcludeForm, WithdrawForm
from partnerships.models import Exclusion
from partnerships.standing import standing_of
from partnerships.views.about_access import asked, confirmation, crumbs_of, done, form_page, rehearsed, thing_at
from records import submissions
from records.access import ask_afresh, signed_in
from records.acting import posted

JUST_DECLARED = "declared an interest"  # in the session of whoever did, until they are told that it is kept


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def exclude(request, path, key):
    """Whom to keep from a thing; then what would change; then they are excluded."""
    thing = thing_at(request, path, key)
    if not rules.may_exclude(request.user, thing):
        raise Http404
    act, me = asked(request), standing_of(request.user).person
    form = ExcludeForm(request.POST if act else None, thing=thing, by=me)
    crumbs, back = crumbs_of(thing, "Exclude somebody"), subjects.of(thing).address(thing)

    def exclude_them(submission=None):
        typed = form.cleaned_data
        return actions.exclude(thing, typed["person"], typed["reason"], by=request.user, submission=submission)

    if act == "continue" and form.is_valid() and rehearsed(form, exclude_them):
        sentences = consequences.of_exclusion(form.cleaned_data["person"], thing)
        return confirmation(
            request, "What would change", sentences, button="Exclude them", crumbs=crumbs, cancel_href=back, thing=thing
        )
    if act == "confirm" and form.is_valid():
        answer = done(request, form, lambda: exclude_them(request.POST), to=lambda _: back, said="They are excluded.")
        if answer is not None:
            return answer
    elif act == "back":
        form.errors.clear()
    heading, title = "Exclude somebody for a conflict of interest", subjects.of(thing).title(thing)
    return form_page(request, form, heading, crumbs, back, thing=thing, lead=title)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, path, key):
    """Declare an interest of one's own: the page says what follows, and one button does it."""
    kept = submissions.earlier(request.POST, by=request.user)
    if kept:
        request.session[JUST_DECLARED] = True
        return redirect(kept)  # sent twice: what it was about is not there for them any more
    thing = thing_at(request, path, key)
    if not rules.may_withdraw(request.user, thing):
        raise Http404
    form = WithdrawForm(posted(request), thing=thing)
    if form.is_bound and form.is_valid():
        me = standing_of(request.user).person
        reason = form.cleaned_data["reason"]
        answer = done(
            request,
            form,
            lambda: actions.exclude(thing, me, reason, by=request.user, submission=request.POST),
            to=lambda _: DECLARED,
            said="",  # the page that it leads to says it
        )
        if answer is not None:
            request.session[JUST_DECLARED] = True
            return answer
    return form_page(
        request,
        form,
        "Declare an interest and withdraw",
        crumbs_of(thing, "Declare an interest"),
        subjects.of(thing).address(thing),
        thing=thing,
        sentences=list(consequences.of_withdrawal(thing)),
        template="partnerships/access/withdraw.html",
    )


@signed_in
@require_safe
def declared(request):
    """
    Where somebody lands who declared an interest: it says once that this is kept, and nothing of what it was in.

    To whoever comes here otherwise it says how an interest is declared.
    """
    just_now = request.method == "GET" and request.session.pop(JUST_DECLARED, False)
    return render(request, "partnerships/access/declared.html", {"just_now": just_now})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end_exclusion(request, public_id):
    """Let somebody see again what they were kept from, with a reason."""
    visible = Exclusion.objects.visible_to(request.user)
    exclusion = get_object_or_404(visible.select_related("person__agency"), public_id=public_id)
    if subjects.about_what_asks_afresh(exclusion):
        ask_afresh(request)
    thing = subjects.found(request.user, exclusion.subject, exclusion.subject_id)
    if thing is None:
        raise Http404
    back = subjects.of(thing).address(thing)
    if not visible.in_force(timezone.now()).filter(pk=exclusion.pk).exists():
        messages.info(request, f"The exclusion of {rows.who(exclusion.person)} is over already.")
        return redirect(back)
    form = BecauseForm(posted(request), submit_label="End the exclusion")
    if form.is_bound and form.is_valid():
        because = form.cleaned_data["because"]
        answer = done(
            request,
            form,
            lambda: actions.end_exclusion(exclusion, because, by=request.user),
            to=lambda _: back,
            said="The exclusion is ended.",
        )
        if answer is not None:
            return answer
    heading = f"Let {rows.who(exclusion.person)} see it again?"
    lead = f"They will see {subjects.of(thing).title(thing)} as everybody in their place does, at once."
    return form_page(request, form, heading, crumbs_of(thing, "End an exclusion"), back, thing=thing, lead=lead)
