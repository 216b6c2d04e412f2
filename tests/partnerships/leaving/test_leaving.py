"""One act for a leaver: everything ends at one moment, or nothing does; and ending one thing by itself."""

import datetime as dt
from functools import partial

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from meetings.models import Action, Meeting
from mktogether.lib.templatetags import wording
from mktogether.lib.verdict import Refusal
from partnerships.explaining.holdings import load
from partnerships.leaving import actions, following
from partnerships.models import Appointment, Chairing, Grant, NamedDeputy, Office
from partnerships.standing import standing_of
from records.models import Event
from tests.at_once import said_at_once
from tests.factories import (
    PASSWORD,
    ActionFactory,
    AgencyFactory,
    AgendaItemFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    ExclusionFactory,
    GrantFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    SeatFactory,
)

ONE_DAY = dt.timedelta(days=1)


def moment(day, time=dt.time()):
    return timezone.make_aware(dt.datetime.combine(day, time))


@pytest.fixture
def today(db):
    return timezone.localdate()


@pytest.fixture
def team(db):
    OfficeFactory(person__post="Team officer")
    return OfficeFactory(person__post="Business manager").person.user


@pytest.fixture
def review(db):
    return BodyFactory(name="Review", slug="review")


@pytest.fixture
def leaver(review):
    """Member and chair of Review, deputy on another board, lead partner, and let in as a guest of a third."""
    seat = SeatFactory(body=review, agency=AgencyFactory(short_name="CNWL"))
    person = AppointmentFactory(seat=seat, person__post="Head of Safeguarding", with_account=True).person
    ChairingFactory(body=review, person=person)
    NamedDeputyFactory(person=person)
    OfficeFactory(person=person, kind="lead partner")
    GrantFactory(person=person)
    return person


def leave(person, by, day, **more):
    return actions.leave(person, by=by, day=day, reason="Retired", **more)


def rows_of(person):
    """Everything that somebody holds, held or will hold, as it stands in the database."""
    models = (Appointment, NamedDeputy, Chairing, Office, Grant)
    return [row for model in models for row in model.objects.filter(person=person)]


# --- Everything, at one moment ---


def test_leaving_today_ends_everything_at_the_same_moment(leaver, team, today):
    before = timezone.now()
    leave(leaver, team, today)
    ends = {row.ends_at for row in rows_of(leaver)}
    assert len(ends) == 1
    assert before <= ends.pop() <= timezone.now()
    assert {row.ended_because for row in rows_of(leaver)} == {"Retired"}
    assert standing_of(leaver.user, at=timezone.now()).held == ()


def test_leaving_later_ends_everything_with_that_day_and_not_before(leaver, team, today):
    last = today + 10 * ONE_DAY
    leave(leaver, team, last)
    over = moment(last + ONE_DAY)
    assert {row.ends_at for row in rows_of(leaver)} == {over}
    assert standing_of(leaver.user, at=over - dt.timedelta(seconds=1)).held != ()
    assert standing_of(leaver.user, at=over).held == ()


@pytest.mark.parametrize("last", [dt.date(2050, 3, 26), dt.date(2050, 10, 29)], ids=["spring", "autumn"])
def test_the_day_before_the_clocks_change_ends_at_its_own_midnight(leaver, team, last, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(last - 10 * ONE_DAY))
    leave(leaver, team, last)
    ends = {timezone.localtime(row.ends_at) for row in rows_of(leaver) if not isinstance(row, Grant)}
    assert {end.strftime("%d %H:%M") for end in ends} == {f"{last.day + 1} 00:00"}


def test_what_has_not_begun_is_withdrawn_and_history_keeps_what_it_was(leaver, team, today):
    coming = OfficeFactory(person=leaver, kind="finance editor", starts_at=timezone.now() + 5 * ONE_DAY)
    NamedDeputyFactory(person=leaver, starts_at=timezone.now() + 5 * ONE_DAY, ends_at=timezone.now() + 9 * ONE_DAY)
    leave(leaver, team, today)
    assert not Office.objects.filter(pk=coming.pk).exists()
    event = Event.objects.get(verb="role.withdrawn", target_id=coming.pk)
    assert event.earlier_values.get(field="what").value == "finance editor"


