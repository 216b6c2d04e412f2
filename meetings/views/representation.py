"""Partnership representation: of one board or group, and of all that somebody reads."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings import years
from meetings.representation import pages, reading, tables
from mktogether.lib import sheets
from partnerships import queries
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.access import signed_in

BOARDS = {"label": "Boards and groups", "href": "/boards/"}
FORMS = {"xlsx": sheets.XLSX, "csv": sheets.CSV}


@signed_in
@require_safe
def board(request, slug):
    """Which post of a board or group was represented at which of its meetings of a year."""
    body = _find(request, slug)
    asked = {"year": request.GET.get("year", ""), "order": request.GET.get("order", "")}
    context = pages.board(body, request.user, **asked)
    crumbs = [BOARDS, {"label": body.name, "href": body.get_absolute_url()}, {"label": "Representation"}]
    return render(request, "meetings/representation/board.html", {**context, "crumbs": crumbs})


@signed_in
@require_safe
def board_file(request, slug, year, form):
    """The same as a file for a spreadsheet; CSV holds the posts alone."""
    body = _find(request, slug)
    number = _year(year, reading.years_held(request.user, body))
    found = reading.matrix(body, *years.days(number), request.user)
    content = [tables.posts(found), tables.partners(found), tables.notes(found)]
    return _file(content, form, f"representation-{body.slug}-{year}")


@signed_in
@require_safe
def all_boards(request):
    """Meetings held and places filled, for each board and group that somebody reads."""
    _refuse_who_reads_none(request)
    context = pages.all_boards(request.user, year=request.GET.get("year", ""))
    return render(
        request, "meetings/representation/all.html", {**context, "crumbs": [BOARDS, {"label": "Representation"}]}
    )


@signed_in
@require_safe
def all_boards_file(request, year, form):
    """The same as a file for a spreadsheet."""
    _refuse_who_reads_none(request)
    number = _year(year, reading.years_held(request.user))
    return _file(
        [tables.boards(reading.of_all(request.user, *years.days(number)))], form, f"representation-all-boards-{year}"
    )


def _find(request, slug):
    """The board or group, if this person reads its meetings."""
    body = queries.board_of(request.user, slug)
    if body is None or not standing_of(request.user).reads(body):
        raise Http404
    return body


def _refuse_who_reads_none(request):
    reach = standing_of(request.user).reach(Act.READ)
    if not (reach.area or reach.bodies):
        raise Http404


def _year(text, held):
    year = years.of_short(text)
    if year not in held:
        raise Http404
    return year


def _file(content, form, name):
    if form not in FORMS:
        raise Http404
    made = sheets.as_xlsx(*content) if form == "xlsx" else sheets.as_csv(content[0])
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(made, content_type=FORMS[form], headers=headers)
