"""Strings that stand in one thing each, and who may read that thing."""

# Strings that stand in one thing each, and must never stand on a page of somebody who may not see that thing.
MEETING, ITEM, CONFIDENTIAL, ACTION = "canary-meeting", "canary-item", "canary-confidential", "canary-action"
TRIAL, SHARED = "canary-trial", "canary-shared"
PLANNED_ITEM = "canary-planned"
# Meetings beside those of the Review group, and what stands in a confidential item there.
OTHER, OTHER_CONFIDENTIAL = "canary-other-group", "canary-other-secret"
BOARD, BOARD_CONFIDENTIAL = "canary-partnership", "canary-board-secret"
REPORTING = "canary-reporting-group"
# What each organisation has to do for the Other group: agreed openly, and under a confidential item.
AGENCY, AGENCY_CONFIDENTIAL = "canary-agency-action", "canary-agency-secret"
# A case shows what it is about and its reference to those on it; interests and what waits, to those who keep it.
CASE, REFERENCE, CLOSED_CASE, ON_IT, KEPT_OUT, ASKED = (
    "canary-case",
    "MK-2031-C-777",
    "canary-closed-case",
    "canary-on-the-case",
    "canary-interest",
    "canary-asked-for",
)
# What the team reads of what was referred, and its sender on a receipt; and who somebody in a case is.
REFERRED, REFERRED_CASE, DETAILS = "canary-referred", "canary-became-a-case", "canary-details"
ENDED, ANSWER = "canary-ended", "canary-answer"
# Strings of a draft: a section and what is said of it, a part about money, and a note of the scrutineer's own.
DRAFT, SAID, DRAFT_MONEY, NOTE = "canary-draft", "canary-said", "canary-part-about-money", "canary-private-note"
# Each stands in a confidential item of a meeting.
CONFIDENTIAL_ITEMS = {CONFIDENTIAL, OTHER_CONFIDENTIAL, BOARD_CONFIDENTIAL}
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
# Of the team too, who got in to cases by emergency access, and keeps none.
OF_TEAM = LEADS | {"team", "emergency of the team"}
MANY = "member of many parts"
# Members of the Review group who hold something else beside.
MEMBERS = {"member", MANY, "delegated partner", "emergency on the case"}
SCRUTINEERS = {"scrutineer", "scrutineer in the audit"}
READERS |= MEMBERS | OF_TEAM | SCRUTINEERS
EVERYTHING = OF_TEAM | SCRUTINEERS
TAKE_PART = READERS | {
    "partnership member",
    "lead partner",
    "agency administrator",
    "finance editor",
    "information governance",
    "system administrator",
    "other group",
    "excluded member",
}
READ_WHO = {"case lead", "panel member", "independent reviewer", "emergency on the case", "emergency of the team"}
# Whoever audits the rapid reviews of a year reads the case too, and not who the people in it are.
AUDITOR = "scrutineer in the audit"
ON_THE_CASE = READ_WHO | {AUDITOR}
READ_DRAFTS = OF_TEAM | SCRUTINEERS | {"partnership chair", "lead partner", "delegated partner"}
# Money: what two partners paid, a line of the budget, what was printed of it, and why that differs.
OWN_MONEY, OTHERS_MONEY, BUDGET_LINE, PRINTED, EXPLAINED = (
    "canary-own-money",
    "canary-others-money",
    "canary-budget-line",
    "canary-printed",
    "canary-explained",
)
ENTER_MONEY = {"finance editor", MANY}
ALL_MONEY = {"partnership chair"} | SCRUTINEERS | ENTER_MONEY | OF_TEAM
THE_BUDGET = ALL_MONEY | {"lead partner", "delegated partner"}
MAY_READ = {
    MEETING: READERS | GUESTS | {"excluded member", "emergency"},
    ITEM: READERS | GUESTS | {"emergency"},
    PLANNED_ITEM: READERS | GUESTS | {"excluded member"},
    CONFIDENTIAL: MEMBERS | {"chair", "vice-chair", "presenter", "democratic services", "emergency"} | OF_TEAM,
    ACTION: READERS | GUESTS | {"excluded member"},
    TRIAL: {"member"} | SCRUTINEERS | OF_TEAM,
    ENDED: {"information governance", "agency administrator", MANY} | OF_TEAM,
    ANSWER: {"information governance", "agency administrator", MANY} | OF_TEAM,
    UNSEEN: {"information governance", MANY} | OF_TEAM,
    SHARED: READERS - {"partnership chair"} | GUESTS | {"excluded member"},
    OTHER: EVERYTHING | {"other group"},
    OTHER_CONFIDENTIAL: OF_TEAM | {"other group"},
    BOARD: EVERYTHING | {"partnership chair", "partnership member"},
    BOARD_CONFIDENTIAL: OF_TEAM | {"partnership chair", "partnership member"},
    REPORTING: EVERYTHING | {"chair"},
    AGENCY: TAKE_PART,
    AGENCY_CONFIDENTIAL: OF_TEAM | {"other group"},
    CASE: ON_THE_CASE,
    REFERENCE: ON_THE_CASE,
    CLOSED_CASE: ON_THE_CASE,
    ON_IT: ON_THE_CASE,
    KEPT_OUT: {"case lead"},
    ASKED: {"case lead"},
    REFERRED: OF_TEAM - {"excluded from the case"} | {"member"},
    REFERRED_CASE: {"case lead", "emergency of the team", "chair"},
    DETAILS: READ_WHO,
    DRAFT: READ_DRAFTS,
    SAID: READ_DRAFTS,
    DRAFT_MONEY: READ_DRAFTS | {"finance editor", MANY},
    NOTE: {"scrutineer"},
    OWN_MONEY: ALL_MONEY | {"member"},
    OTHERS_MONEY: ALL_MONEY,
    BUDGET_LINE: THE_BUDGET,
    PRINTED: THE_BUDGET,
    EXPLAINED: THE_BUDGET,
}
