"""Entering contributions and the lines of the year-end position, by the finance editor."""

from django.views.decorators.http import require_http_methods, require_POST

from finance import access, actions, queries
from finance.forms import ContributionForm, LineForm
from finance.models import BudgetLine, Contribution
from finance.views.acting import FORM, done, find, form_page, posted, record_of, removing, restoring
from mktogether.lib.templatetags.wording import pounds
from records.access import fresh_check, signed_in


def _find(request, name):
    return find(request, name, access.may_enter)


# --- Contributions ----------------------------------------------------------------------------------------------------


@signed_in
@fresh_check
@require_http_methods(FORM)
def add_contribution(request, name):
    """Enter what a partner paid."""
    year = _find(request, name)
    form = ContributionForm(posted(request), partners=queries.partners(year))
    entered = done(
        request,
        lambda: actions.add_contribution(year, by=request.user, submission=request.POST, **form.cleaned_data),
        form=form,
        said="The contribution is entered.",
        leads_to=year.get_absolute_url(),
    )
    return entered or form_page(request, form, "Enter a contribution", year=year)


@signed_in
@fresh_check
@require_http_methods(FORM)
def change_contribution(request, name, pk):
    """Change what a partner paid."""
    year = _find(request, name)
    found = record_of(year, Contribution, pk, request.user)
    initial = {"strand": found.strand, "amount": found.read, "payer": found.payer, "note": found.note}
    form = ContributionForm(posted(request), initial=initial)
    changed = done(
        request,
        lambda: actions.change_contribution(found, by=request.user, **form.cleaned_data),
        form=form,
        said="The contribution is saved.",
        leads_to=year.get_absolute_url(),
    )
    heading = f"Change the contribution of {found.agency.short_name}"
    return changed or form_page(request, form, heading, year=year, after=_remove_link(found))


@signed_in
@fresh_check
@require_http_methods(FORM)
def remove_contribution(request, name, pk):
    """Remove a contribution, once that was confirmed."""
    year = _find(request, name)
    found = record_of(year, Contribution, pk, request.user)
    return removing(
        request,
        lambda: actions.remove_contribution(found, by=request.user),
        f"Remove the contribution of {found.agency.short_name}?",
        f"{found.get_strand_display()}, {pounds(found.read)}.",
        year=year,
    )


@signed_in
@fresh_check
@require_POST
def restore_contribution(request, name, pk):
    """Bring a removed contribution back."""
    year = _find(request, name)
    found = record_of(year, Contribution, pk, request.user, removed=True)
    return restoring(request, lambda: actions.restore_contribution(found, by=request.user), year=year)


# --- Lines ------------------------------------------------------------------------------------------------------------


@signed_in
@fresh_check
@require_http_methods(FORM)
def add_line(request, name):
    """Enter a line of the year-end position."""
    year = _find(request, name)
    form = LineForm(posted(request), initial={"kind": BudgetLine.Kind.EXPENDITURE})
    entered = done(
        request,
        lambda: actions.add_line(year, by=request.user, submission=request.POST, **form.cleaned_data),
        form=form,
        said="The line is entered.",
        leads_to=year.get_absolute_url(),
    )
    return entered or form_page(request, form, "Enter a budget line", year=year)


@signed_in
@fresh_check
@require_http_methods(FORM)
def change_line(request, name, pk):
    """Change name and amount of a line."""
    year = _find(request, name)
    found = record_of(year, BudgetLine, pk, request.user)
    form = LineForm(posted(request), asks_kind=False, initial={"name": found.name, "amount": found.read})
    changed = done(
        request,
        lambda: actions.change_line(found, by=request.user, **form.cleaned_data),
        form=form,
        said="The line is saved.",
        leads_to=year.get_absolute_url(),
    )
    heading = f"Change the line “{found.name}”"
    return changed or form_page(request, form, heading, year=year, after=_remove_link(found))


@signed_in
@fresh_check
@require_http_methods(FORM)
def remove_line(request, name, pk):
    """Remove a line, once that was confirmed."""
    year = _find(request, name)
    found = record_of(year, BudgetLine, pk, request.user)
    return removing(
        request,
        lambda: actions.remove_line(found, by=request.user),
        f"Remove the line “{found.name}”?",
        f"{found.get_kind_display()}, {pounds(found.read)}.",
        year=year,
    )


@signed_in
@fresh_check
@require_POST
def restore_line(request, name, pk):
    """Bring a removed line back."""
    year = _find(request, name)
    found = record_of(year, BudgetLine, pk, request.user, removed=True)
    return restoring(request, lambda: actions.restore_line(found, by=request.user), year=year)


@signed_in
@fresh_check
@require_POST
def move_line(request, name, pk):
    """Move a line of expenditure up or down, and come back to it."""
    year = _find(request, name)
    found = record_of(year, BudgetLine, pk, request.user)
    return done(
        request,
        lambda: actions.move_line(found, by=request.user, up=request.POST.get("to") == "up"),
        leads_to=f"{year.get_absolute_url()}#line-{found.pk}",
    )


def _remove_link(found):
    return {"href": f"{found.get_absolute_url()}remove/", "label": "Remove it instead"}
