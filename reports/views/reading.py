"""The report as it is read on screen: the draft for those who read it, what is published for everybody."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from records.access import public
from reports import access, presenting
from reports.assembling import content_of
from reports.models import Report, Section
from reports.models.reports import MONEY


@public
@require_safe
def reading(request, slug):
    """
    A report from its first section to its last, made of the same values and parts as its PDF.

    Of a draft the finance editor reads the sections about money.
    """
    found = Report.objects.visible_to(request.user).filter(slug=slug).select_related("area", "board").first()
    if found is None:
        raise Http404
    content = content_of(found)
    reads_drafts = bool(access.reads_drafts(request.user, found))
    if not found.is_published and not reads_drafts:
        content = {**content, "sections": [one for one in content["sections"] if one["kind"] in MONEY]}
    context = presenting.context_of(content, on_paper=False)
    follows = Section.objects.in_making(request.user).filter(report=found).exists()
    context |= {
        "report": found,
        "published_on": timezone.localdate(found.published_at) if found.is_published else None,
        "making_href": f"{found.get_absolute_url()}making/" if follows else "",
        "in_part": not found.is_published and not reads_drafts,
    }
    return render(request, "reports/reading.html", context)
