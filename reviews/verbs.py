"""The words of what people do with cases."""

from records.history.verbs import Group, Verb, register

ALL = (
    Verb("case.registered", "registered {thing}"),
    Verb("case.changed", "changed what {thing} is about", fields={"about": "line"}),
    Verb("case.closed", "closed {thing}"),
    Verb("case.reopened", "reopened {thing}", fields={"closed_because": "reason for closing"}),
    Verb("case.dated", "entered a date in {thing}", fields={"on": "date"}),
    Verb("case.undated", "took a date out of {thing}", fields={"on": "date"}),
    Verb("case.held", "put {thing} on hold"),
    Verb("case.resumed", "ended the hold of {thing}"),
    Verb("case.missed_explained", "said why a deadline of {thing} was missed", fields={"missed_because": "reason"}),
    Verb("case.panel_named", "named the panel of {thing}"),
    Verb("case.decided", "recorded what the panel decided about {thing}"),
    Verb("case.decision_corrected", "corrected the record of a decision about {thing}"),
    Verb("case.person_entered", "entered somebody in {thing}"),
    Verb("case.person_changed", "changed what is kept of somebody in {thing}"),
    Verb("case.person_removed", "took somebody out of {thing}"),
    Verb("case.read", "read {thing}", Group.READ),
    Verb("case.details_read", "read who the people in {thing} are", Group.READ),
    Verb("audit.begun", "began {thing}"),
    Verb("audit.ended", "ended {thing}"),
    Verb("audit.read", "read the list of {thing}", Group.READ),
    Verb("referral.sent", "sent {thing}"),
    Verb("referral.accepted", "accepted {thing} as a case"),
    Verb("referral.closed", "closed {thing} without a case"),
    Verb("referral.read", "read {thing}", Group.READ),
    Verb("referral.receipt_read", "read the receipt of {thing}", Group.READ),
)


def register_all():
    """Make them known."""
    register(*ALL)
