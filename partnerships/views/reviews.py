"""Reviews of access: begun for a quarter, gone through line by line, closed, and taken away as evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktogether.lib import sheets
from mktogether.lib.paging import page_of
from mktogether.lib.verdict import Refusal
from partnerships.explaining import holdings
from partnerships.leaving import changes, following
from partnerships.models import AccessReview, AccessReviewLine
from partnerships.reviewing import actions, reading, rules
from partnerships.reviewing.forms import BeginForm, EndLineForm
from partnerships.standing import standing_of
from partnerships.story.reading import story
from partnerships.views.people import ACCESS
from records import history
from records.access import signed_in
from records.acting import posted

REVIEWS = {"label": "Access reviews", "href": "/access/reviews/"}
KEPT = "{}, {}: still right. You can take it back until the review is closed."
TAKEN_BACK = "{}, {}: this is open again."
ENDED = "{}, {}: this has ended."
ENDED_SINCE = "{}, {}: this had ended already. There is nothing to end."
FORMS = {"xlsx": sheets.XLSX, "csv": sheets.CSV}


@signed_in
@require_safe
def reviews(request):
    """The reviews that this person begins, reads or goes through, with how far each is."""
    if not rules.may_review_any(request.user):
        raise Http404
    pages = page_of(AccessReview.objects.visible_to(request.user), request.GET.get("page"), {})
    now = timezone.now()
    shown = AccessReview.objects.visible_to(request.user).filter(pk__in=[review.pk for review in pages.rows])
    context = {
        "rows": reading.rows(shown, now),
        "pages": pages,
        "may_begin": rules.may_begin(request.user),
        "quarters": reading.quarters_of(pages.rows),
        "crumbs": [ACCESS, {"label": "Access reviews"}],
    }
    return render(request, "partnerships/reviews/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request):
    """Begin the review of a quarter for every organisation in one act."""
    if not rules.may_begin(request.user):
        raise Http404
    form = BeginForm(posted(request), quarters=reading.choices(timezone.localdate()))
    if form.is_valid():
        area = standing_of(request.user).person.area
        begun = actions.begin_reviews(area, form.cleaned_data["quarter"], by=request.user)
        messages.success(request, reading.begun_in_words(begun, form.cleaned_data["quarter"]))
        return redirect(REVIEWS["href"])
    context = {
        "form": form,
        "heading": "Begin a review of access",
        "lead": "Each organisation with people who hold something gets a review, and so do the people without an "
        "organisation. One that was begun for the quarter already stays as it is.",
        "crumbs": [ACCESS, REVIEWS, {"label": "Begin"}],
        "cancel_href": REVIEWS["href"],
    }
    return render(request, "form_page.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def review(request, public_id):
    """One review, line by line; for whoever goes through it, with the buttons."""
    found = _find(request, public_id)
    context = {
        **reading.page(found, request.user, timezone.now()),
        "may_answer": rules.may_answer(request.user, found),
        "story": story(request.user, found),
        "crumbs": [ACCESS, REVIEWS, {"label": str(found)}],
    }
    return render(request, "partnerships/reviews/review.html", context)


@signed_in
@require_POST
def close(request, public_id):
    """Close a review in which no line is open."""
    found = _find(request, public_id)
    try:
        actions.close_review(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "The review is closed. Its answers stay as they are.")
    return redirect(found)


@signed_in
@require_POST
def keep(request, public_id):
    """Say that what somebody holds is still right, or take that back, and come back to its line."""
    line = _find_line(request, public_id)
    act, said = (actions.take_back, TAKEN_BACK) if request.POST.get("act") == "back" else (actions.keep, KEPT)
    try:
        act(line, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said.format(line.person.post, line.what))
    return redirect(f"{line.review.get_absolute_url()}#line-{line.public_id}")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, public_id):
    """End what somebody holds because it is not right any more, after it was said what that changes."""
    line = _find_line(request, public_id)
    verdict = rules.may_answer(request.user, line.review)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    form = EndLineForm(posted(request))
    if form.is_valid() and _ended(request, line, form):
        return redirect(f"{line.review.get_absolute_url()}#line-{line.public_id}")
    now = timezone.now()
    found = {(held.kind, held.pk): held for held in holdings.load([line.person_id])}.get((line.kind, line.row))
    if found is None or found.is_over(now):
        messages.info(request, ENDED_SINCE.format(line.person.post, line.what))
        return redirect(f"{line.review.get_absolute_url()}#line-{line.public_id}")
    would = changes.if_it_ended(line.person, found, now)
    back = line.review.get_absolute_url()
    context = {
        "form": form,
        "line": line,
        "heading": f"End: {line.what}",
        "changes": would,
        "panels": following.told(request.user, would),
        "crumbs": [ACCESS, REVIEWS, {"label": str(line.review), "href": back}, {"label": "End"}],
        "cancel_href": back,
    }
    return render(request, "partnerships/reviews/end.html", context, status=422 if form.errors else 200)


def _ended(request, line, form):
    try:
        actions.end(line, form.cleaned_data["reason"], by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return False
    messages.success(request, ENDED.format(line.person.post, line.what))
    return True


@signed_in
@require_safe
def evidence(request, public_id, form):
    """One review as a file for a spreadsheet."""
    found = _find(request, public_id)
    mine = AccessReview.objects.visible_to(request.user).filter(pk=found.pk)
    return _file(request, mine, form, f"access-review-{reading.quarter_of(found).key}-{_slug(found)}")


@signed_in
@require_safe
def evidence_of_quarter(request, year, quarter, form):
    """All reviews of a quarter as one file, for those who begin reviews."""
    if not rules.may_begin(request.user):
        raise Http404
    found = AccessReview.objects.visible_to(request.user).filter(year=year, quarter=quarter)
    if not found.exists():
        raise Http404
    return _file(request, found, form, f"access-reviews-{year}-{quarter}")


def _file(request, found, form, name):
    if form not in FORMS:
        raise Http404
    sheet = sheets.Sheet("Access review", reading.HEAD, reading.evidence(found, timezone.now()))
    content = sheets.as_xlsx(sheet) if form == "xlsx" else sheets.as_csv(sheet)
    if request.method == "GET":
        with transaction.atomic():
            for exported in found:
                history.record("access_review.exported", exported, by=request.user)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=FORMS[form], headers=headers)


def _slug(found):
    return found.agency.slug if found.agency_id else "no-organisation"


def _find(request, public_id):
    return get_object_or_404(
        AccessReview.objects.visible_to(request.user).select_related("agency", "closed_by__person"), public_id=public_id
    )


def _find_line(request, public_id):
    lines = AccessReviewLine.objects.visible_to(request.user)
    lines = lines.select_related("review__agency", "person__agency", "person__user")
    return get_object_or_404(lines, public_id=public_id)
