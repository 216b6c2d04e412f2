"""The page of one item of an agenda."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import item_page, reads
from partnerships.granting import emergencies
from partnerships.story.reading import story
from records.access import signed_in


@signed_in
@require_safe
def item(request, public_id):
    """An item for its readers, whether they see the meeting or this alone."""
    found = item_page.find(request.user, public_id)
    if found is None:
        raise Http404
    emergencies.opened(request, found)
    reads.note_item(request, found)
    context = item_page.page(found, request.user, timezone.now())
    return render(request, "meetings/item.html", {**context, "story": story(request.user, found)})
