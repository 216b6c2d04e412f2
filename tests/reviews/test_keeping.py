"""What is done with a case, and that somebody keeps it: nobody goes as the last, and none is lost."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from mktogether.lib.templatetags import wording
from mktogether.lib.verdict import Refusal
from partnerships.granting import actions as granting
from partnerships.granting import keeping
from partnerships.granting.actions.proposing import NOT_OF_TEAM
from partnerships.leaving import actions as leaving
from partnerships.models import Exclusion, Grant
from records.models import EarlierValue, Event
from reviews import access, actions
from reviews.models import Case
from tests.at_once import said_at_once
from tests.factories import ExclusionFactory, GrantFactory, OfficeFactory, PersonFactory, TeamMemberFactory
from tests.reviews.conftest import fresh

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


def lead_of(case, person):
    return Grant.objects.get(kind="case lead", person=person, subject_id=case.pk)


def refusal(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.sentence


# --- Changing, closing, reopening ---


def test_a_lead_changes_the_line_and_the_old_one_can_be_purged(case, team):
    actions.change_line(case, "infant,  died", by=team[1].user)
    assert Case.objects.get().about == "infant, died"
    assert EarlierValue.objects.get(event__verb="case.changed").value == "infant, serious injury, recovered"


def test_a_line_that_stays_leaves_no_trace(case, team):
    actions.change_line(case, case.about, by=team[0].user)
    assert not Event.objects.filter(verb="case.changed").exists()


def test_a_case_is_closed_with_a_reason_and_reopened(case, team):
    assert refusal(lambda: actions.close_case(case, "  ", by=team[0].user)) == "Enter why the case is closed."
    actions.close_case(case, "Nothing more to learn.", by=team[0].user)
    found = Case.objects.get()
    assert (found.is_closed, found.closed_by, found.closed_because) == (True, team[0].user, "Nothing more to learn.")
    sentence = "This case is closed. Reopen it first."
    assert refusal(lambda: actions.close_case(case, "Again.", by=team[1].user)) == sentence
    assert refusal(lambda: actions.change_line(case, "infant", by=team[1].user)) == sentence
    actions.reopen_case(case, by=team[1].user)
    found.refresh_from_db()
    assert (found.closed_at, found.closed_by, found.closed_because) == (None, None, "")
    assert refusal(lambda: actions.reopen_case(case, by=team[1].user)) == "This case is open."
    assert EarlierValue.objects.get(event__verb="case.reopened").value == "Nothing more to learn."


@pytest.mark.parametrize(
    "act",
    [
        lambda case, user: actions.change_line(case, "infant", by=user),
        lambda case, user: actions.close_case(case, "Done.", by=user),
        lambda case, user: actions.take_over(case, by=user, second=TeamMemberFactory()),
    ],
    ids=["change", "close", "take over"],
)
def test_nobody_but_its_leads_does_anything_with_it(case, team, panel_member, others, act):
    for person in (panel_member, team[2], others.chair, others.scrutineer, others.governance):
        refusal(lambda user=person.user: act(case, user))
    assert Case.objects.get().about == case.about


# --- Who keeps it ---


def test_a_lead_goes_while_another_stays_and_the_last_does_not(case, team):
    granting.end_grant(lead_of(case, team[0]), "On leave.", by=team[0].user)
    assert keeping.keepers(case, timezone.now()) == {team[1].pk}
    assert refusal(lambda: granting.end_grant(lead_of(case, team[1]), "Too.", by=team[1].user)) == keeping.LAST


def test_the_last_lead_goes_once_another_is_put_on(case, team):
    granting.end_grant(lead_of(case, team[0]), "On leave.", by=team[0].user)
    GrantFactory(thing=case, lead=True, person=team[2], wanted_until=timezone.now() + actions.LEADS_FOR)
    granting.end_grant(lead_of(case, team[1]), "Handed over.", by=team[1].user)
    assert keeping.keepers(case, timezone.now()) == {team[2].pk}


def test_a_lead_who_has_left_the_team_counts_for_nobody(case, team):
    team[0].offices.update(ends_at=timezone.now())
    assert refusal(lambda: granting.end_grant(lead_of(case, team[1]), "Too.", by=team[1].user)) == keeping.LAST


def test_the_last_lead_does_not_go_by_an_interest_either(case, team):
    granting.exclude(case, team[1], "A relative.", by=team[0].user)
    assert keeping.keepers(case, timezone.now()) == {team[0].pk}
    assert refusal(lambda: granting.exclude(case, team[0], "A friend.", by=team[0].user)) == keeping.LAST


def test_only_one_of_the_team_is_proposed_as_a_lead(case, team, others):
    now = timezone.now()

    def propose(person):
        return granting.propose_grant(
            "case lead",
            case,
            person,
            by=team[0].user,
            second=others.chair,
            reason="Covers for a colleague.",
            until=now + dt.timedelta(days=90),
        )

    assert refusal(lambda: propose(PersonFactory(with_account=True))) == NOT_OF_TEAM
    grant = granting.approve_grant(propose(team[2]), by=others.chair.user)
    assert grant.rests_on == "team"
    assert access.may_manage(fresh(team[2].user), case)


class TestLastFromADayOn:
    """Whoever leaves later themselves is no help after that: no way leads to a case that nobody keeps."""

    LATER = ONE_DAY * 30

    @pytest.fixture(autouse=True)
    def another_goes_later(self, case, team):
        leaving.leave(team[0], by=team[2].user, day=timezone.localdate() + self.LATER, reason="Moves on")

    def last(self):
        return keeping.LAST_FROM.format(day=wording.day(timezone.localdate() + self.LATER + ONE_DAY))

    def leave(self, person, days, by):
        leaving.leave(person, by=by.user, day=timezone.localdate() + ONE_DAY * days, reason="Moves on")

    def test_they_do_not_end_their_grant(self, case, team):
        act = lambda: granting.end_grant(lead_of(case, team[1]), "Too.", by=team[1].user)  # noqa: E731 - a thing to try
        assert refusal(act) == self.last()

    def test_they_do_not_go_by_an_interest(self, case, team):
        assert refusal(lambda: granting.exclude(case, team[1], "A friend.", by=team[0].user)) == self.last()

    @pytest.mark.parametrize("days", [0, 9, 40])
    def test_they_do_not_leave(self, team, days):
        assert refusal(lambda: self.leave(team[1], days, team[2])) == leaving.LAST_KEEPER

    def test_they_do_not_leave_the_team(self, team):
        office, today = team[1].offices.get(), timezone.localdate()
        act = lambda: leaving.end_one(team[1], "role", office.pk, by=team[2].user, day=today, reason="Moves on")  # noqa: E731 - a thing to try
        assert refusal(act) == leaving.LAST_KEEPER

    def test_their_account_is_not_switched_off(self, team):
        assert refusal(lambda: leaving.switch_off(team[1], "Holiday.", by=team[2].user)) == leaving.LAST_KEEPER

    def test_one_who_follows_in_time_is_enough(self, case, team):
        follows, until = timezone.now() + ONE_DAY * 20, timezone.now() + actions.LEADS_FOR
        GrantFactory(thing=case, lead=True, person=team[2], wanted_from=follows, wanted_until=until)
        granting.end_grant(lead_of(case, team[1]), "Too.", by=team[1].user)
        assert keeping.keepers(case, timezone.now()) == {team[0].pk}

    def test_one_who_follows_later_is_too_late(self, case, team):
        follows, until = timezone.now() + ONE_DAY * 40, timezone.now() + actions.LEADS_FOR
        GrantFactory(thing=case, lead=True, person=team[2], wanted_from=follows, wanted_until=until)
        act = lambda: granting.end_grant(lead_of(case, team[1]), "Too.", by=team[1].user)  # noqa: E731 - a thing to try
        assert refusal(act) == self.last()

    def test_who_was_to_follow_stays(self, case, team):
        follows, until = timezone.now() + ONE_DAY * 20, timezone.now() + actions.LEADS_FOR
        GrantFactory(thing=case, lead=True, person=team[2], wanted_from=follows, wanted_until=until)
        granting.end_grant(lead_of(case, team[1]), "Too.", by=team[1].user)
        assert refusal(lambda: self.leave(team[2], 0, team[0])) == leaving.LAST_KEEPER

    def test_one_of_two_grants_of_their_own_can_end(self, case, team):
        first = lead_of(case, team[1])
        again = {"wanted_from": timezone.now(), "wanted_until": first.ends_at + ONE_DAY}
        GrantFactory(thing=case, lead=True, person=team[1], **again)
        granting.end_grant(first, "There is another.", by=team[1].user)
        assert keeping.keepers(case, timezone.now()) == {team[0].pk, team[1].pk}


def test_what_ends_by_itself_was_kept_by_nobody_from_then_on_anyway(case, team):
    Grant.objects.filter(subject_id=case.pk).update(ends_at=timezone.now() + ONE_DAY)
    granting.end_grant(lead_of(case, team[1]), "Too.", by=team[1].user)
    assert keeping.keepers(case, timezone.now()) == {team[0].pk}


def test_the_times_for_which_it_is_kept_say_of_each_moment_what_is_said_of_that_moment(case, team):
    """So that who keeps it is one thing, whichever way it is asked."""
    now = timezone.now()
    day = lambda number: now + ONE_DAY * number  # noqa: E731 - as short as it is used
    team[0].offices.update(ends_at=day(10))
    OfficeFactory(person=team[0], starts_at=day(20))
    ExclusionFactory(thing=case, person=team[1], starts_at=day(5), ends_at=day(30), ended_by=team[2], ended_because="!")
    GrantFactory(thing=case, lead=True, person=team[2], wanted_from=day(15), wanted_until=day(25))
    off = GrantFactory(thing=case, lead=True, wanted_until=day(90)).person.user
    type(off).objects.filter(pk=off.pk).update(is_active=False)
    found = keeping.times_kept("reviews.Case", case.pk, now)
    for moment in (now, *map(day, (3, 5, 7, 10, 12, 15, 17, 20, 22, 25, 27, 30, 300, 400))):
        kept = {time.person for time in found if time.begins <= moment < time.ends}
        reached = keeping.reaching(Grant.objects.filter(subject_id=case.pk, person__user__is_active=True), moment)
        assert kept == keeping.keepers(case, moment) == set(reached.values_list("person_id", flat=True)), moment


def test_nothing_else_makes_somebody_keep_it_or_keeps_them_from_it(case, team):
    other = actions.register_case("adult", "adult, neglect", by=team[1].user, second=team[2])
    GrantFactory(thing=case, kind="panel member", person=team[2])
    GrantFactory(thing=case, lead=True, waiting=True, second=PersonFactory())
    GrantFactory(thing=case, lead=True).person.offices.update(kind="finance editor")
    ExclusionFactory(thing=other, person=team[0])
    ExclusionFactory(thing=case, subject="meetings.AgendaItem", person=team[1])
    assert keeping.keepers(case, timezone.now()) == {team[0].pk, team[1].pk}


EACH_OTHER = {
    "end": lambda case, me, other: granting.end_grant(lead_of(case, other), "They go.", by=fresh(me.user)),
    "exclude": lambda case, me, other: granting.exclude(case, other, "A friend.", by=fresh(me.user)),
    "leave": lambda case, me, other: leaving.leave(
        other, by=fresh(me.user), day=timezone.localdate(), reason="Moves on"
    ),
    "switch off": lambda case, me, other: leaving.switch_off(other, "Holiday.", by=fresh(me.user)),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", EACH_OTHER.values(), ids=EACH_OTHER)
def test_of_two_leads_who_put_each_other_off_at_the_same_moment_one_stays(act):
    """Neither waits for the other for good, and whoever comes second is told why they cannot."""
    people = TeamMemberFactory.create_batch(3)[:2]
    cases = [actions.register_case("adult", "adult, neglect", by=people[0].user, second=people[1]) for _ in "12"]
    one, other = people
    said = sorted(said_at_once(partial(act, cases[0], one, other), partial(act, cases[0], other, one)))
    assert said[0] == ""
    assert said[1] != ""
    assert len(keeping.keepers(cases[0], timezone.now())) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_who_go_at_the_same_moment_one_stays():
    first, second = TeamMemberFactory.create_batch(2)
    case = actions.register_case("adult", "adult, neglect", by=first.user, second=second)

    def go(person):
        granting.end_grant(lead_of(case, person), "I go.", by=fresh(person.user))

    said = sorted(said_at_once(partial(go, first), partial(go, second)))
    assert said == ["", keeping.LAST]
    assert len(keeping.keepers(case, timezone.now())) == 1


# --- Taking over what nobody keeps ---


@pytest.fixture
def orphaned(case, team):
    """A case whose leads have both left the team."""
    for person in team[:2]:
        person.offices.update(ends_at=timezone.now())
    return case


def with_emergency(case, person):
    GrantFactory(kind="emergency", thing=case, emergency=True, person=person)
    return fresh(person.user)


def test_the_team_takes_over_what_nobody_keeps_through_an_emergency(orphaned, team):
    user = with_emergency(orphaned, team[2])
    colleague = TeamMemberFactory()
    actions.take_over(orphaned, by=user, second=colleague)
    assert keeping.keepers(orphaned, timezone.now()) == {team[2].pk, colleague.pk}


def test_a_case_that_is_kept_is_not_taken_over(case, team):
    user = with_emergency(case, team[2])
    sentence = "This case is kept. Ask those who keep it to let you in."
    assert refusal(lambda: actions.take_over(case, by=user, second=TeamMemberFactory())) == sentence


def test_without_an_emergency_nobody_takes_over(orphaned, team):
    refusal(lambda: actions.take_over(orphaned, by=team[2].user, second=TeamMemberFactory()))
    assert keeping.keepers(orphaned, timezone.now()) == set()


def test_nobody_outside_the_team_takes_over(orphaned, others):
    user = with_emergency(orphaned, others.scrutineer)
    sentence = "Only a member of the team with emergency access can take over a case."
    assert refusal(lambda: actions.take_over(orphaned, by=user, second=TeamMemberFactory())) == sentence


def test_somebody_with_an_interest_is_no_second(orphaned, team):
    user = with_emergency(orphaned, team[2])
    colleague = TeamMemberFactory()
    Exclusion.objects.create(
        area=orphaned.area,
        person=colleague,
        subject="reviews.Case",
        subject_id=orphaned.pk,
        reason="A relative.",
        declared_by=colleague,
        starts_at=timezone.now(),
    )
    refusal(lambda: actions.take_over(orphaned, by=user, second=colleague))
    assert keeping.keepers(orphaned, timezone.now()) == set()
