"""What is done with a case, and that somebody keeps it: nobody goes as the last, and none is lost."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting import actions as granting
from partnerships.granting import keeping
from partnerships.granting.actions.proposing import NOT_OF_TEAM
from partnerships.models import Exclusion, Grant
from records.models import EarlierValue, Event
from reviews import access, actions
from reviews.models import Case
from tests.factories import GrantFactory, PersonFactory, TeamMemberFactory
from tests.reviews.conftest import fresh

pytestmark = pytest.mark.django_db


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
    GrantFactory(thing=case, lead=True, person=team[2])
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


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_who_go_at_the_same_moment_one_stays():
    first, second = TeamMemberFactory.create_batch(2)
    case = actions.register_case("adult", "adult, neglect", by=first.user, second=second)
    start = threading.Barrier(2)
    said = []

    def goes(person):
        start.wait()
        try:
            granting.end_grant(lead_of(case, person), "I go.", by=fresh(person.user))
        except Refusal as refused:
            said.append(refused.sentence)
        connection.close()

    threads = [threading.Thread(target=goes, args=(person,)) for person in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [keeping.LAST]
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
