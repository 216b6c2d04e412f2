"""
Entering contributions and the lines of the year-end position, by the finance editor.

Both are entered, changed, removed and brought back alike; an ``Entry`` says in what they differ.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.views.decorators.http import require_http_methods, require_POST

from finance import access, actions, queries
from finance.forms import ContributionForm, LineForm
from finance.models import BudgetLine, Contribution
from finance.views.acting import FORM, done, find, form_page, record_of, removing, restoring
from finance.views.comparing import compared
from mktogether.lib.templatetags.wording import pounds
from records.access import fresh_check, signed_in
from records.acting import posted


@dataclass(frozen=True)
class Entry:
    """A kind of record that is entered: its words, its forms and its acts."""

    noun: str
    enter: str  # the heading of the form that enters one
    model: type
    name: Callable  # record -> which one it is, after "Change the" and "Remove the"
    strand: Callable  # record -> what it is for or says, in words
    blank: Callable  # year, what was typed -> the form that enters one
    filled: Callable  # record, what was typed -> the form that changes it
    add: Callable
    change: Callable
    remove: Callable
    restore: Callable


def _of_contribution(found, data):
    values = {"strand": found.strand, "amount": found.read, "payer": found.payer, "note": found.note}
    return ContributionForm(data, initial=values | {"seen": found.newest_change})


def _of_line(found, data):
    values = {"name": found.name, "amount": found.read, "seen": found.newest_change}
    return LineForm(data, asks_kind=False, initial=values)


CONTRIBUTION = Entry(
    noun="contribution",
    enter="Enter a contribution",
    model=Contribution,
    name=lambda found: f"contribution of {found.agency.short_name}",
    strand=Contribution.get_strand_display,
    blank=lambda year, data: ContributionForm(data, partners=queries.partners(year)),
    filled=_of_contribution,
    add=actions.add_contribution,
    change=actions.change_contribution,
    remove=actions.remove_contribution,
    restore=actions.restore_contribution,
)
LINE = Entry(
    noun="line",
    enter="Enter a budget line",
    model=BudgetLine,
    name=lambda found: f"line “{found.name}”",
    strand=BudgetLine.get_kind_display,
    blank=lambda _year, data: LineForm(data, initial={"kind": BudgetLine.Kind.EXPENDITURE}),
    filled=_of_line,
    add=actions.add_line,
    change=actions.change_line,
    remove=actions.remove_line,
    restore=actions.restore_line,
)


# --- Contributions ----------------------------------------------------------------------------------------------------


@signed_in
@fresh_check
@require_http_methods(FORM)
def add_contribution(request, name):
    """Enter what a partner paid."""
    return _add(request, CONTRIBUTION, name)


@signed_in
@fresh_check
@require_http_methods(FORM)
def change_contribution(request, name, pk):
    """Change what a partner paid."""
    return _change(request, CONTRIBUTION, name, pk)


@signed_in
@fresh_check
@require_http_methods(FORM)
def remove_contribution(request, name, pk):
    """Remove a contribution, once that was confirmed."""
    return _remove(request, CONTRIBUTION, name, pk)


@signed_in
@fresh_check
@require_POST
def restore_contribution(request, name, pk):
    """Bring a removed contribution back."""
    return _restore(request, CONTRIBUTION, name, pk)


# --- Lines ------------------------------------------------------------------------------------------------------------


@signed_in
@fresh_check
@require_http_methods(FORM)
def add_line(request, name):
    """Enter a line of the year-end position."""
    return _add(request, LINE, name)


@signed_in
@fresh_check
@require_http_methods(FORM)
def change_line(request, name, pk):
    """Change name and amount of a line."""
    return _change(request, LINE, name, pk)


@signed_in
@fresh_check
@require_http_methods(FORM)
def remove_line(request, name, pk):
    """Remove a line, once that was confirmed."""
    return _remove(request, LINE, name, pk)


@signed_in
@fresh_check
@require_POST
def restore_line(request, name, pk):
    """Bring a removed line back."""
    return _restore(request, LINE, name, pk)


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


# --- Of both ----------------------------------------------------------------------------------------------------------


def _find(request, name):
    return find(request, name, access.may_enter)


def _add(request, entry, name):
    year = _find(request, name)
    form = entry.blank(year, posted(request))
    entered = done(
        request,
        lambda: entry.add(year, by=request.user, submission=request.POST, **form.cleaned_data),
        form=form,
        said=f"The {entry.noun} is entered.",
        leads_to=year.get_absolute_url(),
    )
    return entered or form_page(request, form, entry.enter, year=year)


def _change(request, entry, name, pk):
    """Change a record; what was typed for one that somebody else removed or changed meanwhile is kept, and compared."""
    year = _find(request, name)
    found = record_of(year, entry.model, pk, request.user, removed=None if request.method == "POST" else False)
    form, rows = entry.filled(found, posted(request)), ()
    try:
        changed = done(
            request,
            lambda: entry.change(found, by=request.user, **form.cleaned_data),
            form=form,
            said=f"The {entry.noun} is saved.",
            leads_to=year.get_absolute_url(),
        )
    except actions.Meanwhile as theirs:
        changed, rows = None, compared(form, theirs, entry.filled(theirs.record, None).initial)
    remove = {"href": f"{found.get_absolute_url()}remove/", "label": "Remove it instead"}
    heading, after = f"Change the {entry.name(found)}", None if found.is_removed else remove
    return changed or form_page(request, form, heading, year=year, after=after, apart=rows)


def _remove(request, entry, name, pk):
    year = _find(request, name)
    found = record_of(year, entry.model, pk, request.user)
    return removing(
        request,
        lambda: entry.remove(found, by=request.user),
        f"Remove the {entry.name(found)}?",
        f"{entry.strand(found)}, {pounds(found.read)}.",
        year=year,
    )


def _restore(request, entry, name, pk):
    year = _find(request, name)
    found = record_of(year, entry.model, pk, request.user, removed=True)
    return restoring(request, lambda: entry.restore(found, by=request.user), year=year)
