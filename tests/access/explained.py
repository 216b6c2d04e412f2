"""
Changes that let nobody see or do more or less, so that no request can tell them from a whole check; with the reasons.

A hole is named as planting.py names it, without the piece of code that it changes.
"""

from partnerships import roles
from partnerships.roles import Act, Within

ONE_BY_ONE = "Cases are opened one by one, by the grants that name them; nothing asks whether this reaches the area."
BY_AGENCY = "What people do for their organisation is asked by organisation; nothing asks whether it reaches the area."
BY_REVIEW = "Who goes through a review is asked by organisation; and reviews are shown to this role anyway."
EVERY_ACTION = "They see and complete the actions of every organisation anyway."
WHOLE_DRAFTS = "They read the whole of every draft anyway, the parts about money among it."
OF_NO_ORGANISATION = "The scrutineer is independent: they belong to no organisation whose actions these could be."
REACHES_ANYWAY = "It reaches the whole area anyway, and so every board and group in it."
SEES_NOBODY = "By this role nobody's page is there for them, and so nobody whose places they could end."
SEES_NO_MORE = "By this role no other meeting is there for them, and so none of which they could do or read more."
ASKED_BY_THE_LIBRARY = "The library that signs people in asks for an account itself."
FINDS_NO_DRAFT = (
    "What is done with a draft is done with one that one sees, and by this role no draft is there for them."
)
FINDS_NO_YEAR = "Money is entered into a year that one sees, and by this role no year is there for them."
SCRUTINEER_ANYWAY = "Whoever audits is the scrutineer, with whom the grant ends, and the scrutineer may this anyway."
TEAM_ANYWAY = "Whoever keeps a case is in the team, with which the grant ends, and the team may this anyway."


def _of_every_role():
    """Holes of which there is one in each role, or in each of a kind."""
    for role in roles.ROLES.values():
        if role is roles.PUBLIC:  # nobody holds it, and no hole is planted in it
            continue
        yield f"{role.name}: READ_CASE in the whole area", ONE_BY_ONE
        yield f"{role.name}: MANAGE_CASE in the whole area", ONE_BY_ONE
        yield f"{role.name}: READ_CASE_PEOPLE in the whole area", ONE_BY_ONE
        yield f"{role.name}: READ_AGENCY_ACTIONS in the whole area", BY_AGENCY
        if not role.may.keys() & {Act.READ_DRAFTS, Act.READ_DRAFT_MONEY}:
            for act in (Act.WRITE_REPORTS, Act.PUBLISH_REPORTS, Act.COMMENT_REPORTS, Act.ANSWER_COMMENTS):
                yield f"{role.name}: {act.name} in the whole area", FINDS_NO_DRAFT
        if Within.AREA in role.may.get(Act.READ_DRAFTS, ()):
            yield f"{role.name}: READ_DRAFT_MONEY in the whole area", WHOLE_DRAFTS
        if Act.READ_MONEY not in role.may:
            yield f"{role.name}: ENTER_MONEY in the whole area", FINDS_NO_YEAR
        if role.may.keys() & {Act.REVIEW_ACCESS, Act.BEGIN_REVIEWS} or role is roles.CASE_LEAD:
            yield f"{role.name}: REVIEW_ACCESS in the whole area", BY_REVIEW
        for act, within in role.may.items():
            if Within.AREA in within:
                narrower = within - {Within.AREA}
                yield from ((f"{role.name}: {act.name} not within {one.name}", REACHES_ANYWAY) for one in narrower)


def _of_single_roles():
    """Holes that change nothing because of what one role is."""
    yield f"{roles.TEAM.name}: may not READ_AGENCY_ACTIONS", EVERY_ACTION
    yield f"{roles.SCRUTINEER.name}: may not READ_AGENCY_ACTIONS", OF_NO_ORGANISATION
    for act, within in roles.TEAM.may.items():
        if Within.AREA in within:
            yield f"{roles.CASE_LEAD.name}: {act.name} in the whole area", TEAM_ANYWAY
    for act, within in roles.SCRUTINEER.may.items():
        if Within.AREA in within:
            yield f"{roles.AUDITOR.name}: {act.name} in the whole area", SCRUTINEER_ANYWAY
    for role in (roles.CASE_LEAD, roles.AUDITOR):
        yield f"{role.name}: READ_DRAFT_MONEY in the whole area", WHOLE_DRAFTS
    for role in (
        roles.VICE_CHAIR,
        roles.PARTNER,
        roles.SCRUTINEER,
        roles.AUDITOR,
        roles.DEMOCRATIC_SERVICES,
        roles.EMERGENCY,
    ):
        yield f"{role.name}: END_PLACES in the whole area", SEES_NOBODY
        yield f"{role.name}: SWITCH_ON in the whole area", SEES_NOBODY
        yield f"{role.name}: GIVE_ACCOUNTS in the whole area", SEES_NOBODY
    for act in (Act.READ_CONFIDENTIAL, Act.RECORD):
        yield f"{roles.DEMOCRATIC_SERVICES.name}: {act.name} in the whole area", SEES_NO_MORE
    for act in (Act.RECORD, Act.EXCLUDE):
        yield f"{roles.VICE_CHAIR.name}: {act.name} in the whole area", SEES_NO_MORE


