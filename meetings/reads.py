"""Which looks at meetings are written to the history: those at what is confidential, and all by emergency access."""

from meetings.models import Meeting
from partnerships.granting import emergencies
from partnerships.standing import standing_of
from records import history

BY_EMERGENCY = {"emergency": True}


def note(request, meeting, verb, *, confidential):
    """
    Write that whoever asks was shown ``meeting``, if ``confidential`` parts were among it or they see it by emergency.

    Once for a view of a page. Whoever is shown the open part alone of a meeting of theirs is not written down, and
    the page costs nothing more.
    """
    emergency = _emergency(request, meeting)
    if confidential or emergency:
        history.read(
            meeting,
            by=request.user,
            verb=verb if confidential else "meeting.emergency_read",
            method=request.method,
            details=BY_EMERGENCY if emergency else None,
        )


def note_item(request, item):
    """The same for the page of one item of an agenda."""
    emergency = _emergency(request, item.meeting)
    if item.confidential or emergency:
        history.read(
            item,
            by=request.user,
            verb="item.confidential_read" if item.confidential else "item.emergency_read",
            method=request.method,
            details=BY_EMERGENCY if emergency else None,
        )


def _emergency(request, meeting):
    """Whether it is shown by emergency access; the line that is written here is then the only one that is needed."""
    found = is_emergency(request.user, meeting)
    if found:
        emergencies.written(request)
    return found


def is_emergency(user, meeting):
    """Whether ``user`` has emergency access to ``meeting`` at this moment."""
    return (Meeting._meta.label, meeting.pk) in standing_of(user).emergencies
