"""What is said of a meeting outside the portal, in calendars, mails and behind links: its group's name and no more."""

from django.conf import settings

from partnerships.models import Body

PLAIN = "Meeting"


def title(body_kind, body_name):
    """``Delivery``: the group's name. Panels meet about cases, so that theirs is plainly a meeting."""
    return PLAIN if body_kind == Body.Kind.PANEL else body_name


def title_of(meeting):
    """The same for a meeting that is at hand with its board or group."""
    return title(meeting.body.kind, meeting.body.name)


def address(public_id):
    """The absolute address of its page, which asks whoever follows it to sign in."""
    return f"{settings.SITE_ORIGIN}/meetings/{public_id}/"