FOUND_BEFORE = "What it is asked about was found by a queryset that keeps to the area, and to what is there for them."
ASKED_AGAIN = "Standing.may, which is asked next, asks for the area again."
NO_PERSON = "Whoever has no person finds nothing to ask this about."
REFUSED_EITHER_WAY = "It is refused either way; only the sentence differs."
NOTHING_OF_NOTHING = (
    "What is empty leaves nothing out and adds nothing; asking first whether it is empty saves a query."
)
NAMED_BY_ITEMS = "The audience is named by the items kept from it, and items belong to one meeting."
CLOSED_WAS_OPENED = "Only a meeting that was opened is closed, and that it was opened is asked beside it."
JOB_COMPARES = "The job compares what was asked for with what would be made, and makes nothing where they differ."
NOT_OFFERED = "The form offers nobody and nothing of whom this would be refused."
ASKED_BY_THE_PAGE = "The page asks this before, and does not open."
OF_ITS_GROUP = "The place is looked for among those of the meeting besides, and these are of its group alone."
SAVES_A_QUERY = "What is shown is found for them alone, and for others is nothing; asking before saves a query."
CASES_ALONE = "It is asked of cases alone, and these have leads."
NO_BOARD = "A thing without a board has none to be among those that are reached."
ALWAYS_A_DAY = "What is in force, of which alone this is asked, has a day on which it is looked at."
SAME_AGAIN = "Where all is shown, making it again makes the same."
CASES_HAVE_LEADS = "Nothing but a case has leads, so that the same number of another kind has none."
BY_PERSON = "Of what is found only that of each person is looked at; to ask for theirs alone spares reading the rest."
NONE_THERE = "From what nobody can be excluded from, nobody is."
KEPT_FOR_THE_REQUEST = "What is kept for the rest of a request is what would be found again."
NO_ACCOUNT = "Whoever is not signed in has no account that could be switched on."
SAID_TO_THE_LIBRARY = "That a view is public is said to the library as well, which asks nobody there to sign in."
ALL_OF_ONES_AREA = "Everybody sees all boards and groups of their area, and what is of their area is asked for besides."
READ_BESIDES = "Which of these boards and groups somebody reads is asked of each besides."
ONES_OWN = "They are looked up among one's own, of which one sees all."
IN_ITS_AREA = "An edition has boards of its own area alone, and whoever sees the edition sees all of these."
PUBLIC_ANYWAY = "What is published, of which alone this is asked, is for everybody."
LEFT_OUT_BESIDES = "What would be seen more is all of things that they are kept from, and this is left out besides."
NOT_THERE = "Whoever says who is kept out sees all who are, but themselves; and what they are kept from is not there."
# In what decides about access: the check, and what of it is changed.
_OF_CHECKS = {
    ALL_OF_ONES_AREA: (
        "meetings.frequency.reading._bodies_read_by 0: forgets whom it is for",
        "meetings.queries.boards_to_plan_for 0: forgets whom it is for",
        "meetings.views.calendars._whose 0: forgets whom it is for",
        "partnerships.explaining.pages.choices 1: forgets whom it is for",
    ),
    READ_BESIDES: ("meetings.calendars.panel.calendars 0: forgets whom it is for",),
    ONES_OWN: ("meetings.views.calendars._has_address 0: forgets whom it is for",),
    IN_ITS_AREA: ("partnerships.structure.editions.rows 0: forgets whom it is for",),
    PUBLIC_ANYWAY: (
        "reports.queries.published_reports 0: forgets whom it is for",
        "reports.views.lists.pdf 0: forgets whom it is for",
    ),
    LEFT_OUT_BESIDES: (
        "partnerships.granting.sight._exclusions_from 0: forgets whom it is for",
        "reviews.queries.people.my_parts 0: forgets whom it is for",
    ),
    NOT_THERE: ("partnerships.granting.panel.about 1: forgets whom it is for",),
    FOUND_BEFORE: (
        "partnerships.views.reviews.evidence 0: forgets whom it is for",
        "partnerships.views.reviews.reviews 1: forgets whom it is for",
        "reviews.audit_reading.page 1: forgets whom it is for",
        "finance.access._reaches 0: part 0 left out",
        "finance.access.reads_contributions 0: always True",
        "meetings.access.may_complete 1: always False",
        "meetings.access.may_complete 6: allowed instead",
        "meetings.access.may_read_confidential 1: always False",
        "meetings.access.may_read_confidential 6: allowed instead",
        "meetings.access.may_record 1: always False",
        "meetings.access.may_record 6: allowed instead",
        "partnerships.access.may_change_scenario 4: part 1 left out",
        "partnerships.granting.rules.reaches 1: always False",
        "reviews.models.audits.AuditQuerySet.seen_by 4: area__in left out",
        "reviews.models.audits.AuditedCaseQuerySet.seen_by 1: audit__in left out",
        "partnerships.granting.rules.reaches 4: part 0 left out",
        "partnerships.granting.rules.reaches 5: part 1 left out",
        "partnerships.granting.rules.sees 0: left out",
        "partnerships.granting.rules.sees 1: pk left out",
        "partnerships.granting.rules.may_propose 1: always False",
        "partnerships.granting.rules.may_withdraw 3: always False",
        "partnerships.granting.rules.may_withdraw 6: part 1 left out",
        "partnerships.granting.rules.may_be_second 3: always False",
        "partnerships.granting.rules.may_be_second 10: part 0 left out",
        "partnerships.granting.rules.may_be_second 11: part 1 left out",
        "partnerships.granting.rules.may_end 13: part 1 left out",
        "partnerships.granting.rules.may_end_exclusion 1: always False",
        "partnerships.granting.rules.may_end_exclusion 3: always False",
        "partnerships.granting.rules.may_end_exclusion 6: allowed instead",
        "partnerships.granting.sight.exclusions 7: area left out",
    ),
    ASKED_AGAIN: (
        "partnerships.access.may_change_places 1: always False",
        "partnerships.access.may_change_terms 1: always False",
    ),
    NO_PERSON: (
        "meetings.access.may_record 7: part 0 left out",
        "partnerships.granting.rules.may_be_second 7: part 0 left out",
        "partnerships.granting.rules.may_be_told_why 2: part 0 left out",
        "partnerships.granting.rules.may_decide 4: part 0 left out",
        "partnerships.granting.rules.may_end 1: always False",
        "partnerships.granting.rules.may_withdraw 5: part 0 left out",
        "partnerships.granting.rules.may_end_exclusion 4: part 0 left out",
    ),
    REFUSED_EITHER_WAY: (
        "meetings.access.may_correct 2: part 0 left out",
        "partnerships.granting.rules.may_decide 3: always False",
        "partnerships.granting.rules.may_decide 6: part 0 left out",
        "partnerships.granting.rules.may_decide 7: part 1 left out",
        "partnerships.granting.rules.may_decide 8: part 2 left out",
        "partnerships.granting.rules.may_end_exclusion 7: part 0 left out",
        "reports.access.may_propose 2: part 0 left out",
        "reports.access.may_write 2: part 0 left out",
        "reviews.access.may_change 2: part 0 left out",
        "reviews.access.may_reopen 2: part 0 left out",
    ),
    NOTHING_OF_NOTHING: (
        "partnerships.granting.sight._excluded 0: always True",
        "meetings.models.business.ActionQuerySet.seen_by 0: always True",
        "meetings.models.meeting.AgendaItemQuerySet.seen_by 2: always True",
        "meetings.models.meeting.MeetingQuerySet._within 2: always True",
        "meetings.sight.hidden_by_meeting 0: always True",
        "meetings.sight.sight_of 0: always True",
        "finance.models.ContributionQuerySet.seen_by 6: always True",
    ),
    OF_ITS_GROUP: ("meetings.replying.deputy_links._deputyships 3: seat__body left out",),
    SAVES_A_QUERY: (
        "partnerships.panels.access_reviews 1: always False",
        "partnerships.panels.access_reviews 4: always True",
    ),
    CLOSED_WAS_OPENED: ("meetings.replying.access.may_reply 6: part 1 left out",),
    NAMED_BY_ITEMS: (
        "meetings.minutes.whose 5: left out",
        "meetings.minutes.whose 6: pk left out",
    ),
    NOT_OFFERED: (
        "partnerships.granting.rules.may_be_second 1: always False",
        "partnerships.granting.rules.may_be_second 8: part 1 left out",
        "partnerships.granting.rules.may_be_second 9: allowed instead",
        "partnerships.granting.rules.may_open_in_emergency 5: always False",
        "partnerships.granting.rules.may_open_in_emergency 11: allowed instead",
        "partnerships.granting.rules.may_propose 3: always False",
        "partnerships.granting.rules.may_propose 7: allowed instead",
    ),
    ASKED_BY_THE_PAGE: (
        "partnerships.granting.rules.may_open_in_emergency 1: always False",
        "partnerships.granting.rules.may_propose 5: always False",
        "partnerships.granting.rules.may_propose 8: allowed instead",
        "partnerships.granting.rules.may_take_case 3: always False",
        "partnerships.granting.rules.may_take_case 4: allowed instead",
    ),
    CASES_ALONE: (
        "partnerships.granting.rules.may_take_case 1: always False",
        "partnerships.granting.rules.may_take_case 6: allowed instead",
    ),
    ONE_BY_ONE: ("partnerships.granting.rules.reaches 7: part 0 left out",),
    NO_BOARD: ("partnerships.granting.rules.may_be_second 18: part 0 left out",),
    ALWAYS_A_DAY: ("partnerships.granting.rules.may_review 13: part 0 left out",),
    ASKED_BY_THE_LIBRARY: (
        "account_change_password is public",
        "account_reauthenticate is public",
    ),
    SAID_TO_THE_LIBRARY: ("records.middleware.DeclaredAccessMiddleware.process_view 3: always False",),
    KEPT_FOR_THE_REQUEST: ("partnerships.standing.standing_of 4: always True",),
    NO_ACCOUNT: ("partnerships.standing.standing_of 6: part 0 left out",),
    SAME_AGAIN: ("meetings.record.seen 1: always False",),
    CASES_HAVE_LEADS: ("partnerships.granting.keeping.times_kept 2: subject left out",),
    BY_PERSON: (
        "partnerships.granting.keeping.times_kept 6: person__in left out",
        "partnerships.granting.keeping.times_kept 10: person__in left out",
    ),
    NONE_THERE: ("partnerships.granting.sight._exclusions_from 1: always False",),
    JOB_COMPARES: ("meetings.minutes.part 0: part 0 left out",),
}
EXPLAINED: dict[str, str] = {
    **dict(_of_every_role()),
    **dict(_of_single_roles()),
    **{hole: reason for reason, holes in _OF_CHECKS.items() for hole in holes},
}


