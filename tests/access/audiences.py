"""
Who there is in the world of the walk, and which of them read what: declared here, apart from the code.

Told from what was agreed of the portal (who takes part in a group, who is kept from an item, who is on a case) and from
nothing that the portal computes. Which of these audiences a row has, says readership.py.
"""

# --- Who there is -----------------------------------------------------------------------------------------------------

# Every lead of a case is one of the team.
TEAM = {"team", "case lead", "excluded from the case", "other case", "emergency of the team"}
# Members of the review group who hold something else beside.
MEMBERS = {"member", "member of many parts", "delegated partner", "emergency on the case"}
GUESTS = {"lay member", "democratic services"}
# One of them audits the rapid reviews of a year.
SCRUTINEERS = {"scrutineer", "scrutineer in the audit"}
# Whoever has a part in the partnership knows its boards and groups, their terms and who sits there.
TAKES_PART = (
    TEAM
    | GUESTS
    | MEMBERS
    | {
        "named deputy",
        "presiding deputy",
        "chair",
        "vice-chair",
        "partnership chair",
        "partnership member",
        "scrutineer",
        "scrutineer in the audit",
        "lead partner",
        "agency administrator",
        "finance editor",
        "information governance",
        "system administrator",
        "other group",
        "excluded member",
    }
)
LET_IN_TO_ONE_THING = {"presenter", "panel member", "independent reviewer", "emergency"}
# These have nothing here, whatever they had or will have, and whatever they have elsewhere.
OUTSIDE = {
    "public",
    "without a place",
    "other area",
    "other area's team",
    "other area's case lead",
    "place ended",
    "place not begun",
    "grant waiting",
    "grant ended",
    "grant not begun",
    "case grant waiting",
    "case grant ended",
    "case grant not begun",
    "lead who left the team",
}
ELSEWHERE = {"other area", "other area's team", "other area's case lead"}
EVERYBODY = TAKES_PART | LET_IN_TO_ONE_THING | OUTSIDE

GROUP = (
    TEAM
    | GUESTS
    | MEMBERS
    | {
        "named deputy",
        "presiding deputy",
        "chair",
        "vice-chair",
        "partnership chair",  # of the board to which the group reports
        *SCRUTINEERS,
        "excluded member",
    }
)
KEPT_FROM_ITEMS = {"excluded member"}
# The confidential part is for members, chairs and the team, and for the clerk of a council's committee.
CONFIDENTIAL = TEAM | MEMBERS | {"chair", "vice-chair", "democratic services"}
READ_WHO = {"case lead", "panel member", "independent reviewer", "emergency on the case", "emergency of the team"}
# An audit reads the case, and not who the people in it are.
ON_THE_CASE = READ_WHO | {"scrutineer in the audit"}
# The scrutineer, chairs of partnerships and safeguarding partners read drafts of the yearly report with the team.
DRAFTS = TEAM | SCRUTINEERS | {"partnership chair", "lead partner", "delegated partner"}
SEE_ACCESS = TEAM | {"information governance", "member of many parts"}

ENTER_MONEY = {"finance editor", "member of many parts"}
READ_ALL_MONEY = TEAM | ENTER_MONEY | SCRUTINEERS | {"partnership chair"}
# Who sits at the table reads what their own organisation paid.
READ_OWN_MONEY = {
    "member",
    "partnership member",
    "other group",
    "excluded member",
    "emergency on the case",
    "lead partner",
    "delegated partner",
}

# --- Who reads what ---------------------------------------------------------------------------------------------------

