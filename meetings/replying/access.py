"""Until when an invitation can be answered. For which places somebody answers is looked for in the roster."""

from mktogether.lib.verdict import ALLOWED, refused


def may_reply(meeting, now):
    """Members answer for their places until the meeting begins: by its clock, or because somebody opened it."""
    if meeting.is_cancelled:
        return refused("This meeting was cancelled, so there is nothing to reply to.")
    if meeting.opened_at is not None or meeting.is_closed or now >= meeting.starts_at:
        return refused("This meeting has begun. Tell the chair or whoever records it.")
    return ALLOWED
