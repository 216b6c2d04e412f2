"""The list of years, opening one, the page of a year, where a figure comes from, and files to take away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from finance import access, actions, exports, figures, queries, reading
from finance.filters import Shown
from finance.forms import YearForm
from finance.views.acting import CRUMB, FORM, done, find, form_page
from records.access import fresh_check, signed_in
from records.acting import posted


@signed_in
@require_safe
def years(request):
    """The financial years, the newest first."""
    if not access.finds_money(request.user):
        raise Http404
    return render(request, "finance/list.html", reading.years(request.user))


@signed_in
@fresh_check
@require_http_methods(FORM)
def open_year(request):
    """Open a financial year."""
    if not access.may_open_year(request.user):
        raise Http404
    before = next(iter(queries.summaries(request.user)), None)
    initial = YearForm.after(before.last_day) if before else None
    form = YearForm(posted(request), before=before, initial=initial)
    opened = done(
        request,
        lambda: actions.open_year(
            form.cleaned_data["first_day"],
            form.cleaned_data["last_day"],
            by=request.user,
            bring_forward=form.cleaned_data.get("bring_forward", False),
            submission=request.POST,
        ),
        form=form,
        said="The year is open.",
        leads_to=lambda year: year.get_absolute_url(),
    )
    return opened or form_page(request, form, "Open a financial year")


@signed_in
@require_safe
def year(request, name):
    """A financial year: the answer, contributions, the position, and print beside records."""
    found = find(request, name)
    context = reading.year(found, request.user, Shown.asked(request.GET))
    return render(request, "finance/year.html", {**context, "crumbs": [CRUMB, {"label": found.name}]})


@signed_in
@require_safe
def figure(request, name, key):
    """Where a figure comes from."""
    found = find(request, name)
    page = figures.page(found, request.user, key)
    if page is None:
        raise Http404
    crumbs = [CRUMB, {"label": found.name, "href": found.get_absolute_url()}, {"label": page["label"]}]
    return render(request, "finance/figure.html", {**page, "crumbs": crumbs})


@signed_in
@require_safe
def export(request, name, file):
    """The figures of a year as a file."""
    found = find(request, name)
    made = exports.export(found, request.user, file, Shown.asked(request.GET))
    if made is None:
        raise Http404
    content_type, file_name, content = made
    actions.note_export(found, by=request.user, method=request.method)
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
