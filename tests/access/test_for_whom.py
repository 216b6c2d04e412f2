"""
Look-ups asked directly, each for somebody who may see nothing of what there is: it finds nothing.

Most ask for a stranger, who is of the team, edits money and governs information in an area where there is nothing, so
that only the look-up itself keeps the rest from them; some for an outsider, who belongs to the area and has no part.
"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Exists, QuerySet
from django.http import Http404, QueryDict
from django.test import Client
from django.utils import timezone

from finance import queries as money
from finance.models import Contribution
from finance.views import acting as money_views
from finance.views import reconciling
from meetings import item_page, minutes, queries, workbench
from meetings import leaving as leaving_meetings
from meetings import story as meetings_story
from meetings.calendars import feed, invitation, panel
from meetings.frequency import reading as frequency
from meetings.live import forms as live_forms
from meetings.models import Decision, Reply
from meetings.replying import links
from meetings.representation import reading as representation
from meetings.views import minutes as minutes_views
from mktogether.lib.verdict import Refusal
from partnerships import filters
from partnerships import queries as boards
from partnerships.explaining import pages as explaining
from partnerships.explaining.holdings import GRANTED
from partnerships.granting import forms as granting_forms
from partnerships.granting import home as granting_home
from partnerships.granting import panel as granting_panel
from partnerships.granting import rules as granting
from partnerships.granting import subjects
from partnerships.joining import notices
from partnerships.leaving import changes
from partnerships.models import Grant, Person
from partnerships.reviewing import reading as reviewing
from partnerships.reviewing import rules as review_rules
from partnerships.standing import GRANT
from partnerships.story import kinds, searching
from partnerships.structure import editions, partners
from partnerships.views import workbench as workbench_views
from partnerships.workbench import starting
from records import jobs
from records.models import Area, Event, Job, OutboxMessage, StoredFile, User
from records.reminders import failures
from reports import pictures
from reports import queries as reports
from reports import story as reports_story
from reports.models import PrivateNote
from reviews import audit_reading, panel_reading, referral_reading
from reviews import panels as cases_panels
from reviews.actions import auditing, referring
from reviews.models import AuditedCase, DecisionCorrection
from reviews.queries import panels as sittings
from reviews.queries import referrals
from tests import factories as make
from tests.access import world as worlds
from tests.factories import reports as make_reports

pytestmark = pytest.mark.django_db
AGES = dt.timedelta(days=400)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield _with_more(worlds.build())
        transaction.set_rollback(True)


def _with_more(world):
    """The world of the walk, with what the look-ups find there that it has not, and with those who ask."""
    area = make.AnotherAreaFactory()
    person = make.PersonFactory(area=area, with_account=True)
    for kind in ("team", "finance editor", "information governance"):
        make.OfficeFactory(person=person, kind=kind)
    world.strange_colleague = make.PersonFactory(area=area, with_account=True)
    world.stranger, world.outsider = person.user, make.PersonFactory(with_account=True).user
    world.member, world.chair = (world.people[role].person for role in ("member", "chair"))
    make.MeetingFactory(body=world.review, presiding=world.chair)
    make.MeetingFactory(body=world.review, over=True)
    world.sitting = make.MeetingFactory(body=world.panel)
    world.recommendation = make.DecisionFactory(item__meeting__body=world.review, recommendation=True)
    make.ReplyFactory(meeting=world.planned)
    make.JobFactory(kind=minutes.WITH_CONFIDENTIAL, target_id=world.closed.pk, asked_by=world.clerk, failed=True)
    make.StoredFileFactory()
    make.JobFactory()
    make.LineFactory(body=world.review, to_body=world.partnership)
    make.DecisionCorrectionFactory()
    make_reports.LastReadFactory(section=world.draft_section, number=1)
    make_reports.PrivateNoteFactory(section=world.draft_section, by=world.stranger)
    for target in (world.draft_section, world.private_note):
        make.EventFactory(target=target._meta.label, target_id=target.pk, area=world.review.area)
    make.AuditedCaseFactory(case=world.case)
    return world


def _page(at, address):
    client = Client()
    client.force_login(at.stranger)
    return client.get(address).content.decode()


def _leaver(person, board=None):
    boards = [SimpleNamespace(id=board.pk, could_after=True)] if board else []
    return SimpleNamespace(person=person, at=timezone.now(), whole=True, boards=boards, successor=None)


def _told_of_team(at):
    """Whether the mail to the stranger leads them to the page of somebody new in the team."""
    office = at.clerk.person.offices.get()
    notices._tell(at.stranger.person, office)
    mail = OutboxMessage.objects.get(key=f"team:{office.pk}:{at.stranger.person.pk}")
    return office.person.get_absolute_url() in mail.text


def _granted(holdings):
    return [held for held in holdings if held.kind == GRANTED]


def _not_secret(model, secret):
    """Rows of which the history tells although they are hidden there from whom ``secret`` is for."""
    return model.objects.regardless("asked what is left").exclude(secret)


# What is looked up, by the place where that is.
FINDS = {
    "finance.queries.years 0": lambda at: money.years(at.stranger),
    "finance.queries._by_year 0": lambda at: money._by_year([at.money.pk], at.stranger),
    "finance.views.acting.record_of 0": lambda at: money_views.record_of(
        at.money, Contribution, at.own_paid.pk, at.stranger
    ),
    "finance.views.reconciling._printed 0": lambda at: reconciling._printed(
        SimpleNamespace(user=at.stranger), at.money, "contributions"
    ),
    "meetings.calendars.feed._meetings 0": lambda at: feed._meetings(at.stranger, None, at.now),
    "meetings.calendars.invitation._has_part 0": lambda at: invitation._has_part(at.planned, at.stranger.person),
    "meetings.calendars.panel.calendars 1": lambda at: [
        row for row in panel.calendars(at.stranger, at.now).content["rows"] if row["end_href"]
    ],
    "meetings.frequency.reading._meetings_read_by 0": lambda at: frequency._meetings_read_by(at.stranger),
    "meetings.item_page.page 0": lambda at: item_page.page(at.item, at.stranger, at.now)["meeting_href"],
    "meetings.leaving.meetings_ahead 0": lambda at: leaving_meetings.meetings_ahead(
        at.stranger, _leaver(at.member, at.review)
    ),
    "meetings.leaving.to_preside_at 0": lambda at: leaving_meetings.to_preside_at(at.stranger, _leaver(at.chair)),
    "meetings.leaving.open_actions 0": lambda at: leaving_meetings.open_actions(at.stranger, _leaver(at.chair)),
    "meetings.leaving.hand_over_actions 0": lambda at: leaving_meetings.hand_over_actions(
        at.chair, at.member, at=at.now, by=at.stranger
    ),
    "meetings.leaving.actions_left 0": lambda at: leaving_meetings.actions_left(at.chair, by=at.stranger),
    "meetings.leaving.name_nobody_to_preside 0": lambda at: leaving_meetings.name_nobody_to_preside(
        at.chair, at=at.now, by=at.stranger
    ),
    "meetings.live.forms.to_ratify_at 0": lambda at: live_forms.to_ratify_at(at.planned, at.stranger),
    "meetings.minutes.make 0": lambda at: minutes.make(
        make.JobFactory.build(kind=minutes.OPEN_PART, target_id=at.closed.pk, asked_by=at.stranger), lambda *_: None
    ),
    "meetings.models.business.DecisionQuerySet.seen_by 0": lambda at: Decision.objects.visible_to(at.stranger),
    "meetings.models.meeting.PartOfAMeeting.seen_by 0": lambda at: Reply.objects.visible_to(at.stranger),
    "meetings.queries.choices_for_meetings 0": lambda at: queries.choices_for_meetings(at.stranger),
    "meetings.queries.boards_with_actions 0": lambda at: queries.boards_with_actions(at.stranger),
    "meetings.queries.coming_for 0": lambda at: queries.coming_for(at.stranger, at.now, within=AGES),
    "meetings.queries.next_of 0": lambda at: queries.next_of([at.review.pk], at.stranger, at.now),
    "meetings.queries.not_closed 0": lambda at: queries.not_closed(at.stranger, at.now),
    "meetings.queries.recently_closed 0": lambda at: queries.recently_closed(at.stranger),
    "meetings.queries.overdue_by_partner 0": lambda at: queries.overdue_by_partner(at.stranger, at.today.day + AGES),
    "meetings.queries.last_year_held 0": lambda at: queries.last_year_held(at.stranger, at.review),
    "meetings.queries.years_of_board 0": lambda at: queries.years_of_board(
        at.stranger, at.review, representation.years_held(at.clerk)
    ),
    "meetings.replying.links.may_speak 0": lambda at: links.may_speak(
        at.stranger.person, at.planned, links._address_digest(at.stranger.email)
    ),
    "meetings.representation.reading.years_held 0": lambda at: representation.years_held(at.stranger, at.review),
    "meetings.representation.reading._within 0": lambda at: representation._within(
        at.stranger, at.today.day - AGES, at.today.day + AGES
    ),
    "meetings.story._of_items 0": lambda at: Event.objects.filter(meetings_story._of_items(at.stranger, at.in_session)),
    "meetings.views.meetings.meetings 0": lambda at: str(at.planned.public_id) in _page(at, "/meetings/"),
    "meetings.views.minutes._latest_jobs 0": lambda at: minutes_views._latest_jobs(at.stranger, at.closed),
    "meetings.workbench.meetings_from 0": lambda at: workbench.meetings_from(at.stranger, at.review, at.today.day),
    "meetings.workbench.taken_over 0": lambda at: workbench.taken_over(at.stranger, at.closed.public_id),
    "partnerships.explaining.pages.choices 0": lambda at: explaining.choices(at.stranger, [at.review.area_id], {}),
    "partnerships.explaining.pages._held 0": lambda at: _granted(
        explaining._held([at.people["lay member"].person.pk], at.stranger)
    ),
    "partnerships.explaining.pages.told_of 0": lambda at: explaining.told_of(at.stranger).filter(
        area=at.review.area_id
    ),
    "partnerships.filters._holders 0": lambda at: Person.objects.filter(
        Exists(filters._holders(f"{GRANT}{Grant.Kind.PANEL_MEMBER}", at.stranger, at.now))
    ),
    "partnerships.granting.forms._to_open 0": lambda at: list(granting_forms._to_open(at.stranger)),
    "partnerships.granting.home.to_review 0": lambda at: granting_home.to_review(at.stranger, at.now),
    "partnerships.granting.panel.about 0": lambda at: granting_panel.about(at.review, at.stranger, at.now)["let_in"],
    "partnerships.granting.rules.sees 0": lambda at: granting.sees(at.stranger, at.item),
    "partnerships.granting.subjects.found 0": lambda at: subjects.found(at.stranger, at.item._meta.label, at.item.pk),
    "partnerships.granting.subjects.Subject.find 0": lambda at: subjects.of(at.item).find(
        at.stranger, str(at.item.public_id)
    ),
    "partnerships.joining.notices._tell 0": _told_of_team,
    "partnerships.leaving.changes.if_they_left 0": lambda at: _granted(
        changes.if_they_left(at.people["lay member"].person, at.now, user=at.stranger).ending
    ),
    "partnerships.queries._boards 0": lambda at: boards._boards(at.stranger, at.today),
    "partnerships.queries.failed_work 0": lambda at: boards.failed_work(at.people["other group"], at.now),
    "partnerships.reviewing.reading.waiting_for 0": lambda at: reviewing.waiting_for(at.stranger),
    "partnerships.reviewing.rules.may_answer 0": lambda at: review_rules.may_answer(at.stranger, at.independent_review),
    "partnerships.story.kinds._of_subject 0": lambda at: kinds.of(at.case._meta.label).visible(at.stranger),
    "partnerships.story.kinds._of_subject 1": lambda at: _not_secret(
        type(at.case), kinds.of(at.case._meta.label).secret(at.stranger, "pk")
    ),
    "partnerships.story.kinds._secret_file 0": lambda at: _not_secret(
        StoredFile, kinds._secret_file(at.stranger, "pk")
    ).filter(kind="test"),
    "partnerships.story.kinds._secret_job 0": lambda at: _not_secret(Job, kinds._secret_job(at.stranger, "pk")).filter(
        kind="test"
    ),
    "partnerships.story.searching._boards 0": lambda at: searching._boards(at.stranger),
    "partnerships.structure.editions.seen_by 0": lambda at: editions.seen_by(at.stranger),
    "partnerships.structure.editions._lines 0": lambda at: editions._lines([at.review], at.today.day, at.stranger),
    "partnerships.structure.partners._bodies 0": lambda at: partners._bodies(at.stranger, at.today),
    "partnerships.views.grants.grants 0": lambda at: at.lay.get_absolute_url() in _page(at, "/access/grants/"),
    "partnerships.views.leaving.leave 0": lambda at: (
        f'value="{at.nobody.pk}"' in _page(at, f"{at.strange_colleague.get_absolute_url()}leave/")
    ),
    "partnerships.views.reviews.reviews 0": lambda at: "2024" in _page(at, "/access/reviews/"),
    "partnerships.views.reviews.evidence_of_quarter 0": lambda at: (
        at.line.person.post in _page(at, "/access/reviews/2024-3/evidence.csv")
    ),
    "partnerships.views.workbench._bodies 0": lambda at: workbench_views._bodies(at.stranger),
    "partnerships.workbench.starting._body 0": lambda at: starting._body(at.stranger, "", at.closed),
    "partnerships.workbench.starting._terms 0": lambda at: starting._terms(at.stranger, "review/2024-04-01"),
    "partnerships.workbench.starting.editions 0": lambda at: starting.editions(at.stranger),
    "records.jobs.may_follow 0": lambda at: jobs.may_follow(at.stranger, at.job),
    "records.reminders.failures._missed 0": lambda at: failures._missed(at.stranger, at.now),
    "records.reminders.failures.remind_again 0": lambda at: [failures.remind_again(at.member.pk, by=at.stranger)],
    "reports.models.comments.OwnQuerySet.seen_by 0": lambda at: PrivateNote.objects.visible_to(at.stranger),
    "reports.pictures.whose 0": lambda at: StoredFile.objects.regardless("asked what is left").filter(
        pictures.whose(at.stranger), pk=at.draft_picture.file_id
    ),
    "reports.queries.reports_in_making 0": lambda at: reports.reports_in_making(at.stranger),
    "reports.queries.reports_proposed 0": lambda at: reports.reports_proposed(at.stranger),
    "reports.queries.reports_followed 0": lambda at: [
        report.said for report in reports.reports_followed(at.people["finance editor"]) if report.said
    ],
    "reports.queries.reports_followed 1": lambda at: [
        report.changed for report in reports.reports_followed(at.clerk) if report.changed
    ],
    "reports.queries.reports_followed 2": lambda at: reports.reports_followed(at.stranger),
    "reports.queries.sections_in_making 0": lambda at: reports.sections_in_making(at.stranger, at.draft_report),
    "reports.queries.sections_in_order 0": lambda at: reports.sections_in_order(at.stranger, at.draft_report),
    "reports.queries.comments_in_making 0": lambda at: reports.comments_in_making(at.stranger, at.draft_report),
    "reports.queries.last_read 0": lambda at: reports.last_read(at.stranger, at.draft_section),
    "reports.queries.version 0": lambda at: reports.version(at.stranger, at.draft_section, 1),
    "reports.queries.versions_of 0": lambda at: reports.versions_of(at.stranger, at.draft_section),
    "reports.queries.texts_for 0": lambda at: reports.texts_for(at.stranger, at.draft_report),
    "reports.queries.counts_of 0": lambda at: reports.counts_of(at.stranger, at.draft_report),
    "reports.story._of_sections 0": lambda at: Event.objects.filter(
        reports_story._of_sections(at.stranger, at.draft_report)
    ),
    "reports.story._not_own 0": lambda at: _not_secret(PrivateNote, reports_story._not_own(at.outsider, "pk")),
    "reports.views.reading.reading 0": lambda at: "/making/" in _page(at, at.published_report.get_absolute_url()),
    "reviews.actions.auditing.end_audit 0": lambda at: auditing.end_audit(at.audit, by=at.stranger),
    "reviews.actions.referring._to_decide 0": lambda at: referring._to_decide(at.referral, at.stranger),
    "reviews.audit_reading.audits 0": lambda at: audit_reading.audits(at.stranger, at.now),
    "reviews.audit_reading.page 0": lambda at: audit_reading.page(at.audit, at.stranger, at.now)["cases"],
    "reviews.models.audits.AuditedCaseQuerySet.seen_by 0": lambda at: AuditedCase.objects.visible_to(
        at.people["case lead"]
    ),
    "reviews.models.panels.CorrectionQuerySet.seen_by 0": lambda at: DecisionCorrection.objects.visible_to(at.stranger),
    "reviews.panel_reading._sitting 0": lambda at: panel_reading._sitting(
        SimpleNamespace(sitting_id=at.sitting.pk), at.stranger
    )["href"],
    "reviews.panels.referring 0": lambda at: cases_panels.referring(at.stranger, at.now).content["waiting"],
    "reviews.queries.panels.sittings_for 0": lambda at: sittings.sittings_for(at.stranger),
    "reviews.queries.referrals.waiting_near 0": lambda at: referrals.waiting_near(at.outsider, at.referral.known_on),
    "reviews.queries.referrals.compared_with 0": lambda at: referrals.compared_with(at.stranger, at.referral.known_on),
    "reviews.referral_reading.listed 0": lambda at: referral_reading.listed(at.stranger, QueryDict())["rows"],
}


def _nothing(found):
    """Whether nothing was found: no row, no word, a refusal, or nothing in any part of what there is."""
    if isinstance(found, QuerySet):
        return not found.exists()
    if isinstance(found, dict):
        return all(map(_nothing, found.values()))
    return all(map(_nothing, found)) if isinstance(found, tuple) else not found


@pytest.mark.parametrize("place", FINDS)
def test_whoever_may_see_nothing_finds_nothing(world, db, place):
    afresh = {name: User.objects.get(pk=getattr(world, name).pk) for name in ("stranger", "outsider", "clerk")}
    days = {"now": timezone.now(), "today": SimpleNamespace(is_today=True, day=timezone.localdate())}
    try:
        found = FINDS[place](SimpleNamespace(**{**vars(world), **afresh, **days}))
    except (Http404, ObjectDoesNotExist, Refusal):
        return
    assert _nothing(found)


@pytest.mark.parametrize("label", [label for label, kind in kinds.KINDS.items() if kind.visible is not None])
def test_the_history_names_nothing_of_another_area(world, db, label):
    """But for what the stranger belongs to, and what is published for everybody."""
    stranger = User.objects.get(pk=world.stranger.pk)
    kind, area = kinds.of(label), stranger.person.area_id
    own = {Person: Person.objects.filter(area=area), User: User.objects.filter(person__area=area), Area: [area]}
    own[StoredFile] = [world.published_picture.file_id]
    assert not kind.visible(stranger).exclude(pk__in=own.get(kind.model, [])).exists()
