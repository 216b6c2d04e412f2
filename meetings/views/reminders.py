"""What will go out about a meeting, and what has gone, for whoever plans it."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import reading, rows
from meetings.access import may_plan
from meetings.models import Meeting
from records.access import signed_in
from records.reminders import outlook


@signed_in
@require_safe
def of_meeting(request, public_id):
    """The reminders of one meeting, by day."""
    found = reading.find(request.user, public_id)
    if found is None or not may_plan(request.user, found.body):
        raise Http404
    now, label = timezone.now(), Meeting._meta.label
    context = {
        "heading": rows.heading(found),
        "ahead": outlook.ahead(label, found.pk, now),
        "gone": outlook.gone(label, found.pk, now),
        "crumbs": [
            {"label": "Meetings", "href": "/meetings/"},
            {"label": rows.heading(found), "href": found.get_absolute_url()},
            {"label": "Reminders"},
        ],
    }
    return render(request, "meetings/reminders.html", context)
