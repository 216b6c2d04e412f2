"""
The roles of the portal, the whole list: what each may do, how far that reaches, and where it comes from.

This table is what the portal obeys (``partnerships.standing`` computes from it how far somebody's acts reach) and what
the page of roles prints. Nobody is given a role: each follows from a place, a deputising, a chair, a specified role or
a grant, for as long as that is in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Act(StrEnum):
    """Something that people do. The value says it as the page of roles does."""

    SEE_STRUCTURE = "see the boards and groups, who sits there and by which rules"
    TRY_RULES = "try rules on the workbench"
    READ = "read meetings, ordinary papers, decisions, actions and minutes"
    READ_AGENCY_ACTIONS = "see the actions of their organisation and say that they are done"
    READ_CONFIDENTIAL = "read confidential items and the confidential part of minutes"
    READ_SCENARIOS = "read what others keep on the workbench"
    RECORD = "open and close meetings, record attendance, decisions and actions"
    PLAN = "plan, move and cancel meetings"
    COMPLETE_ACTIONS = "say that an action is done"
    CHANGE_TERMS = "enter a new version of terms of reference"
    CHANGE_PLACES = "name members and deputies, hand over the chair, and remake places that follow political groups"
    EXCLUDE = "exclude somebody from an item or a case for a conflict of interest"
    PROPOSE_GRANTS = "propose that a guest or a case's panel is let in"
    APPROVE_GRANTS = "approve, as the second person, what somebody else proposed"
    BREAK_GLASS = "ask for emergency access, or confirm it as the second person"
    SEE_ACCESS = "see who can see what, and why"
    END_PLACES = "end everything that somebody holds when they leave"
    GIVE_ACCOUNTS = "give accounts to those who hold something, and switch accounts off"
    NAME_TEAM = "name further members of the team"
    SWITCH_ON = "switch an account on again that was switched off"
    REVIEW_ACCESS = "go through who holds what, each quarter"
    BEGIN_REVIEWS = "begin the quarterly review of access, and read its evidence"
    LOOK_AFTER_MAIL = "see what mail did not go out, and have it sent again"
    READ_HISTORY = "search the history of who did and read what"
    REFER = "refer an incident to the Case Review Panel"
    REGISTER_CASES = "register a case, and decide about what is referred"
    READ_CASE = "read a case"
    READ_CASE_PEOPLE = "read who the people in a case are"
    AUDIT_CASES = "audit every rapid review of a year"
    MANAGE_CASE = "say who is on a case"
    READ_MONEY = "read the totals of what was contributed and spent"
    READ_CONTRIBUTIONS = "read what a partner contributed"
    READ_BUDGET = "read the budget line by line, and what was printed of it"
    ENTER_MONEY = "enter contributions and budget lines"
    RECONCILE_MONEY = "open a financial year, enter what was printed of it, and explain differences"
    READ_DRAFTS = "read drafts of the annual report, and what is said about them"
    READ_DRAFT_MONEY = "read the parts about money in drafts of the annual report"
    WRITE_REPORTS = "write the annual report, have it built, and propose that it is published"
    PUBLISH_REPORTS = "approve, as the second person, that the annual report is published"
    COMMENT_REPORTS = "correct and challenge drafts of the annual report"
    ANSWER_COMMENTS = "answer what is said about drafts of the annual report"


class Within(StrEnum):
    """How far an act reaches."""

    AREA = "in the whole area"
    BODY = "on the boards and groups where they hold it"
    REPORTING = "of the groups that report to a board they chair"
    AGENCY = "for their own organisation"
    OBJECT = "for what the grant names"
    UNADMINISTERED = "for people whose organisation has no administrator, or who belong to none"


@dataclass(frozen=True)
class Role:
    """One role: its name, in words what it is and where it comes from, and how far each of its acts reaches."""

    key: str
    name: str
    what: str
    comes_from: str
    may: Mapping[Act, frozenset[Within]] = field(default_factory=dict)


def _may(*acts: tuple[Act, *tuple[Within, ...]]) -> Mapping[Act, frozenset[Within]]:
    reach: dict[Act, frozenset[Within]] = {}
    for act, *within in acts:
        reach[act] = reach.get(act, frozenset()) | frozenset(within)
    return MappingProxyType(reach)


AREA, BODY, REPORTING, AGENCY, OBJECT, UNADMINISTERED = Within
TAKES_PART = (
    (Act.SEE_STRUCTURE, AREA),
    (Act.TRY_RULES, AREA),
    (Act.READ_AGENCY_ACTIONS, AGENCY),
    (Act.REFER, AREA),
)
CHAIRS = (
    *TAKES_PART,
    (Act.READ, BODY, REPORTING),
    (Act.READ_CONFIDENTIAL, BODY),
    (Act.RECORD, BODY),
    (Act.PLAN, BODY),
    (Act.COMPLETE_ACTIONS, BODY),
    (Act.EXCLUDE, BODY),
    (Act.PROPOSE_GRANTS, BODY),
    (Act.APPROVE_GRANTS, BODY),
    (Act.SEE_ACCESS, BODY),
)
SECOND_PERSON = ((Act.APPROVE_GRANTS, AREA), (Act.BREAK_GLASS, AREA))
# Whoever sits at the table reads the totals and what their own organisation paid; few read everything.
OWN_MONEY = ((Act.READ_MONEY, AREA), (Act.READ_CONTRIBUTIONS, AGENCY))
ALL_MONEY = ((Act.READ_MONEY, AREA), (Act.READ_CONTRIBUTIONS, AREA), (Act.READ_BUDGET, AREA))

PUBLIC = Role(
    "public",
    "The public",
    "Anybody, without an account. Sees the front door, whom to ring when worried, and what is published.",
    "nothing",
)
MEMBER = Role(
    "member",
    "Agency member",
    "The nominated member for a place on a board or group.",
    "an appointment to a place",
    _may(*TAKES_PART, *OWN_MONEY, (Act.READ, BODY), (Act.READ_CONFIDENTIAL, BODY)),
)
DEPUTY = Role(
    "deputy",
    "Named deputy",
    "Stands in for the member of a place. Reads as members do, but for the confidential part and cases.",
    "being named as deputy for a place",
    _may(*TAKES_PART, (Act.READ, BODY)),
)
GROUP_CHAIR = Role(
    "group chair",
    "Working-group chair",
    "Chairs a group: plans and records its meetings, and reads the groups that report to it. As vice-chair or when "
    "presiding, records in the chair's stead.",
    "chairing a group",
    _may(*CHAIRS),
)
VICE_CHAIR = Role(
    "vice-chair",
    "Vice-chair",
    "Stands in for the chair: records meetings.",
    "being vice-chair of a board or group",
    _may(
        *TAKES_PART,
        (Act.READ, BODY),
        (Act.READ_CONFIDENTIAL, BODY),
        (Act.RECORD, BODY),
        (Act.EXCLUDE, BODY),
    ),
)
PARTNERSHIP_CHAIR = Role(
    "partnership chair",
    "Partnership chair",
    "Chairs a statutory partnership: as a group's chair, and the second person for what needs two.",
    "chairing a statutory partnership",
    _may(
        *CHAIRS,
        *ALL_MONEY,
        *SECOND_PERSON,
        (Act.READ_DRAFTS, AREA),
        (Act.WRITE_REPORTS, AREA),
        (Act.PUBLISH_REPORTS, AREA),
    ),
)
PARTNER = Role(
    "partner",
    "Safeguarding partner",
    "A lead safeguarding partner, or the delegated one who acts for them. Reads the boards where they have a place.",
    "the specified role of lead or delegated safeguarding partner",
    _may(
        *TAKES_PART,
        *OWN_MONEY,
        (Act.READ_BUDGET, AREA),
        *SECOND_PERSON,
        (Act.READ_DRAFTS, AREA),
        (Act.PUBLISH_REPORTS, AREA),
    ),
)
PANEL_MEMBER = Role(
    "panel member",
    "Case review panel member",
    "Works on one case, and sees nothing else by it.",
    "an approved grant for that case",
    _may((Act.READ_CASE, OBJECT), (Act.READ_CASE_PEOPLE, OBJECT)),
)
SCRUTINEER = Role(
    "scrutineer",
    "Independent scrutineer",
    "Reads the ordinary business of every group, challenges, and never votes or records.",
    "the specified role of independent scrutineer",
    _may(
        *TAKES_PART,
        *ALL_MONEY,
        (Act.READ, AREA),
        (Act.READ_SCENARIOS, AREA),
        *SECOND_PERSON,
        (Act.READ_DRAFTS, AREA),
        (Act.PUBLISH_REPORTS, AREA),
        (Act.COMMENT_REPORTS, AREA),
        (Act.AUDIT_CASES, AREA),
    ),
)
TEAM = Role(
    "team",
    "Support team",
    "Runs the business of every board and group. Opens a case only with a grant, like everybody.",
    "the specified role of member of the team",
    _may(
        *TAKES_PART,
        (Act.READ, AREA),
        (Act.READ_CONFIDENTIAL, AREA),
        (Act.READ_SCENARIOS, AREA),
        (Act.RECORD, AREA),
        (Act.PLAN, AREA),
        (Act.COMPLETE_ACTIONS, AREA),
        (Act.CHANGE_TERMS, AREA),
        (Act.CHANGE_PLACES, AREA),
        (Act.EXCLUDE, AREA),
        (Act.PROPOSE_GRANTS, AREA),
        (Act.BREAK_GLASS, AREA),
        (Act.SEE_ACCESS, AREA),
        (Act.END_PLACES, AREA),
        (Act.GIVE_ACCOUNTS, AREA),
        (Act.NAME_TEAM, AREA),
        (Act.SWITCH_ON, AREA),
        (Act.BEGIN_REVIEWS, AREA),
        (Act.LOOK_AFTER_MAIL, AREA),
        (Act.REGISTER_CASES, AREA),
        *ALL_MONEY,
        (Act.RECONCILE_MONEY, AREA),
        (Act.READ_DRAFTS, AREA),
        (Act.WRITE_REPORTS, AREA),
        (Act.ANSWER_COMMENTS, AREA),
    ),
)
AGENCY_ADMINISTRATOR = Role(
    "agency administrator",
    "Agency administrator",
    "Keeps the places of one organisation right: goes through them each quarter, and ends those of whoever leaves.",
    "the specified role of agency administrator",
    _may(
        *TAKES_PART,
        (Act.SEE_ACCESS, AGENCY),
        (Act.END_PLACES, AGENCY),
        (Act.REVIEW_ACCESS, AGENCY),
    ),
)
FINANCE_EDITOR = Role(
    "finance editor",
    "Finance editor",
    "Enters contributions and budget lines, and explains where print and records differ. Reads the boards where they "
    "have a place.",
    "the specified role of finance editor",
    _may(
        *TAKES_PART,
        *ALL_MONEY,
        (Act.ENTER_MONEY, AREA),
        (Act.RECONCILE_MONEY, AREA),
        (Act.READ_DRAFT_MONEY, AREA),
    ),
)
INFORMATION_GOVERNANCE = Role(
    "information governance",
    "Information governance lead",
    "Answers for who can see what: searches the history, begins the reviews of access, and goes through those that no "
    "agency administrator goes through. Reads no content by it.",
    "the specified role of information governance lead",
    _may(
        *TAKES_PART,
        (Act.SEE_ACCESS, AREA),
        (Act.BEGIN_REVIEWS, AREA),
        (Act.REVIEW_ACCESS, UNADMINISTERED),
        (Act.READ_HISTORY, AREA),
        (Act.BREAK_GLASS, AREA),
    ),
)
SYSTEM_ADMINISTRATOR = Role(
    "system administrator",
    "System administrator",
    "Keeps the machine running, and needs no content for it.",
    "the specified role of system administrator",
    _may(*TAKES_PART),
)
PRESENTER = Role(
    "presenter",
    "Presenter of one paper",
    "A guest for one item of an agenda: sees that item, and neither the rest of the meeting nor who is there.",
    "an approved grant for that item",
    _may((Act.READ, OBJECT)),
)
REVIEWER = Role(
    "independent reviewer",
    "Independent reviewer of one case",
    "A guest who writes the review of one case.",
    "an approved grant for that case",
    _may((Act.READ_CASE, OBJECT), (Act.READ_CASE_PEOPLE, OBJECT)),
)
AUDITOR = Role(
    "auditor",
    "Auditor of a year's rapid reviews",
    "The scrutineer while a yearly audit lasts: reads every case whose rapid review was decided in that year, and not "
    "who the people in it are.",
    "a yearly audit that the scrutineer began",
    _may((Act.READ_CASE, OBJECT)),
)
CASE_LEAD = Role(
    "case lead",
    "Case lead",
    "A member of the team who keeps one case: registered it, or was named as the second.",
    "registering the case or being named as its second",
    _may((Act.READ_CASE, OBJECT), (Act.READ_CASE_PEOPLE, OBJECT), (Act.MANAGE_CASE, OBJECT)),
)
LAY_MEMBER = Role(
    "lay member",
    "Lay member",
    "A guest of one board or group, who reads its ordinary business.",
    "an approved grant for that board or group",
    _may((Act.SEE_STRUCTURE, AREA), (Act.TRY_RULES, AREA), (Act.READ, OBJECT)),
)
DEMOCRATIC_SERVICES = Role(
    "democratic services",
    "Council democratic services",
    "Clerks a partnership that is a committee of the council.",
    "an approved grant for that partnership",
    _may(
        (Act.SEE_STRUCTURE, AREA),
        (Act.TRY_RULES, AREA),
        (Act.READ, OBJECT),
        (Act.READ_CONFIDENTIAL, OBJECT),
        (Act.RECORD, OBJECT),
        (Act.PLAN, OBJECT),
    ),
)
EMERGENCY = Role(
    "emergency",
    "Emergency access",
    "For an hour, after two people said so, with everybody told: reads one meeting's confidential part or one case.",
    "a confirmed request for emergency access",
    _may(
        (Act.READ, OBJECT),
        (Act.READ_CONFIDENTIAL, OBJECT),
        (Act.READ_CASE, OBJECT),
        (Act.READ_CASE_PEOPLE, OBJECT),
    ),
)

ROLES: Mapping[str, Role] = MappingProxyType(
    {
        role.key: role
        for role in (
            PUBLIC,
            MEMBER,
            DEPUTY,
            AGENCY_ADMINISTRATOR,
            GROUP_CHAIR,
            VICE_CHAIR,
            PARTNERSHIP_CHAIR,
            PARTNER,
            PANEL_MEMBER,
            SCRUTINEER,
            AUDITOR,
            TEAM,
            FINANCE_EDITOR,
            INFORMATION_GOVERNANCE,
            SYSTEM_ADMINISTRATOR,
            PRESENTER,
            REVIEWER,
            CASE_LEAD,
            LAY_MEMBER,
            DEMOCRATIC_SERVICES,
            EMERGENCY,
        )
    }
)


def names_of(act):
    """The names of the roles that may do ``act`` in the whole area, in the order of the list, as part of a sentence."""
    names = [role.name for role in ROLES.values() if Within.AREA in role.may.get(act, ())]
    return ", ".join(name[:1].lower() + name[1:] for name in names)
