"""Strings that stand in one thing each, and who may read that thing."""

# Strings that stand in one thing each, and must never stand on a page of somebody who may not see that thing.
MEETING, ITEM, CONFIDENTIAL, ACTION = "canary-meeting", "canary-item", "canary-confidential", "canary-action"
TRIAL, SHARED = "canary-trial", "canary-shared"
# A case shows what it is about and its reference to those on it; interests and what waits, to those who keep it.
CASE, REFERENCE, CLOSED_CASE, ON_IT, KEPT_OUT, ASKED = (
    "canary-case",
    "MK-2031-C-777",
    "canary-closed-case",
    "canary-on-the-case",
    "canary-interest",
    "canary-asked-for",
)
ENDED, ANSWER = "canary-ended", "canary-answer"
UNSEEN = "0ca9a175"  # begins the address of each of these people; their posts stand in lists to choose from
READERS = {
    "member",
    "named deputy",
    "presiding deputy",
    "chair",
    "vice-chair",
    "partnership chair",
    "scrutineer",
    "team",
}
GUESTS = {"lay member", "democratic services"}
# Every lead of a case is one of the team, and reads what the team reads.
LEADS = {"case lead", "excluded from the case", "other case"}
READERS |= LEADS
ON_THE_CASE = {"case lead", "panel member", "independent reviewer", "emergency on the case"}
MAY_READ = {
    MEETING: READERS | GUESTS | {"excluded member", "emergency"},
    ITEM: READERS | GUESTS | {"emergency"},
    CONFIDENTIAL: {"member", "chair", "vice-chair", "team", "presenter", "democratic services", "emergency"} | LEADS,
    ACTION: READERS | GUESTS | {"excluded member"},
    TRIAL: {"member", "scrutineer", "team"} | LEADS,
    ENDED: {"team", "information governance", "agency administrator"} | LEADS,
    ANSWER: {"team", "information governance", "agency administrator"} | LEADS,
    UNSEEN: {"team", "information governance"} | LEADS,
    SHARED: READERS - {"partnership chair"} | GUESTS | {"excluded member"},
    CASE: ON_THE_CASE,
    REFERENCE: ON_THE_CASE,
    CLOSED_CASE: ON_THE_CASE,
    ON_IT: ON_THE_CASE,
    KEPT_OUT: {"case lead"},
    ASKED: {"case lead"},
}