AUDIENCES = {
    "nobody, not on any page": set(),
    "a name of the area": TAKES_PART | LET_IN_TO_ONE_THING,
    "a name of the other area": ELSEWHERE,
    # Whoever can sign in and has no part is told whom of the team to ask.
    "a name of one of the team": EVERYBODY - ELSEWHERE - {"public", "without a place"},
    "the structure": TAKES_PART,
    "the structure of the review group": TAKES_PART | {"emergency"},  # a record holds terms and places as they were
    # Whoever presents one paper is told to which group; whoever had or will have a place there, what it is called.
    "the name of the review group": TAKES_PART | {"emergency", "presenter", "place ended", "place not begun"},
    "the structure of the other area": ELSEWHERE,
    "the structure of the shared board": TAKES_PART | ELSEWHERE,
    "a meeting of the review group": GROUP,
    "the closed meeting of the review group": GROUP | {"emergency"},
    "a meeting of the other group": TEAM | SCRUTINEERS | {"other group"},
    "a meeting of the partnership": TEAM | SCRUTINEERS | {"partnership chair", "partnership member"},
    "a meeting of the group that reports": TEAM | SCRUTINEERS | {"chair"},
    "a meeting of a board of the past": TEAM | SCRUTINEERS,
    "a meeting of the other area": {"other area", "other area's team", "other area's case lead"},
    "an item of the review group": GROUP - KEPT_FROM_ITEMS,
    "an item of a coming meeting": GROUP,
    "an item of the closed meeting": GROUP - KEPT_FROM_ITEMS | {"emergency"},
    "a confidential item in session": CONFIDENTIAL | {"presenter"},
    "a confidential item of the closed meeting": CONFIDENTIAL | {"emergency"},
    "a confidential item of an earlier meeting": CONFIDENTIAL,
    "a confidential item of the other group": TEAM | {"other group"},
    "a confidential item of the partnership": TEAM | {"partnership chair", "partnership member"},
    "a confidential item of the other area": {"other area", "other area's team", "other area's case lead"},
    "a case": ON_THE_CASE,
    "who the people in a case are": READ_WHO,
    "that there is a grant about a case": ON_THE_CASE,
    "what keeping a case is about": {"case lead"},
    # The team sees what was referred until it is a case, and whoever sent it has the receipt.
    "a referral": TEAM - {"excluded from the case"},
    "a referral that became a case": {"case lead", "emergency of the team"},
    "another case": {"other case", "member of many parts", "emergency of the team"},
    "a case of the other area": {"other area's case lead"},
    "a grant about the review group": SEE_ACCESS | {"chair"},
    "a grant about the partnership": SEE_ACCESS | {"partnership chair"},
    "a grant about another thing": SEE_ACCESS,
    "an exclusion from an item": TEAM | {"chair", "vice-chair"},
    "what ended": SEE_ACCESS,
    "a review of access": SEE_ACCESS,
    "somebody's own": set(),
    "that there is a draft of a report": DRAFTS | {"finance editor", "member of many parts"},
    "a draft of a report": DRAFTS,
    "a part about money of a draft": DRAFTS | {"finance editor", "member of many parts"},
    "a published report": EVERYBODY,
    "the structure of a published edition": EVERYBODY,
    "that a mail did not go out": TEAM,
    "that a mail of the other area did not go out": {"other area's team", "other area's case lead"},
    "a scenario of a member": TEAM | SCRUTINEERS,
    "a scenario of the review group": GROUP - {"partnership chair"},  # shared with those who take part in it
    "a scenario of the other group": TEAM | SCRUTINEERS | {"other group"},
    "a scenario of the other area": {"other area", "other area's team", "other area's case lead"},
    "what a partner paid": READ_ALL_MONEY,
    "the budget": READ_ALL_MONEY | {"lead partner", "delegated partner"},
}
# What an area has published of its arrangements: names of boards, places and organisations, and of nobody.
PUBLISHED = "the structure of a published edition"
# As whom somebody reads who keeps a part of their own, beside what they lost.
THEMSELVES = "themselves"
# What is somebody's own also when nothing else is: their account, their post, their organisation's name, for whom
# they stood in, and until when they were let in to what.
THEIR_OWN_FOR_EVER = {
    "somebody's own",
    "a name of the area",
    "a name of one of the team",
    "a grant about the review group",
    "a grant about the partnership",
    "a grant about another thing",
    "that there is a grant about a case",
}
