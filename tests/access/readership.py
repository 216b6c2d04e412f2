"""
Which audience (see audiences.py) the texts of each row of the world of the walk have, by object and relation.

Told apart from the code, like the audiences. A row of a model that stands in no rule below has no audience, which fails
the tests: whoever adds a model says here who reads it.
"""

import contextlib
from functools import cache

from django.db.models import Q

from partnerships.models import Agency, Appointment, Body, Grant, NamedDeputy, Person
from tests.access.audiences import PUBLISHED, READ_OWN_MONEY


class Readers:
    """Says of a text of a row who may read it: its audience by name, and those to whom it belongs."""

    def __init__(self, world):
        self.world = world
        self.roles = {user.pk: role for role, user in world.people.items() if user is not None}
        self.bodies = {
            world.partnership.pk: "the partnership",
            world.review.pk: "the review group",
            world.other.pk: "the other group",
            world.reporting.pk: "the group that reports",
            world.panel.pk: "the panel",
            world.holders.pk: "the office-holders",
            world.second_partnership.pk: "the second partnership",
            world.shared_body.pk: "the shared board",
            world.elsewhere.pk: "the other area",
            world.past.pk: "a board of the past",
        }
        self.administered = world.people["agency administrator"].person.agency_id

    def of(self, row, field, item=None):
        """
        (name of the audience, the roles to whom it belongs besides) for the text ``field`` of ``row``.

        ``item`` is the agenda item within a record that the text stands under. Raises LookupError where nothing says
        who may read it.
        """
        rule = RULES.get(row._meta.label)
        found = rule(self, row, field) if rule else None
        if item is not None:
            found = self.of_item(item)
        if found is None:
            raise LookupError(f"Nobody said who may read {field} of {row._meta.label} {row.pk}: see readership.py.")
        name, *owners = (found,) if isinstance(found, str) else found
        return name, frozenset(role for role in owners if role)

    # --- Relations ---

    def account(self, user_id):
        """The role of whoever has this account, if it is one of the walk."""
        return self.roles.get(user_id)

    def person(self, person):
        """The role of this person, if it is one of the walk."""
        return self.account(person.user_id) if person is not None else None

    @cache  # noqa: B019 - as long as the world, which nobody changes while it is asked
    def of_agency(self, agency_id):
        """The roles of those who belong to this organisation."""
        return tuple(self._of_agency(agency_id))

    def _of_agency(self, agency_id):
        people = ((role, user) for role, user in self.world.people.items() if user is not None)
        for role, user in people:
            with contextlib.suppress(type(user).person.RelatedObjectDoesNotExist):
                if agency_id is not None and user.person.agency_id == agency_id:
                    yield role

    def administrator_of(self, agency_id):
        return "agency administrator" if agency_id == self.administered else None

    @cache  # noqa: B019
    def let_in_by(self, row):
        """The roles of those whom somebody of this name let in, or was asked to: they are told by whom."""
        return tuple(self._let_in_by(row))

    def _let_in_by(self, row):
        by = {"proposed_by__agency": row, "second__agency": row}
        if isinstance(row, Person):
            by = {"proposed_by": row, "second": row}
        for grant in Grant._base_manager.filter(Q(*by.items(), _connector=Q.OR)).select_related("person"):
            yield self.person(grant.person)

    @cache  # noqa: B019
    def held_a_place_of(self, agency):
        """The roles of those who ever had, or stood in for, a place of this organisation: their own page says which."""
        return tuple(self._held_a_place_of(agency))

    def _held_a_place_of(self, agency):
        for model in (Appointment, NamedDeputy) if isinstance(agency, Agency) else ():
            for part in model._base_manager.filter(seat__agency=agency):
                yield self.person(part.person)

    # --- Business ---

    def of_meeting(self, meeting):
        if meeting.pk == self.world.closed.pk:
            return "the closed meeting of the review group"
        return f"a meeting of {self.bodies[meeting.body_id]}"

    def of_item(self, item):
        if not item.confidential:
            if item.meeting_id == self.world.closed.pk:
                return "an item of the closed meeting"
            if item.meeting_id == self.world.planned.pk:
                return "an item of a coming meeting"
            body = self.bodies[item.meeting.body_id]
            return "an item of the review group" if body == "the review group" else f"a meeting of {body}"
        if item.meeting_id == self.world.in_session.pk:
            return "a confidential item in session"
        if item.meeting_id == self.world.closed.pk:
            return "a confidential item of the closed meeting"
        body = self.bodies[item.meeting.body_id]
        return "a confidential item of " + ("an earlier meeting" if body == "the review group" else body)

    def of_minutes(self, row):
        """Files and work hold the items as well, so they are not for whoever is kept from those."""
        from meetings.models import AgendaItem

        items = AgendaItem._base_manager.filter(meeting=row.target_id)
        return self.of_item(items.get(confidential=row.kind == "minutes-confidential"))

    def of_action(self, action):
        """What is agreed is read where it was agreed, by who does it, and unless confidential by their organisation."""
        name = self.of_item(action.item) if action.item_id else f"a meeting of {self.bodies[action.body_id]}"
        theirs = () if action.item_id and action.item.confidential else self.of_agency(action.agency_id)
        return name, self.person(action.owner), *theirs

    # --- Mail ---

    def of_mail(self, message, field):
        """What came back is seen by the team, without what it said; what was sent is its reader's own."""
        if message.state == "failed" and field == "failure" and message.area_id is not None:
            here = message.area_id == self.world.review.area_id
            return "that a mail did not go out" if here else "that a mail of the other area did not go out"
        if message.state == "sent":
            readers = (
                role for role, user in self.world.people.items() if user is not None and user.email == message.to
            )
            return "somebody's own", *readers
        return "nobody, not on any page"

    # --- Yearly reports ---

    def of_report(self, report):
        return "a published report" if report.state == "published" else "that there is a draft of a report"

    def of_section(self, section):
        """A text as it is printed; of a draft the finance editor reads the parts about money."""
        return "a published report" if section.report.state == "published" else self.of_making(section)

    def of_making(self, section):
        """Versions and what is said of them stay with those who made the report."""
        about_money = section.kind in {"contributions", "budget"}
        return "a part about money of a draft" if about_money else "a draft of a report"

    def of_file(self, row):
        """Files and work belong to minutes, to a picture of a report, or to a build of one."""
        if row.kind in {"report-picture", "annual-report"}:
            from reports.models import Report

            report = Report._base_manager.get(pk=row.target_id)
            is_draft = row.kind == "annual-report" and report.file_id != row.pk
            return "a draft of a report" if is_draft else self.of_report(report)
        return self.of_minutes(row)

    # --- Access ---

    def of_case(self, case):
        if case.pk in {self.world.case.pk, self.world.closed_case.pk}:
            return "a case"
        if case.area_id == self.world.elsewhere.area_id:
            return "a case of the other area"
        return "another case"

    def of_part(self, row):
        """Whatever belongs to a case is read by those on it."""
        return self.of_case(row.case)

    def of_person_in(self, row):
        name = self.of_part(row)
        return "who the people in a case are" if name == "a case" else name

    def of_referral(self, referral, field):
        sender = self.account(referral.referred_by_id) if field in {"happened", "public_id"} else None
        became = referral.case_id is not None
        return "a referral that became a case" if became else "a referral", sender

    def of_grant(self, grant, field):
        if grant.subject == "reviews.Case":
            from reviews.models import Case

            name = self.of_case(Case._base_manager.get(pk=grant.subject_id))
            on_it = grant.starts_at is not None and not field.endswith("because")
            if name == "a case" and not on_it:
                return "what keeping a case is about"
            if name == "a case" and field == "public_id":
                return "that there is a grant about a case", self.person(grant.person)
            return (name, self.person(grant.person)) if field == "public_id" else name
        body = self.bodies.get(self.body_of_subject(grant))
        apart = {"the review group", "the partnership"}
        name = f"a grant about {body}" if body in apart else "a grant about another thing"
        own = self.person(grant.person) if grant.starts_at is not None else None
        asked = self.person(grant.proposed_by), self.person(grant.second)
        return name, own, *asked, self.administrator_of(grant.person.agency_id)

    def body_of_subject(self, row):
        from meetings.models import AgendaItem, Meeting

        if row.subject == Body._meta.label:
            return row.subject_id
        if row.subject == AgendaItem._meta.label:
            return AgendaItem._base_manager.get(pk=row.subject_id).meeting.body_id
        if row.subject == Meeting._meta.label:
            return Meeting._base_manager.get(pk=row.subject_id).body_id
        return None

    def of_exclusion(self, exclusion):
        if exclusion.subject == "reviews.Case":
            return "what keeping a case is about"
        if exclusion.subject == "reviews.Referral":
            return "nobody, not on any page"
        return "an exclusion from an item"

    def of_scenario(self, scenario):
        owner = self.account(scenario.created_by_id)
        if scenario.shared_at is None:
            return "a scenario of a member", owner
        return f"a scenario of {self.bodies[scenario.body_id]}", owner

    def of_earlier_value(self, value):
        """What was there before is read by whoever reads the thing, or the item under which it stood."""
        from django.apps import apps

        event = value.event
        label, pk = (event.within, event.within_id) if event.within else (event.target, event.target_id)
        if label == "finance.FinancialYear":  # of a year fewer read the records than the totals
            label, pk = event.target, event.target_id
        thing = apps.get_model(label)._base_manager.get(pk=pk)
        return RULES[label](self, thing, value.field)

    def of_contribution(self, contribution):
        own = set(self.of_agency(contribution.agency_id)) & READ_OWN_MONEY
        return "what a partner paid", *own

    def of_edition(self, edition, field):
        """Everybody reads which edition it is and where its document is found, once that is published."""
        published = edition.pk == self.world.published_edition.pk and field in {"name", "source"}
        return PUBLISHED if published else "the structure"

    def of_terms(self, terms, field):
        """Of what a board is to do, the purpose is published with the edition."""
        published = terms.arrangement_id == self.world.published_edition.pk and field == "purpose"
        return PUBLISHED if published else self.of_body(terms.body_id)

    def of_body(self, body_id, field=""):
        body = self.bodies[body_id]
        if body == "a board of the past" and field in {"name", "title"}:  # its own, and those of its places
            return PUBLISHED
        if body == "the review group" and field in {"name", "short_name"}:
            return "the name of the review group"
        apart = {"the review group", "the other area", "the shared board"}
        return f"the structure of {body}" if body in apart else "the structure"

    def of_name(self, row, *own):
        """Names of organisations and posts stand wherever somebody is named; outside the area nowhere."""
        if isinstance(row, Agency) and row.seats.filter(body=self.world.past).exists():
            return PUBLISHED
        other = row.area_id == self.world.elsewhere.area_id
        own = {*own, *self.let_in_by(row), *self.held_a_place_of(row)}
        if not other and row.area_id != self.world.review.area_id:
            return "nobody, not on any page"
        if isinstance(row, Person) and row.offices.filter(kind="team", ends_at=None).exists() and not other:
            return "a name of one of the team", *own
        return "a name of the other area" if other else "a name of the area", *own

    def of_what_ended(self, row):
        if row.person.area_id == self.world.elsewhere.area_id:
            return "a name of the other area"
        return "what ended", self.person(row.person), self.administrator_of(row.person.agency_id)