def test_what_ends_sooner_by_itself_keeps_its_end(leaver, team, today):
    sooner = timezone.now() + 2 * ONE_DAY
    deputising = NamedDeputyFactory(person=leaver, ends_at=sooner)
    leave(leaver, team, today + 10 * ONE_DAY)
    deputising.refresh_from_db()
    assert (deputising.ends_at, deputising.ended_because) == (sooner, "")


def test_the_account_is_switched_off_and_every_browser_is_at_the_door(leaver, team, today):
    client = Client()
    client.post("/sign-in/", {"login": leaver.user.email, "password": PASSWORD})
    assert client.get("/meetings/").status_code == 200
    said = leave(leaver, team, today)
    assert said == ["Their account is switched off, and they are signed out everywhere."]
    assert client.get("/meetings/")["Location"].startswith("/sign-in/")
    leaver.user.refresh_from_db()
    assert not leaver.user.is_active


def test_a_later_day_leaves_the_account_and_it_opens_nothing_then(leaver, team, today):
    assert leave(leaver, team, today + ONE_DAY) == []
    leaver.user.refresh_from_db()
    assert leaver.user.is_active


def test_grants_end_whether_or_not_whoever_ends_them_knows_of_them(leaver, team, today, review):
    now = timezone.now()
    GrantFactory(thing=review, person=leaver, kind="case lead", lead=True, subject="reviews.Case")
    GrantFactory(thing=review, kind="case lead", lead=True, subject="reviews.Case")  # somebody else keeps it too
    waiting = GrantFactory(thing=review, person=leaver, waiting=True)
    coming = GrantFactory(thing=review, person=leaver, not_begun=True)
    leave(leaver, team, today)
    assert not Grant.objects.filter(person=leaver).in_force(timezone.now()).exists()
    waiting.refresh_from_db()
    coming.refresh_from_db()
    assert waiting.ended_by == coming.ended_by == team.person
    assert coming.ends_at == coming.starts_at > now
    assert not Grant.objects.waiting(now).filter(person=leaver).exists()


def test_an_urgent_grant_that_is_confirmed_later_does_not_outlive_the_leaver(leaver, team, today, review):
    urgent = GrantFactory(thing=review, person=leaver, urgent=True)
    leave(leaver, team, today + 3 * ONE_DAY)
    urgent.refresh_from_db()
    assert urgent.wanted_until == moment(today + 4 * ONE_DAY)


def test_it_is_written_once_with_who_and_when(leaver, team, today):
    leave(leaver, team, today)
    event = Event.objects.get(verb="person.left")
    assert (event.actor_id, event.target_id, event.area_id) == (team.pk, leaver.pk, leaver.area_id)
    ended = Event.objects.filter(verb__endswith=".ended").exclude(target="records.User")
    assert {event.area_id for event in ended} == {leaver.area_id}
    assert ended.count() == 5


def test_somebody_who_holds_nothing_any_more_has_their_account_switched_off_today(team, today):
    person = PersonFactory(with_account=True)
    with pytest.raises(Refusal, match="They hold nothing that could end on a later day") as refused:
        leave(person, team, today + ONE_DAY)
    assert refused.value.field == "day"
    leave(person, team, today)
    person.user.refresh_from_db()
    assert not person.user.is_active


# --- Refusals: a sentence, and nothing half done ---


def unchanged(person, act, sentence, field=None):
    before = [(type(row), row.pk, row.ends_at) for row in rows_of(person)]
    events = Event.objects.count()
    with pytest.raises(Refusal, match=sentence) as refused:
        act()
    assert refused.value.field == field
    assert [(type(row), row.pk, row.ends_at) for row in rows_of(person)] == before
    assert Event.objects.count() == events


