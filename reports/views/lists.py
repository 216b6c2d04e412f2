"""The list of reports, and the file of a published one: for everybody."""

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from records.access import public
from reports import queries, rows
from reports.models import Report


@public
@require_safe
def reports(request):
    """The published reports; and, for those who follow their making, the drafts."""
    context = {
        "published": [rows.report(found) for found in queries.published_reports(request.user)],
        "drafts": [rows.report(found) for found in queries.reports_in_making(request.user)],
    }
    return render(request, "reports/list.html", context)


@public
@require_safe
def pdf(request, slug):
    """The file of a published report."""
    published = Report.objects.visible_to(request.user).filter(slug=slug, state=Report.State.PUBLISHED)
    found = published.defer("content").select_related("file").first()
    if found is None:
        raise Http404
    response = FileResponse(found.file.file.open("rb"), filename=found.file.name, content_type="application/pdf")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
