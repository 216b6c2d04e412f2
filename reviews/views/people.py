"""Who keeps a case, and who read it. Letting somebody in and keeping somebody out is done where all of that is done."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.paging import newest_of
from partnerships.story import sight, telling
from records.access import fresh_check, signed_in
from records.acting import posted
from reviews import access, actions, queries
from reviews.forms import SecondForm
from reviews.views.acting import CRUMB, FORM, find, form_page, once, opened, turned_away


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