def test_a_day_that_is_over_is_refused(leaver, team, today):
    unchanged(leaver, lambda: leave(leaver, team, today - ONE_DAY), "That day is over", "day")


def test_no_reason_is_refused(leaver, team, today):
    unchanged(leaver, lambda: actions.leave(leaver, by=team, day=today, reason=" "), "Enter why it ends", "reason")


def test_somebody_who_holds_nothing_is_refused(team, today):
    person = PersonFactory()
    unchanged(person, lambda: leave(person, team, today), "They hold nothing, and no account of theirs is in use")


def test_a_successor_of_another_area_or_who_holds_nothing_or_the_leaver_is_refused(leaver, team, today, review):
    elsewhere = AppointmentFactory(seat__body__area=AnotherAreaFactory()).person
    leaving_too = AppointmentFactory(seat__body=review, ends_at=timezone.now() + ONE_DAY / 2).person
    for successor, sentence in (
        (elsewhere, "That person belongs to another area"),
        (leaving_too, "holds nothing then, or leaves too"),
        (PersonFactory(), "holds nothing then, or leaves too"),
        (leaver, "They cannot follow themselves"),
    ):
        act = lambda successor=successor: leave(leaver, team, today + 2 * ONE_DAY, successor=successor)  # noqa: E731 - with its value
        unchanged(leaver, act, sentence, "successor")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("team", "The one is the last member of the support team. Name another first"),
        ("information governance", "The one is the last information governance lead. Name another first"),
        ("system administrator", "The one is the last system administrator. Name another first"),
        ("agency administrator", "The one is the last agency administrator of CNWL. Name another first"),
    ],
)
def test_the_last_of_a_role_that_is_never_empty_is_refused(today, kind, sentence):
    cnwl = AgencyFactory(short_name="CNWL")
    only = OfficeFactory(kind=kind, person__post="The one", person__agency=cnwl).person
    # Others who do not help: of another organisation, over, not begun in time, and without a way to sign in.
    OfficeFactory(kind="agency administrator")
    OfficeFactory(kind=kind, person__agency=cnwl, ends_at=timezone.now() + ONE_DAY / 2)
    OfficeFactory(kind=kind, person__agency=cnwl, starts_at=timezone.now() + 9 * ONE_DAY)
    OfficeFactory(kind=kind, person__agency=cnwl, person__user=None, person__with_account=False)
    by = only.user if kind in {"team", "agency administrator"} else OfficeFactory().person.user
    day = today + ONE_DAY
    unchanged(only, lambda: leave(only, by, day), sentence)
    (office,) = only.offices.all()
    act = lambda: actions.end_one(only, "role", office.pk, by=by, day=day, reason="Moved")  # noqa: E731 - a thing to try
    unchanged(only, act, sentence)
    another = OfficeFactory(kind=kind, person__agency=cnwl).person
    leave(only, by, day)
    assert another.offices.get().ends_at is None


