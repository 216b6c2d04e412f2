"""What a grant rests on: with the team, or with the last part that somebody has, it is over, to the second."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.granting import actions, keeping
from partnerships.models import Grant, Office
from partnerships.roles import Act
from partnerships.standing import standing_of, takes_part
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ChairingFactory,
    ExclusionFactory,
    GrantFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    TeamMemberFactory,
)

pytestmark = pytest.mark.django_db

TICK = dt.timedelta(microseconds=1)
BEGINS = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
FAR = dt.datetime(2026, 12, 31, tzinfo=dt.UTC)
# Ordinary, and the hours that come twice and never when the clocks change.
MOMENTS = [
    dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC),
    dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
    dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC),
    dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC),
]
DATES = {"proposed_at": BEGINS, "wanted_from": BEGINS, "wanted_until": FAR}


@pytest.fixture
def case():
    return CaseFactory()


def sees(person, case, at):
    return case.pk in standing_of(person.user, at=at).reach(Act.READ_CASE).of("reviews.Case")


def reaches(case, at):
    """The same question, as lists of who is let in ask it."""
    return set(keeping.reaching(Grant.objects.filter(subject_id=case.pk), at).values_list("person_id", flat=True))


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_lead_keeps_no_case_from_the_moment_on_at_which_they_leave_the_team(case, moment):
    lead = GrantFactory(thing=case, lead=True, **DATES).person
    lead.offices.update(ends_at=moment)
    assert sees(lead, case, moment - TICK)
    assert not sees(lead, case, moment)
    assert reaches(case, moment - TICK) == {lead.pk}
    assert reaches(case, moment) == set()
    assert standing_of(lead.user, at=moment).area_ids == frozenset()


def test_who_comes_back_to_the_team_while_the_grant_lasts_keeps_it_again(case):
    moment = MOMENTS[0]
    lead = GrantFactory(thing=case, lead=True, **DATES).person
    lead.offices.update(ends_at=moment)
    OfficeFactory(person=lead, starts_at=moment + dt.timedelta(days=1))
    assert not sees(lead, case, moment + dt.timedelta(days=1) - TICK)
    assert sees(lead, case, moment + dt.timedelta(days=1))


def test_another_specified_role_is_not_the_team(case):
    lead = GrantFactory(thing=case, lead=True, **DATES).person
    lead.offices.update(kind="finance editor")
    assert not sees(lead, case, MOMENTS[0])


PARTS = {
    "place": lambda person, ends: AppointmentFactory(person=person, ends_at=ends),
    "place that is abolished": lambda person, ends: AppointmentFactory(person=person, seat__ends_at=ends),
    "deputy": lambda person, ends: NamedDeputyFactory(person=person, ends_at=ends),
    "deputy for a place that is abolished": lambda person, ends: NamedDeputyFactory(person=person, seat__ends_at=ends),
    "chair": lambda person, ends: ChairingFactory(person=person, ends_at=ends),
    "specified role": lambda person, ends: OfficeFactory(person=person, kind="lead partner", ends_at=ends),
}


@pytest.mark.parametrize("moment", MOMENTS[:2], ids=str)
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_somebody_who_takes_part_loses_the_case_with_the_last_part_they_have(case, part, moment):
    person = PersonFactory(with_account=True)
    part(person, moment)
    GrantFactory(thing=case, kind="panel member", person=person, rests_on="part", **DATES)
    assert sees(person, case, moment - TICK)
    assert not sees(person, case, moment)
    assert (reaches(case, moment - TICK), reaches(case, moment)) == ({person.pk}, set())


@pytest.mark.parametrize("kind", Office.OPENS_NOTHING)
def test_what_is_only_known_of_somebody_is_no_part_that_a_grant_could_rest_on(case, kind):
    person = OfficeFactory(kind=kind, person__with_account=True).person
    GrantFactory(thing=case, kind="panel member", person=person, rests_on="part", **DATES)
    assert not sees(person, case, MOMENTS[0])


def test_the_parts_of_others_keep_nobodys_grant(case):
    """Of two who are let in, one has a part of every kind and the other none any more."""
    with_parts, without = PersonFactory(with_account=True), PersonFactory(with_account=True)
    for part in PARTS.values():
        part(with_parts, None)
    for person in (with_parts, without):
        GrantFactory(thing=case, kind="panel member", person=person, rests_on="part", **DATES)
    assert reaches(case, MOMENTS[0]) == {with_parts.pk}
    assert not sees(without, case, MOMENTS[0])


def test_with_two_parts_they_lose_only_the_one_that_ends(case):
    person = PersonFactory(with_account=True)
    AppointmentFactory(person=person, ends_at=MOMENTS[0])
    AppointmentFactory(person=person)
    GrantFactory(thing=case, kind="panel member", person=person, rests_on="part", **DATES)
    assert sees(person, case, MOMENTS[0])


def test_a_guest_has_nothing_to_lose_but_the_grant(case):
    guest = GrantFactory(thing=case, kind="independent reviewer", with_account=True, **DATES).person
    assert sees(guest, case, FAR - TICK)
    assert not sees(guest, case, FAR)


def test_an_exclusion_is_left_out_of_the_lists_too(case):
    guest = GrantFactory(thing=case, kind="panel member", **DATES).person
    ExclusionFactory(thing=case, person=guest, starts_at=MOMENTS[0])
    assert (reaches(case, MOMENTS[0] - TICK), reaches(case, MOMENTS[0])) == ({guest.pk}, set())


# --- On the page of the person ---


def ended_on_the_page(as_user, person):
    team = OfficeFactory().person.user
    context = as_user(team).get(person.get_absolute_url()).context
    return [(line["what"], line["when"], line["because"]) for line in context["ended"] if line["because"]]


def test_what_ended_with_its_ground_stands_there_as_ended_and_says_so(as_user):
    part = AppointmentFactory(with_account=True, ends_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    grant = GrantFactory(person=part.person, rests_on="part")
    (line,) = ended_on_the_page(as_user, part.person)
    assert line[0].startswith("Lay member of")
    assert line[1].startswith("Ended")
    assert line[2] == "It rested on having a place or a specified role"
    grant.refresh_from_db()
    assert grant.is_in_force(timezone.now()), "by its own days it would go on"


def test_a_ground_that_holds_ends_nothing_on_the_page(as_user):
    part = AppointmentFactory(with_account=True)
    GrantFactory(person=part.person, rests_on="part")
    assert ended_on_the_page(as_user, part.person) == []


def test_with_another_part_that_ended_a_lead_of_the_team_goes_on(as_user, case):
    lead = GrantFactory(thing=case, lead=True).person
    AppointmentFactory(person=lead, ends_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    assert ended_on_the_page(as_user, lead) == []


# --- What is written down when somebody is let in ---


def propose(case, person, **more):
    lead = GrantFactory(thing=case, lead=True).person
    chair = ChairingFactory(body__partnership=True, with_account=True).person
    until = timezone.now() + dt.timedelta(days=90)
    return actions.propose_grant(
        "panel member", case, person, by=lead.user, second=chair, reason="Sits for police.", until=until
    )


def test_the_grant_of_somebody_with_a_place_rests_on_it(case):
    assert propose(case, AppointmentFactory(with_account=True).person).rests_on == "part"


@pytest.mark.parametrize("ended", [False, True])
def test_the_grant_of_a_guest_rests_on_itself(case, ended):
    person = PersonFactory(with_account=True)
    if ended:
        AppointmentFactory(person=person, ends_at=timezone.now())
    assert propose(case, person).rests_on == ""


def test_a_grant_is_no_part_by_itself(case):
    guest = GrantFactory(thing=case, kind="panel member", **DATES).person
    assert not takes_part(guest, timezone.now())
    assert takes_part(TeamMemberFactory(), timezone.now())
