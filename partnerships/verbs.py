"""The words of acts on the workbench, on terms of reference, about access, about signing in, and about the history."""

from records.history.verbs import Group, Verb, register

WITHDRAWN = {"what": "what", "starts_at": "start"}
ALL = (
    Verb("scenario.kept", "kept {thing}"),
    Verb("scenario.changed", "changed {thing}", fields={"name": "name"}),
    Verb("scenario.shared", "shared {thing}"),
    Verb("scenario.withdrawn", "took back {thing}, which was shared"),
    Verb("scenario.deleted", "deleted a scenario of the workbench"),
    Verb("terms.published", "published new terms of reference of {thing}"),
    Verb("terms.ended", "ended the terms of reference of {thing} that were in force", fields={"ends_on": "last day"}),
    Verb("grant.proposed", "proposed {thing}", Group.ACCESS),
    Verb("grant.audited", "opened {thing}", Group.ACCESS),
    Verb("grant.taken", "took {thing}", Group.ACCESS),
    Verb("grant.approved", "approved {thing}", Group.ACCESS),
    Verb("grant.refused", "refused {thing}", Group.ACCESS),
    Verb("grant.ended", "ended {thing}", Group.ACCESS, fields={"ends_at": "end"}),
    Verb("grant.reviewed", "said that it is still needed: {thing}", Group.ACCESS, fields={"review_on": "next look"}),
    Verb("emergency.asked", "asked for {thing}", Group.ACCESS),
    Verb("emergency.opened", "confirmed {thing}", Group.ACCESS),
    Verb("emergency.closed", "ended {thing}", Group.ACCESS, fields={"ends_at": "end"}),
    Verb("emergency.asked_in_vain", "asked for emergency access by a reference that opens nothing", Group.ACCESS),
    Verb("emergency.read", "opened {thing} while emergency access was open", Group.READ),
    Verb("guest.entered", "entered {thing} as a guest", Group.ACCESS),
    Verb("guest.invited", "invited {thing} to choose a password", Group.ACCESS),
    Verb("interest.declared", "declared an interest: {thing}", Group.ACCESS),
    Verb("exclusion.made", "made {thing}", Group.ACCESS),
    Verb("exclusion.ended", "ended {thing}", Group.ACCESS),
    Verb("access_review.begun", "began {thing}", Group.ACCESS),
    Verb("access_review.answered", "answered a line of {thing}", Group.ACCESS),
    Verb("access_review.closed", "closed {thing}", Group.ACCESS),
    Verb("access_review.exported", "took the evidence of {thing}", Group.READ),
    Verb("person.left", "ended everything that {thing} held", Group.ACCESS),
    Verb("person.access_read", "read what {thing} holds, and what it opens", Group.READ),
    Verb("appointment.ended", "ended a place of {thing}", Group.ACCESS, fields={"ends_at": "end"}),
    Verb("appointment.withdrawn", "withdrew a place of {thing} that had not begun", Group.ACCESS, fields=WITHDRAWN),
    Verb("deputising.ended", "ended that {thing} is a named deputy", Group.ACCESS, fields={"ends_at": "end"}),
    Verb("deputising.withdrawn", "withdrew that {thing} would be a named deputy", Group.ACCESS, fields=WITHDRAWN),
    Verb("chair.ended", "ended that {thing} is in the chair", Group.ACCESS, fields={"ends_at": "end"}),
    Verb("chair.withdrawn", "withdrew that {thing} would be in the chair", Group.ACCESS, fields=WITHDRAWN),
    Verb("role.ended", "ended a specified role of {thing}", Group.ACCESS, fields={"ends_at": "end"}),
    Verb("role.withdrawn", "withdrew a specified role of {thing} that had not begun", Group.ACCESS, fields=WITHDRAWN),
    Verb("account.switched_off", "switched off the account of {thing}", Group.ACCESS),
    Verb("account.switched_on", "switched on the account of {thing} again", Group.ACCESS),
    Verb("sessions.ended", "signed out browsers of {thing}", Group.SIGNED_IN),
    Verb("account.signed_in", "signed in", Group.SIGNED_IN),
    Verb("account.signed_out", "signed out", Group.SIGNED_IN),
    Verb("account.sign_in_failed", "had a sign-in refused, with the address of {thing}", Group.SIGNED_IN),
    Verb("account.sign_in_unknown", "had a sign-in refused, with an address that no account has", Group.SIGNED_IN),
    Verb("account.password_changed", "changed their password", Group.SIGNED_IN),
    Verb("account.password_reset", "set a new password by the link in a mail", Group.SIGNED_IN),
    Verb("history.searched", "searched the history", Group.READ),
    Verb("history.exported", "took an export of the history", Group.READ),
    Verb("history.person_read", "read the history of {thing}", Group.READ),
    Verb("history.thing_read", "read the whole history of {thing}", Group.READ),
)


def register_all():
    """Make them known."""
    register(*ALL)
