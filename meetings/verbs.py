"""The words of what people do at meetings."""

from records.history.verbs import Group, Verb, register

ARRANGED = {"starts_at": "start", "ends_at": "end", "mode": "way of meeting", "place": "place"}
REPLY = {"answer": "reply"}
ALL = (
    Verb("meeting.planned", "planned {thing}"),
    Verb("meeting.changed", "changed time or place of {thing}", fields=ARRANGED),
    Verb("meeting.presiding_left", "ended that a leaver is named to preside at {thing}"),
    Verb("meeting.opened", "opened {thing}"),
    Verb("meeting.closed", "closed {thing}"),
    Verb("meeting.cancelled", "cancelled {thing}"),
    Verb("meeting.corrected", "added a correction beside the record of {thing}"),
    Verb("meeting.roll_checked", "checked attendance of {thing}"),
    Verb("reply.given", "replied to the invitation to {thing}", fields=REPLY),
    Verb("reply.given_by_link", "replied to the invitation to {thing}, by the link in the mail", fields=REPLY),
    Verb("reply.entered", "entered a reply to the invitation to {thing} that came outside the portal", fields=REPLY),
    Verb("reply.by_deputy", "said whether they come to {thing} as a deputy"),
    Verb("reply.by_deputy_by_link", "said whether they come to {thing} as a deputy, by the link in the mail"),
    Verb("calendar.made", "made a calendar address, of {thing}"),
    Verb("calendar.renewed", "made a new calendar address in the place of the old, of {thing}"),
    Verb("calendar.ended", "ended a calendar address, of {thing}"),
    Verb("attendance.recorded", "recorded who fills a place at {thing}", fields={"state": "entry"}),
    Verb("attendance.cleared", "took back who fills a place at {thing}", fields={"state": "entry"}),
    Verb("attendance.joined", "recorded that somebody joined {thing}"),
    Verb("attendance.left", "recorded that somebody left {thing}"),
    Verb("decision.recorded", "recorded a decision under {thing}"),
    Verb("decision.removed", "took back a decision under {thing}", fields={"wording": "wording", "outcome": "outcome"}),
    Verb("action.added", "recorded an action under {thing}"),
    Verb("action.completed", "said that an action is done, agreed under {thing}"),
    Verb("action.handed_over", "handed on an action agreed under {thing}"),
    Verb("item.noted", "wrote the note for the minutes of {thing}", fields={"note": "note"}),
    Verb("meeting.confidential_read", "read confidential items of {thing}", Group.READ),
    Verb("meeting.emergency_read", "read {thing}", Group.READ),
    Verb("minutes.confidential_read", "read the confidential part of the minutes of {thing}", Group.READ),
    Verb("item.confidential_read", "read the confidential item {thing}", Group.READ),
    Verb("item.emergency_read", "read the item {thing}", Group.READ),
)


def register_all():
    """Make them known."""
    register(*ALL)