class TestLastFromADayOn:
    """Whoever leaves later themselves is no help after that: no way leads to a role that nobody has."""

    LATER = "Business manager is the last member of the support team from .* on. Name another first"

    @pytest.fixture
    def manager(self, db):
        return OfficeFactory(person__post="Business manager").person

    @pytest.fixture
    def colleague(self, db):
        return OfficeFactory(person__post="Team officer").person

    def test_where_the_other_leaves_on_a_later_day(self, manager, colleague, today):
        leave(colleague, manager.user, today + 30 * ONE_DAY)
        first = f"from {wording.day(today + 31 * ONE_DAY)} on"
        unchanged(manager, lambda: leave(manager, manager.user, today), first)
        unchanged(manager, lambda: leave(manager, manager.user, today + 9 * ONE_DAY), self.LATER)
        (office,) = manager.offices.all()
        act = lambda: actions.end_one(manager, "role", office.pk, by=manager.user, day=today, reason="Moved")  # noqa: E731 - a thing to try
        unchanged(manager, act, self.LATER)

    def test_where_the_other_switches_the_account_off(self, manager, colleague, today):
        leave(colleague, manager.user, today + 30 * ONE_DAY)
        unchanged(manager, lambda: actions.switch_off(manager, "Holiday.", by=colleague.user), self.LATER)
        assert manager.user.is_active

    def test_where_who_was_to_follow_is_withdrawn(self, manager, colleague, today):
        begins = moment(today + 31 * ONE_DAY)
        Office.objects.filter(person=manager).update(starts_at=begins)
        (office,) = manager.offices.all()
        Office.objects.filter(person=colleague).update(ends_at=begins)
        act = lambda: actions.end_one(manager, "role", office.pk, by=colleague.user, day=today, reason="Moved")  # noqa: E731 - a thing to try
        unchanged(manager, act, self.LATER)

    def test_one_who_follows_in_time_is_enough(self, manager, colleague, today):
        leave(colleague, manager.user, today + 30 * ONE_DAY)
        OfficeFactory(starts_at=moment(today + 20 * ONE_DAY))
        leave(manager, manager.user, today)
        assert not manager.user.__class__.objects.get(pk=manager.user.pk).is_active

    def test_what_ends_by_itself_was_empty_from_then_on_anyway(self, manager, colleague, today):
        Office.objects.update(ends_at=moment(today + 31 * ONE_DAY))
        leave(manager, colleague.user, today)
        assert not manager.offices.in_force(timezone.now()).exists()


IS_THE_LAST = "is the last member of the support team. Name another first"  # to the one who waited
MAY_NOT_ANY_MORE = "Only the support team, and the administrator"  # to the one who began when the other was done


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_each_others_role_at_the_same_moment_one_stays():
    one, other = OfficeFactory(), OfficeFactory()

    def end(office, by):
        actions.end_one(office.person, "role", office.pk, by=by, day=timezone.localdate(), reason="Moved")

    said = said_at_once(partial(end, one, other.person.user), partial(end, other, one.person.user))
    assert sorted(map(bool, said)) == [False, True]
    assert any(because in "".join(said) for because in (IS_THE_LAST, MAY_NOT_ANY_MORE))
    assert Office.objects.filter(ends_at=None).count() == 1


def test_what_is_done_while_one_waits_counts(team, today, monkeypatch):
    """Whoever began earlier and waited finds the other gone, though that one ended later than they began."""
    manager, officer = team.person, Office.objects.exclude(person__user=team).get().person
    began = timezone.now()
    officer.offices.update(ends_at=began + dt.timedelta(seconds=1))
    monkeypatch.setattr("django.utils.timezone.now", lambda: began + dt.timedelta(seconds=2))
    office = manager.offices.get()
    act = lambda: actions.end_holding(manager, "role", office.pk, at=began, reason="Moved", by=team)  # noqa: E731 - a thing to try
    unchanged(manager, act, "is the last member of the support team. Name another first")


def test_the_last_who_keeps_a_hidden_record_is_refused_without_naming_it(team, today, review):
    hidden = {"thing": review, "subject": "reviews.Case", "lead": True}
    keeper = GrantFactory(**hidden).person
    office = keeper.offices.get()
    act = lambda: actions.end_one(keeper, "role", office.pk, by=team, day=today, reason="Moved")  # noqa: E731 - tried twice
    for attempt in (lambda: leave(keeper, team, today), act):
        unchanged(keeper, attempt, "Ask them to put a colleague on it first")
    GrantFactory(**hidden)  # a colleague keeps it too
    act()
    leave(keeper, team, today)
    assert not Grant.objects.filter(person=keeper).in_force(timezone.now()).exists()


def test_only_the_team_and_the_administrator_of_their_organisation_end_anything(leaver, today):
    own = OfficeFactory(agency_administrator=True, person__agency=leaver.agency).person.user
    for user in (
        OfficeFactory(agency_administrator=True).person.user,
        OfficeFactory(information_governance=True).person.user,
        OfficeFactory(person__area=AnotherAreaFactory()).person.user,
        leaver.user,
    ):
        unchanged(leaver, lambda user=user: leave(leaver, user, today), "Only the support team")
    leave(leaver, own, today)
    assert load([leaver.pk], at=timezone.now()) == []


