"""How often boards and groups met against what their terms ask."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import years
from meetings.frequency import pages, reading
from mktogether.lib import sheets
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.access import signed_in

FORMS = {"xlsx": sheets.XLSX, "csv": sheets.CSV}


@signed_in
@require_safe
def how_often(request):
    """Held, planned, short by, of every board and group whose meetings somebody reads, for one year."""
    _refuse_who_reads_none(request)
    context = pages.all_boards(request.user, timezone.now(), year=request.GET.get("year", ""))
    crumbs = [{"label": "Meetings", "href": "/meetings/"}, {"label": "How often"}]
    return render(request, "meetings/frequency.html", {**context, "crumbs": crumbs})


@signed_in
@require_safe
def how_often_file(request, year, form):
    """The same as a file for a spreadsheet."""
    _refuse_who_reads_none(request)
    now, number = timezone.now(), years.of_short(year)
    if form not in FORMS or number not in reading.years_known(request.user, now):
        raise Http404
    sheet = pages.sheet(reading.of_all(request.user, number, now), year)
    made = sheets.as_xlsx(sheet) if form == "xlsx" else sheets.as_csv(sheet)
    headers = {"Content-Disposition": f'attachment; filename="how-often-{year}.{form}"'}
    return HttpResponse(made, content_type=FORMS[form], headers=headers)


def _refuse_who_reads_none(request):
    reach = standing_of(request.user).reach(Act.READ)
    if not (reach.area or reach.bodies):
        raise Http404
