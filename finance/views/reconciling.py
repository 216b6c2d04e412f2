"""Entering what was printed, and explaining why records differ, by the finance editor and the team."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from finance import access, actions, queries, words
from finance.forms import ChooseFigureForm, ExplainForm, PrintedForm
from finance.models import Figure, PublishedFigure
from finance.views.acting import FORM, done, find, form_page, record_of, removing, restoring
from mktogether.lib.templatetags.wording import pounds
from records.access import fresh_check, signed_in
from records.acting import posted


def _find(request, name, key=None):
    """The year, for those who reconcile it; and, where a figure is named, that it is one that can be printed."""
    if key is not None and (key not in Figure.values or key == Figure.POSITION):
        raise Http404
    return find(request, name, access.may_reconcile)


def _printed(request, year, key):
    found = PublishedFigure.objects.visible_to(request.user).kept().select_related("year")
    return found.filter(year=year, figure=key).first()


def _href(year, key):
    return f"{year.get_absolute_url()}figures/{key}/"


@signed_in
@fresh_check
@require_http_methods(FORM)
def choose_printed(request, name):
    """Choose which figure was printed."""
    year = _find(request, name)
    form = ChooseFigureForm(posted(request))
    if form.is_bound and form.is_valid():
        return redirect(f"{_href(year, form.cleaned_data['figure'])}printed/")
    return form_page(request, form, "Enter what was printed", year=year)


@signed_in
@fresh_check
@require_http_methods(FORM)
def enter_printed(request, name, key):
    """Enter or change what a document printed for a figure."""
    year = _find(request, name, key)
    there = _printed(request, year, key)
    initial = {"amount": there.read, "source": there.source, "place": there.place} if there else None
    form = PrintedForm(posted(request), initial=initial)
    entered = done(
        request,
        lambda: actions.enter_published_figure(year, key, by=request.user, **form.cleaned_data),
        form=form,
        said="What was printed is saved.",
        leads_to=_href(year, key),
    )
    after = {"href": f"{_href(year, key)}printed/remove/", "label": "Remove it instead"} if there else None
    heading = f"Printed: {Figure(key).label.lower()}"
    return entered or form_page(request, form, heading, year=year, back=_href(year, key), after=after)


@signed_in
@fresh_check
@require_http_methods(FORM)
def remove_printed(request, name, key):
    """Take back that a figure was printed, once that was confirmed."""
    year = _find(request, name, key)
    there = _printed(request, year, key)
    if there is None:
        raise Http404
    return removing(
        request,
        lambda: actions.remove_published_figure(there, by=request.user),
        "Remove what was printed?",
        f"{there.get_figure_display()}, {pounds(there.read)}, in {there.source}.",
        year=year,
        back=_href(year, key),
    )


@signed_in
@fresh_check
@require_POST
def restore_printed(request, name, pk):
    """Bring back what was removed of what was printed."""
    year = _find(request, name)
    found = record_of(year, PublishedFigure, pk, request.user, removed=True)
    return restoring(request, lambda: actions.restore_published_figure(found, by=request.user), year=year)


@signed_in
@fresh_check
@require_http_methods(FORM)
def explain(request, name, key):
    """Explain why a figure's print is not what the records give."""
    year = find(request, name, access.may_reconcile)
    found = next((one for one in queries.summary_of(year, request.user).differences if one.figure == key), None)
    if found is None:
        raise Http404
    known = found.explanation or found.outdated
    form = ExplainForm(posted(request), initial={"text": known.text} if known else None)
    explained = done(
        request,
        lambda: actions.explain_difference(year, key, form.cleaned_data["text"], by=request.user),
        form=form,
        said="The explanation is accepted, in your name.",
        leads_to=_href(year, key),
    )
    lead = (
        f"Printed: {pounds(found.printed)}, in {found.source}. From the records: {pounds(found.computed)}. "
        f"{words.difference(found)}."
    )
    heading = f"Explain the difference in {found.label.lower()}"
    return explained or form_page(request, form, heading, year=year, back=_href(year, key), lead=lead)
