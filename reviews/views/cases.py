"""The list of one's own cases, registering one, its page, and what is done with the case itself."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.paging import page_of
from records.access import fresh_check, signed_in
from records.acting import posted
from reviews import access, actions, queries, reading, rows
from reviews.filters import CaseFilter
from reviews.forms import CloseForm, LineForm, RegisterForm, ReopenForm
from reviews.models import Case
from reviews.views.acting import CRUMB, FORM, find, form_page, once, opened, turned_away


@signed_in
@fresh_check
@require_safe
def cases(request):
    """The cases that this person is on."""
    narrowed = CaseFilter(request.GET, queryset=queries.case_rows(Case.objects.visible_to(request.user)))
    chosen = narrowed.chosen()
    pages = page_of(narrowed.qs, request.GET.get("page"), chosen)
    parts = queries.my_parts(request.user, [row.id for row in pages.rows], timezone.now())
    context = {
        "rows": [rows.case(row, parts.get(row.id, ())) for row in pages.rows],
        "pages": pages,
        "states": narrowed.options("state"),
        "kinds": narrowed.options("kind"),
        "left_out": narrowed.refused(),
        "may_register": access.may_register(request.user),
        "may_audit": access.may_audit(request.user),
        "may_refer": access.may_refer(request.user),
    }
    return render(request, "reviews/list.html", context)


@signed_in
@fresh_check
@require_http_methods(FORM)
def register(request):
    """Enter a new case into the register."""
    if not access.may_register(request.user):
        raise Http404
    form = RegisterForm(posted(request), team=queries.rest_of_team(request.user, timezone.now()))
    registered = once(
        request,
        form,
        lambda: actions.register_case(**form.facts(), by=request.user, submission=request.POST),
        said="The case is registered.",
    )
    return registered or form_page(request, form, "Register a case", lead=LEAD)


LEAD = (
    "Nobody learns of the case but you, your second, and those who are let in afterwards with the approval of another "
    "person."
)


@signed_in
@fresh_check
@require_safe
def case(request, public_id):
    """A case, for those who are on it."""
    found = find(request, public_id)
    opened(request, found)
    context = reading.page(found, request.user, timezone.now())
    return render(request, "reviews/case.html", {**context, "crumbs": [CRUMB, {"label": found.reference}]})


@signed_in
@fresh_check
@require_http_methods(FORM)
def change(request, public_id):
    """Change the line that says what a case is about."""
    found = find(request, public_id)
    if not (verdict := access.may_change(request.user, found)):
        return turned_away(request, found, verdict)
    form = LineForm(posted(request), initial={"about": found.about})
    changed = once(
        request,
        form,
        lambda: actions.change_line(found, form.cleaned_data["about"], by=request.user),
        said="The line is saved.",
    )
    return changed or form_page(request, form, "Change the line", case=found)


@signed_in
@fresh_check
@require_http_methods(FORM)
def close(request, public_id):
    """Close a case, with a reason."""
    found = find(request, public_id)
    if not (verdict := access.may_change(request.user, found)):
        return turned_away(request, found, verdict)
    form = CloseForm(posted(request))
    closed = once(
        request,
        form,
        lambda: actions.close_case(found, form.cleaned_data["because"], by=request.user),
        said="The case is closed.",
    )
    lead = "Nothing is lost: those who are on it can read it until their day, and you can reopen it."
    return closed or form_page(request, form, "Close the case", case=found, lead=lead)


@signed_in
@fresh_check
@require_http_methods(FORM)
def reopen(request, public_id):
    """Open a closed case again."""
    found = find(request, public_id)
    if not (verdict := access.may_reopen(request.user, found)):
        return turned_away(request, found, verdict)
    form = ReopenForm(posted(request))
    reopened = once(request, form, lambda: actions.reopen_case(found, by=request.user), said="The case is open again.")
    lead = f"It was closed on {rows.moment(found.closed_at)}: {found.closed_because}"
    return reopened or form_page(request, form, "Reopen the case", case=found, lead=lead)