def test_a_fault_in_what_follows_takes_everything_back(leaver, team, today, review, monkeypatch):
    def fails(person, successor, *, at, by):
        raise IntegrityError("the disk is full")

    monkeypatch.setattr(following, "HANDING_OVER", [fails])
    successor = AppointmentFactory(seat__body=review).person
    with pytest.raises(IntegrityError):
        leave(leaver, team, today, successor=successor)
    assert len(load([leaver.pk], at=timezone.now())) == 4
    leaver.user.refresh_from_db()
    assert leaver.user.is_active


# --- Open actions ---


def test_open_actions_go_to_the_successor_and_done_ones_stay(leaver, team, today, review):
    successor = AppointmentFactory(seat__body=review, person__post="Successor").person
    opened, done = ActionFactory(body=review, owner=leaver), ActionFactory(body=review, owner=leaver, done=True)
    said = leave(leaver, team, today + ONE_DAY, successor=successor)
    assert said == ["1 open action goes to Successor."]
    assert set(Action.objects.values_list("pk", "owner", "agency")) == {
        (opened.pk, successor.pk, successor.agency_id),
        (done.pk, leaver.pk, leaver.agency_id),
    }
    assert Event.objects.filter(verb="action.handed_over", target_id=opened.pk).count() == 1


def test_without_a_successor_they_stay(leaver, team, today, review):
    action = ActionFactory(body=review, owner=leaver)
    leave(leaver, team, today)
    action.refresh_from_db()
    assert action.owner == leaver


def test_an_administrator_hands_over_no_action_of_a_confidential_item(leaver, today, review):
    administrator = OfficeFactory(agency_administrator=True, person__agency=leaver.agency).person
    item = AgendaItemFactory(meeting__body=review, private=True)
    secret = ActionFactory(body=review, owner=leaver, item=item, meeting=item.meeting)
    plain = ActionFactory(body=review, owner=leaver)
    leave(leaver, administrator.user, today, successor=administrator)
    assert dict(Action.objects.values_list("pk", "owner")) == {secret.pk: leaver.pk, plain.pk: administrator.pk}


def test_an_action_of_an_item_from_which_the_successor_is_excluded_stays(leaver, team, today, review):
    successor = AppointmentFactory(seat__body=review).person
    item = AgendaItemFactory(meeting__body=review)
    ExclusionFactory(thing=item, person=successor)
    action = ActionFactory(body=review, owner=leaver, item=item, meeting=item.meeting)
    assert leave(leaver, team, today + ONE_DAY, successor=successor) == ["1 open action stays in their name."]
    action.refresh_from_db()
    assert action.owner == leaver


# --- One thing by itself ---


@pytest.mark.parametrize("kind", ["appointment", "deputising", "chair", "role"])
def test_one_thing_ends_and_the_others_stay(leaver, team, today, kind):
    ended = next(held for held in load([leaver.pk]) if held.kind == kind)
    actions.end_one(leaver, kind, ended.pk, by=team, day=today, reason="New post")
    left = load([leaver.pk], at=timezone.now())
    assert sorted(held.kind for held in left) == sorted({"appointment", "deputising", "chair", "role"} - {kind})
    leaver.user.refresh_from_db()
    assert leaver.user.is_active
    assert not Meeting.objects.exists()


def test_what_is_over_or_somebody_elses_cannot_be_ended(leaver, team, today):
    other = AppointmentFactory(seat=SeatFactory(agency=leaver.agency), person__agency=leaver.agency)
    with pytest.raises(Refusal, match="This is over already"):
        actions.end_one(leaver, "appointment", other.pk, by=team, day=today, reason="x")
    other.refresh_from_db()
    assert other.ends_at is None


def test_meetings_are_not_touched(leaver, team, today, review):
    meeting = MeetingFactory(body=review)
    leave(leaver, team, today)
    meeting.refresh_from_db()
    assert meeting.cancelled_at is None
