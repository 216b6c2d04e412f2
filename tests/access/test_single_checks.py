"""Single checks, asked directly: what the world of the walk has nothing to show."""

import datetime as dt
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.test import RequestFactory
from django.utils import timezone

from meetings import access as meetings_access
from meetings import minutes, reading, sight
from meetings.calendars import feed
from meetings.models import Action, CalendarAddress, Decision, Meeting, Reply
from partnerships import panels
from partnerships.explaining import sight as explaining
from partnerships.joining import rules as joining
from partnerships.leaving import rules as leaving
from partnerships.models import Body, Exclusion, Grant, Person
from partnerships.reviewing import sight as reviewing
from partnerships.roles import Act
from partnerships.standing import standing_of
from records import files, jobs
from records.access import confirmed_lately
from records.models import Reminder, StoredFile
from records.reminders import failures
from reports import access as reports_access
from reviews.models import DecisionCorrection
from tests.factories import (
    AccessReviewFactory,
    ActionFactory,
    AgendaItemFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    CalendarAddressFactory,
    ChairingFactory,
    DecisionCorrectionFactory,
    DecisionFactory,
    ExclusionFactory,
    GrantFactory,
    JobFactory,
    MeetingFactory,
    OfficeFactory,
    OutboxMessageFactory,
    PersonFactory,
    ReminderFactory,
    ReplyFactory,
    ReportFactory,
    StoredFileFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    return OfficeFactory().person.user


@pytest.fixture
def group(db):
    return BodyFactory()


@pytest.fixture
def member(group):
    return AppointmentFactory(seat__body=group, with_account=True).person.user


@pytest.fixture
def elsewhere(db):
    return BodyFactory(area=AnotherAreaFactory())


# --- Reminders and calendars ------------------------------------------------------------------------------------------


def test_the_team_alone_lists_the_reminders_of_its_area_and_of_what_is_confidential_nobody_does(team, member):
    named, secret = ReminderFactory(kind="action.due"), ReminderFactory(kind="case.deadline_ahead")
    ReminderFactory(kind="action.due", area=AnotherAreaFactory())
    assert named.area_id == secret.area_id == team.person.area_id
    assert list(Reminder.objects.visible_to(team)) == [named]
    assert list(Reminder.objects.visible_to(member)) == []


def test_mail_that_did_not_go_out_is_listed_by_area_and_that_of_an_account_by_whose_it_is(team, elsewhere):
    other = OfficeFactory(person__area=elsewhere.area).person
    of_area = OutboxMessageFactory(area=team.person.area, failed=True)
    OutboxMessageFactory(area=elsewhere.area, failed=True)
    of_account, _of_other = (OutboxMessageFactory(area=None, to=user.email, failed=True) for user in (team, other.user))
    assert set(failures.mails({team.person.area_id}, timezone.now())) == {of_area, of_account}


def test_calendar_addresses_are_ones_own_and_answer_from_when_they_were_made(member, team):
    own, _other = CalendarAddressFactory(person=member.person), CalendarAddressFactory(person=team.person)
    assert list(CalendarAddress.objects.visible_to(member)) == [own]
    assert list(CalendarAddress.objects.visible_to(AnonymousUser())) == []
    every = CalendarAddress.objects.regardless("all of them").filter(pk=own.pk)
    assert every.alive(own.made_at).exists()
    assert not every.alive(own.made_at - dt.timedelta(seconds=1)).exists()


def test_whoever_has_no_account_has_a_part_in_no_calendar(group):
    assert not feed.has_part(None, group)
    assert not feed.has_part(None, None)


# --- Panels of the home page ------------------------------------------------------------------------------------------


@pytest.fixture
def work(monkeypatch):
    """A kind of work whose result everybody may have."""
    kind = jobs.Kind(run=None, rule=lambda user: ~Q(pk__in=[]), title=str, back=str)
    monkeypatch.setitem(jobs.KINDS, "test", kind)
    return "test"


def test_the_team_alone_is_shown_what_failed_lately_in_its_area(team, member, elsewhere, work):
    now = timezone.now()
    failed = JobFactory(kind=work, area=team.person.area, failed=True)
    JobFactory(kind=work, area=team.person.area, failed=True, finished_at=now - dt.timedelta(days=8))
    JobFactory(kind=work, area=team.person.area, done=True)
    JobFactory(kind=work, area=elsewhere.area, failed=True)
    assert panels.failed_work(team, now).content["jobs"] == [failed]
    assert panels.failed_work(member, now) is None
    failed.delete()
    assert panels.failed_work(team, now) is None


def test_files_and_work_are_there_for_whom_the_rule_of_their_kind_lets(team, member, monkeypatch):
    def rule(user):
        return ~Q(pk__in=[]) if user == team else Q(pk__in=[])

    monkeypatch.setitem(jobs.KINDS, "test", jobs.Kind(run=None, rule=rule, title=str, back=str))
    monkeypatch.setitem(files.RULES, "test", rule)
    of_kind, without_rule = JobFactory(kind="test"), JobFactory(kind="of no kind")
    file, _without_rule = StoredFileFactory(kind="test"), StoredFileFactory(kind="of no kind")
    assert jobs.may_follow(team, of_kind)
    assert list(StoredFile.objects.visible_to(team)) == [file]
    assert not StoredFile.objects.visible_to(member).exists()
    for user, job in ((member, of_kind), (team, without_rule)):
        assert not jobs.may_follow(user, job)


def test_of_mail_that_did_not_go_out_those_are_shown_who_look_after_it(team, member):
    now = timezone.now()
    assert panels.not_sent(team, now) is None
    OutboxMessageFactory(area=team.person.area, failed=True)
    assert panels.not_sent(team, now).content["number"] == 1
    assert panels.not_sent(member, now) is None


def test_reviews_that_are_open_are_shown_to_those_who_go_through_them(team, member):
    now = timezone.now()
    lead = OfficeFactory(information_governance=True).person.user
    assert panels.access_reviews(lead, now) is None
    AccessReviewFactory()
    assert panels.access_reviews(lead, now) is not None
    assert panels.access_reviews(member, now) is None


# --- Chairs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Body.Kind)
def test_whoever_chairs_a_body_of_any_kind_has_the_role_of_its_chair(kind):
    body = BodyFactory(kind=kind)
    chair = ChairingFactory(body=body, with_account=True).person.user
    vice = ChairingFactory(body=body, vice=True, with_account=True).person.user
    assert standing_of(chair).roles == {"partnership chair" if kind == Body.Kind.STATUTORY else "group chair"}
    assert standing_of(vice).roles == {"vice-chair"}


# --- Cases ------------------------------------------------------------------------------------------------------------


def test_what_was_corrected_of_a_panels_decision_is_there_for_those_on_the_case():
    of_case, _of_another = DecisionCorrectionFactory(), DecisionCorrectionFactory()
    lead = GrantFactory(thing=of_case.decision.case, lead=True).person.user
    assert list(DecisionCorrection.objects.visible_to(lead)) == [of_case]


# --- Another area -----------------------------------------------------------------------------------------------------


def test_whoever_does_something_in_the_whole_area_does_not_do_it_in_another(team, group, elsewhere):
    standing = standing_of(team)
    assert standing.may(Act.PLAN, group)
    assert not standing.may(Act.PLAN, elsewhere)


def test_meetings_of_another_area_are_not_there(team, group, elsewhere):
    own = MeetingFactory(body=group)
    MeetingFactory(body=elsewhere)
    assert list(Meeting.objects.visible_to(team)) == [own]


def test_people_of_another_area_are_not_there(team, elsewhere):
    PersonFactory(area=elsewhere.area)
    found = explaining.people(Person.objects.all(), team)
    assert {person.area_id for person in found} == {team.person.area_id}


def test_whoever_writes_reports_does_not_write_those_of_another_area(team, elsewhere):
    assert reports_access.may_build(team, ReportFactory())
    assert not reports_access.may_build(team, ReportFactory(area=elsewhere.area, slug="of-another-area"))


# --- Money alone ---


def test_whoever_reads_the_parts_about_money_of_a_draft_answers_no_comment():
    assert not reports_access.may_answer(OfficeFactory(finance_editor=True).person.user, ReportFactory())


# --- Nobody's organisation is not everybody's -------------------------------------------------------------------------


def test_whoever_belongs_to_no_organisation_does_not_complete_what_belongs_to_none(group):
    chair = ChairingFactory(body=group, with_account=True, person__agency=None).person.user
    of_another_group = ActionFactory(agency=None, body=BodyFactory(), owner=PersonFactory())
    assert standing_of(chair).person.agency_id is None
    assert not meetings_access.may_complete(chair, of_another_group)


def test_whoever_administers_no_organisation_does_not_end_what_people_without_one_hold(member, team):
    independent = OfficeFactory(scrutineer=True).person
    assert independent.agency_id is None
    assert leaving.may_end(team, independent)
    assert not leaving.may_end(member, independent)


def test_an_administrator_without_an_organisation_hides_no_organisation_from_a_review():
    OfficeFactory(agency_administrator=True, person__agency=None)
    lead = OfficeFactory(information_governance=True).person.user
    unadministered = PersonFactory()
    assert unadministered in Person.objects.filter(reviewing.to_go_through(lead))


def test_whoever_was_let_in_as_one_who_takes_part_has_no_part_on_the_board_once_they_take_none(group, team):
    over = AppointmentFactory(ends_at=timezone.now(), person__area=group.area).person
    still = AppointmentFactory(person__area=group.area).person
    for person in (over, still):
        GrantFactory(thing=group, person=person, kind="lay member", rests_on="part")
    found = Person.objects.filter(explaining.with_a_part_on([group.pk], timezone.now()))
    assert list(found) == [still]


# --- Items ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kept_from(member, group):
    """An item from which the member is kept, beside one from which they are not, and one of another meeting."""
    item = AgendaItemFactory(meeting__body=group)
    AgendaItemFactory(meeting=item.meeting)
    AgendaItemFactory(meeting__body=group)
    ExclusionFactory(thing=item, person=member.person)
    return item


def test_of_all_items_those_alone_are_hidden_from_which_somebody_is_kept(member, kept_from):
    assert sight.hidden_by_meeting(member) == {kept_from.meeting_id: {kept_from.pk}}


def test_nobody_has_a_confidential_part_made_that_they_do_not_read(member, kept_from):
    seen = sight.sight_of(PersonFactory(with_account=True).user, kept_from.meeting)
    assert not minutes.part(seen, confidential=True).confidential


def test_a_decision_is_seen_by_those_who_see_its_item(member, kept_from):
    of_another = DecisionFactory(item=kept_from.meeting.items.exclude(pk=kept_from.pk).get())
    DecisionFactory(item=kept_from)
    assert list(Decision.objects.visible_to(member)) == [of_another]
    assert not Decision.objects.visible_to(PersonFactory(with_account=True).user).exists()


def test_what_was_agreed_in_confidence_is_seen_by_who_reads_it_and_by_who_does_it(team, member, group):
    confidential = AgendaItemFactory(meeting__body=group, confidential=True)
    owner = AppointmentFactory(with_account=True).person
    of_it = {"item": confidential, "meeting": confidential.meeting, "body": group}
    action = ActionFactory(owner=owner, agency=owner.agency, **of_it)
    colleague = AppointmentFactory(with_account=True, person__agency=owner.agency).person
    for user in (team, member, owner.user):
        assert list(Action.objects.visible_to(user)) == [action]
    assert not Action.objects.visible_to(colleague.user).exists()


def test_what_belongs_to_a_meeting_is_there_for_whoever_sees_the_meeting(member, group):
    reply, _elsewhere = ReplyFactory(meeting=MeetingFactory(body=group)), ReplyFactory()
    assert list(Reply.objects.visible_to(member)) == [reply]


def test_emergency_access_is_offered_to_those_who_may_ask_for_it_and_do_not_read_already(group):
    meeting = MeetingFactory(body=group)
    lead = OfficeFactory(information_governance=True).person
    outsider = AppointmentFactory(with_account=True).person
    for user, is_offered in ((lead.user, True), (outsider.user, False)):
        assert reading._may(meeting, user)["ask_for_emergency"] is is_offered
    AppointmentFactory(seat__body=group, person=lead)
    now_reads = type(lead.user).objects.get(pk=lead.user.pk)
    assert meetings_access.may_read_confidential(now_reads, meeting)
    assert not reading._may(meeting, now_reads)["ask_for_emergency"]


def test_whoever_was_let_in_to_one_meeting_alone_sees_it(group):
    meeting = MeetingFactory(body=group)
    MeetingFactory(body=group)
    guest = PersonFactory(with_account=True)
    GrantFactory(thing=meeting, person=guest, emergency=True)
    assert list(Meeting.objects.visible_to(guest.user)) == [meeting]


# --- A fresh check ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ago", "is_fresh"), [(0, True), (3600 * 24, False), (-3600, False)])
def test_a_check_is_fresh_for_a_while_and_not_before_it_was_made(client, team, settings, ago, is_fresh):
    client.force_login(team)
    request = RequestFactory().get("/")
    request.user, request.session = team, client.session
    request.session["account_authentication_methods_user"] = str(team.pk)
    request.session["account_authentication_methods"] = [{"at": time.time() - ago, "reauthenticated": True}]
    assert confirmed_lately(request) is is_fresh


def test_whoever_looks_after_no_organisation_sees_no_grant_of_people_without_one():
    member = AppointmentFactory(with_account=True).person
    grant = GrantFactory(person__agency=None)
    assert grant.area_id == member.area_id
    assert not Grant.objects.visible_to(member.user).exists()


# --- What somebody holds ----------------------------------------------------------------------------------------------


def test_a_member_reaches_their_group_and_by_no_act_an_organisation_or_a_single_thing(member, group):
    reads = standing_of(member).reach(Act.READ)
    assert (reads.bodies, reads.agency, reads.objects) == ({group.pk}, None, {})


def test_somebody_who_was_let_in_to_a_group_reaches_it_as_a_group(group):
    guest = GrantFactory(thing=group, with_account=True).person.user
    assert standing_of(guest).reach(Act.READ).bodies == {group.pk}


def test_an_account_that_is_switched_off_holds_nothing(member):
    member.is_active = False
    assert standing_of(member).held == ()


def test_another_moment_is_asked_for_by_itself_and_not_kept(member, group):
    appointment = member.person.appointments.get()
    before = appointment.starts_at - dt.timedelta(seconds=1)
    assert standing_of(member, before).held == ()
    assert standing_of(member).member_of == {group.pk}
    assert standing_of(member, before).held == ()


# --- Who sees which grants and exclusions -----------------------------------------------------------------------------


def test_whoever_administers_an_organisation_sees_who_of_it_is_let_in(group):
    administrator = OfficeFactory(agency_administrator=True).person
    own = GrantFactory(thing=group, person__agency=administrator.agency)
    GrantFactory(thing=group)
    assert list(Grant.objects.visible_to(administrator.user)) == [own]


def test_whoever_holds_nothing_any_more_sees_no_proposal_that_they_made(group):
    proposer = OfficeFactory(ends_at=timezone.now()).person
    GrantFactory(thing=group, proposed_by=proposer, waiting=True)
    assert not Grant.objects.visible_to(proposer.user).exists()


def test_an_exclusion_from_what_is_still_there_for_somebody_is_in_no_list_of_theirs(team):
    """As when it holds for another of the items that they answer for, or is over."""
    over = ExclusionFactory(thing=AgendaItemFactory(), person=team.person, over=True)
    assert not Exclusion.objects.visible_to(team).exists()
    assert Exclusion.objects.visible_to(OfficeFactory().person.user).get() == over


def test_whoever_chairs_the_partnership_gives_its_members_no_accounts_and_switches_none_off(group):
    partnership = BodyFactory(partnership=True)
    chair = ChairingFactory(body=partnership, with_account=True).person.user
    newcomer = AppointmentFactory(seat__body=partnership).person
    colleague = AppointmentFactory(seat__body=partnership, with_account=True).person
    assert {newcomer, colleague} <= set(Person.objects.visible_to(chair))
    assert not joining.may_give_account(chair, newcomer)
    assert not joining.may_switch_off(chair, colleague)
