"""Who is kept from a case, who keeps it, and who read it. Letting somebody in has its pages with all other grants."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.paging import newest_of
from partnerships.granting import actions as granting
from partnerships.granting import rules
from partnerships.story import sight, telling
from records.access import fresh_check, signed_in
from reviews import access, actions, queries, rows
from reviews.forms import EndExclusionForm, ExcludeForm, InterestForm, SecondForm
from reviews.views.acting import CRUMB, find, form_page, once, opened, posted, turned_away

FORM = ["GET", "HEAD", "POST"]
KEEPS_FROM = "From then on the case is not there for {}: not in lists, not by its address, and not by its reference."


@signed_in
@fresh_check
@require_http_methods(FORM)
def exclude(request, public_id):
    """Keep somebody from a case for a conflict of interest."""
    case = find(request, public_id)
    if not (verdict := rules.may_exclude(request.user, case)):
        return turned_away(request, case, verdict)
    form = ExcludeForm(posted(request), people=queries.others_in_area(request.user))
    excluded = once(
        request,
        form,
        lambda: granting.exclude(case, form.cleaned_data["person"], form.cleaned_data["reason"], by=request.user),
        said="They are excluded.",
        leads_to=case,
    )
    return excluded or form_page(request, form, "Exclude somebody", case=case, lead=KEEPS_FROM.format("them"))


@signed_in
@fresh_check
@require_http_methods(FORM)
def declare_interest(request, public_id):
    """Leave a case for an interest of one's own."""
    case = find(request, public_id)
    form = InterestForm(posted(request))
    me = access.person_of(request.user)
    declared = once(
        request,
        form,
        lambda: granting.exclude(case, me, form.cleaned_data["reason"], by=request.user),
        said="Your interest is recorded, and you are not on the case any more.",
        leads_to="/cases/",
    )
    return declared or form_page(request, form, "Declare an interest", case=case, lead=KEEPS_FROM.format("you"))


@signed_in
@fresh_check
@require_http_methods(FORM)
def end_exclusion(request, public_id, pk):
    """Let somebody be put on a case again from which they were kept."""
    case = find(request, public_id)
    exclusion = queries.exclusion_from(request.user, case, pk)
    if exclusion is None:
        raise Http404
    form = EndExclusionForm(posted(request))
    ended = once(
        request,
        form,
        lambda: granting.end_exclusion(exclusion, form.cleaned_data["because"], by=request.user),
        said="The exclusion has ended.",
        leads_to=case,
    )
    lead = f"{rows.named(exclusion.person)} is kept from this case: {exclusion.reason}"
    return ended or form_page(request, form, "End the exclusion", case=case, lead=lead)


@signed_in
@fresh_check
@require_http_methods(FORM)
def keep(request, public_id):
    """Take over a case that nobody keeps any more."""
    case = find(request, public_id)
    if not (verdict := access.may_take_over(request.user, case)):
        return turned_away(request, case, verdict)
    form = SecondForm(posted(request), team=queries.rest_of_team(request.user, timezone.now()))
    kept = once(
        request,
        form,
        lambda: actions.take_over(case, by=request.user, second=form.cleaned_data["second"], submission=request.POST),
        said="You keep this case now.",
    )
    lead = "Nobody keeps this case any more: its leads have left the team, or their time is over."
    return kept or form_page(request, form, "Keep this case", case=case, lead=lead)


@signed_in
@fresh_check
@require_safe
def reads(request, public_id):
    """Every time that somebody was shown a case, for those who keep it."""
    return _of_history(request, public_id, "Who read it, and when", queries.reads_of)


@signed_in
@fresh_check
@require_safe
def history(request, public_id):
    """Everything that was done with a case and with who is on it, for those who keep it."""
    return _of_history(request, public_id, "What was done", lambda case: sight.of_thing(request.user, case))


def _of_history(request, public_id, heading, events_of):
    case = find(request, public_id)
    if not (verdict := access.may_manage(request.user, case)):
        return turned_away(request, case, verdict)
    opened(request, case)
    pages = newest_of(events_of(case), request.GET.get("before"), {})
    context = {
        "heading": heading,
        "rows": telling.told(request.user, pages.rows, here=case),
        "pages": pages,
        "crumbs": [CRUMB, {"label": case.reference, "href": case.get_absolute_url()}, {"label": heading}],
    }
    return render(request, "reviews/history.html", context)