# Of what keeps the history and sends the mail (planting.KEEPING_AND_SENDING): pieces whose change no test tells of.
_OF_KEEPING_AND_SENDING = {
    "The database lets no signature stand twice; the check is for one whose index was taken away.": (
        "records.history.checking._gone 3: always False",
        "records.history.checking._gone 9: nothing instead",
        "records.history.checking._gone 17: 2",
        "records.history.checking._gone 18: left out",
        "records.history.checking._gone 19: signature left out",
    ),
    "It is read or done in larger or smaller portions.": (
        "records.history.checking._chain 17: without chunk_size",
        "records.history.checking._tail 0: without chunk_size",
        "records.history.sealing.seal 0: 10001",
        "records.outbox.sweep 16: 501",
    ),
    "What follows decides the same.": (
        "records.history.denials.asked 2: part 0 left out",
        "records.history.signing.is_signed 3: part 0 left out",
        "records.history.signing.is_signed 5: GtE",
        "records.outbox._in_words 9: part 0 left out",
        "records.outbox.pause_after 5: 11",
    ),
    "A new event has no id, and is put in either way.": ("records.history.writing.write 3: without force_insert",),
    "Only what is being sent has a lease.": (
        "records.outbox._claim 7: without state",
        "records.outbox.sweep 2: without state",
    ),
    "Sending opens a connection where none is open; opened before, the lease begins when the server answers.": (
        "records.outbox._mail 9: without connection",
        "records.outbox.deliver 8: not done",
    ),
    "Two who seal at the same moment are needed; the second's answer is a number that nobody keeps.": (
        "records.history.sealing.seal 2: 1",
    ),
}
UNNOTICED: dict[str, str] = {piece: reason for reason, pieces in _OF_KEEPING_AND_SENDING.items() for piece in pieces}