RULES = {
    "usersessions.UserSession": lambda who, row, field: ("somebody's own", who.account(row.user_id)),
    "records.User": lambda who, row, field: ("somebody's own", who.account(row.pk)),
    "records.EarlierValue": lambda who, row, field: who.of_earlier_value(row),
    "records.StoredFile": lambda who, row, field: who.of_file(row),
    "records.Job": lambda who, row, field: who.of_file(row),
    "records.OutboxMessage": lambda who, row, field: who.of_mail(row, field),
    "partnerships.Agency": lambda who, row, field: who.of_name(row, *who.of_agency(row.pk)),
    "partnerships.Body": lambda who, row, field: who.of_body(row.pk, field),
    "partnerships.Arrangement": lambda who, row, field: who.of_edition(row, field),
    "partnerships.TermsOfReference": lambda who, row, field: who.of_terms(row, field),
    "partnerships.Seat": lambda who, row, field: who.of_body(row.body_id, "title" if field == "title" else ""),
    "partnerships.Person": lambda who, row, field: who.of_name(row, who.person(row)),
    "partnerships.Appointment": lambda who, row, field: who.of_what_ended(row),
    "partnerships.NamedDeputy": lambda who, row, field: who.of_what_ended(row),
    "partnerships.Chairing": lambda who, row, field: who.of_what_ended(row),
    "partnerships.Office": lambda who, row, field: who.of_what_ended(row),
    "partnerships.Grant": lambda who, row, field: who.of_grant(row, field),
    "partnerships.Exclusion": lambda who, row, field: who.of_exclusion(row),
    "partnerships.AccessReview": lambda who, row, field: (
        "a review of access",
        who.administrator_of(row.agency_id),
    ),
    "partnerships.AccessReviewLine": lambda who, row, field: (
        "a review of access",
        who.administrator_of(row.review.agency_id),
    ),
    "partnerships.Scenario": lambda who, row, field: who.of_scenario(row),
    "meetings.Meeting": lambda who, row, field: who.of_meeting(row),
    "meetings.MeetingRecord": lambda who, row, field: who.of_meeting(row.meeting),
    "meetings.Correction": lambda who, row, field: who.of_meeting(row.meeting),
    "meetings.Reply": lambda who, row, field: who.of_meeting(row.meeting),
    "meetings.Attendance": lambda who, row, field: who.of_meeting(row.meeting),
    "meetings.VerdictChange": lambda who, row, field: who.of_meeting(row.meeting),
    "meetings.AgendaItem": lambda who, row, field: who.of_item(row),
    "meetings.Decision": lambda who, row, field: who.of_item(row.item),
    "meetings.Action": lambda who, row, field: who.of_action(row),
    "reviews.Case": lambda who, row, field: who.of_case(row),
    "reviews.CaseDeadline": lambda who, row, field: who.of_part(row),
    "reviews.CaseHold": lambda who, row, field: who.of_part(row),
    "reviews.Audit": lambda who, row, field: ("somebody's own", who.person(row.person)),
    "reviews.CasePerson": lambda who, row, field: who.of_person_in(row),
    "reviews.PanelDecision": lambda who, row, field: who.of_part(row),
    "reviews.DecisionCorrection": lambda who, row, field: who.of_part(row.decision),
    "reviews.Referral": lambda who, row, field: who.of_referral(row, field),
    "reports.Report": lambda who, row, field: who.of_report(row),
    "reports.Section": lambda who, row, field: who.of_section(row),
    "reports.Version": lambda who, row, field: who.of_making(row.section),
    "reports.Comment": lambda who, row, field: who.of_making(row.section),
    "reports.Answer": lambda who, row, field: who.of_making(row.comment.section),
    "reports.PrivateNote": lambda who, row, field: ("somebody's own", who.account(row.by_id)),
    "reports.Image": lambda who, row, field: who.of_report(row.report),
    "reviews.YearCount": lambda who, row, field: "the structure",  # published numbers
    "finance.Contribution": lambda who, row, field: who.of_contribution(row),
    "finance.BudgetLine": lambda who, row, field: "the budget",
    "finance.PublishedFigure": lambda who, row, field: "the budget",
    "finance.Explanation": lambda who, row, field: "the budget",
}
