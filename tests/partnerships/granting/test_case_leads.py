"""
Taking the lead of a case: by whoever registers it and a second of the team, with no other approval.

No kind of case is registered here; an item of an agenda stands in for one, with its existence hidden as a case's is.
"""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting import actions, keeping, rules, subjects
from partnerships.models import Exclusion, Grant
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Event
from tests.factories import AnotherAreaFactory, ExclusionFactory, GrantFactory, OfficeFactory
from tests.partnerships.granting.conftest import WEEK, fresh


@pytest.fixture
def case(people, monkeypatch):
    like_a_case = dataclasses.replace(
        subjects.of(people.item),
        kinds=frozenset({Grant.Kind.CASE_LEAD, Grant.Kind.PANEL_MEMBER, Grant.Kind.EMERGENCY}),
        hides_existence=True,
        manage=Act.MANAGE_CASE,
        body="",
    )
    monkeypatch.setitem(subjects.SUBJECTS, like_a_case.label, like_a_case)
    return people.item


def take(people, case, *, by=None, second=None, until=None):
    by = by or people.team
    return actions.take_case_leads(
        case,
        [by, second or people.colleague],
        by=fresh(by.user),
        until=until or timezone.now() + 20 * WEEK,
    )


def test_both_keep_it_from_its_first_minute(people, case):
    grants = take(people, case)
    assert [grant.person for grant in grants] == [people.team, people.colleague]
    for person in (people.team, people.colleague):
        assert case.pk in standing_of(fresh(person.user)).reach(Act.READ_CASE).of(case._meta.label)
        assert rules.keeps(fresh(person.user), case)
    assert list(Event.objects.filter(target="partnerships.Grant").values_list("verb", flat=True)) == ["grant.taken"] * 2


def refused(words, field, act):
    with pytest.raises(Refusal, match=words) as refusal:
        act()
    assert refusal.value.field == field
    assert not Grant.objects.exists()


@pytest.mark.parametrize("who", ["chair", "second", "scrutineer", "governance", "member"])
def test_only_the_team_takes_it(people, case, who):
    refused("Only the support team", None, lambda: take(people, case, by=getattr(people, who)))


@pytest.mark.parametrize("who", ["chair", "scrutineer", "member"])
def test_the_second_is_of_the_team(people, case, who):
    refused("Choose a second member", "second", lambda: take(people, case, second=getattr(people, who)))


def test_nobody_is_their_own_second(people, case):
    refused("Choose a second member", "second", lambda: take(people, case, second=people.team))


def test_neither_may_have_an_interest(people, case):
    ExclusionFactory(thing=case, person=people.colleague)
    refused("conflict of interest", "second", lambda: take(people, case))


def test_it_ends_within_twelve_months(people, case):
    until = timezone.now() + dt.timedelta(days=400)
    refused("twelve months at most", "until", lambda: take(people, case, until=until))


def test_an_ordinary_item_has_no_leads(people):
    refused("not given for this", None, lambda: take(people, people.item))


def test_the_last_lead_stays_until_somebody_else_keeps_the_case(people, case):
    mine, theirs = take(people, case)
    actions.end_grant(theirs, "They move on.", by=fresh(people.colleague.user))
    with pytest.raises(Refusal, match="last who keep this case"):
        actions.end_grant(mine, "I move on too.", by=fresh(people.team.user))


def test_leads_let_the_panel_in_and_rank_does_not(people, case):
    take(people, case)
    assert rules.keeps(fresh(people.team.user), case)
    for who in ("chair", "second", "scrutineer"):
        assert not rules.keeps(fresh(getattr(people, who).user), case)


def test_an_emergency_by_reference_is_not_in_the_askers_list_until_it_opens(people, case):
    asker = fresh(people.governance.user)
    grant = actions.ask_for_emergency(case, by=asker, second=people.scrutineer, reason="An inspector asks today.")
    assert not Grant.objects.visible_to(fresh(asker)).exists()
    assert Grant.objects.visible_to(fresh(people.scrutineer.user)).get() == grant
    actions.approve_grant(grant, by=fresh(people.scrutineer.user))
    assert Grant.objects.visible_to(fresh(asker)).get() == grant


def test_the_home_page_lists_no_case_that_somebody_took_as_one_that_they_were_let_into(people, case, as_user, words):
    take(people, case)
    assert "What you were let into" not in words(as_user(people.team.user).get("/"))


def test_nobody_of_another_area_takes_it(people, case):
    elsewhere = OfficeFactory(person__area=AnotherAreaFactory()).person
    assert rules.may_take_case(fresh(people.team.user), case)
    assert not rules.may_take_case(fresh(elsewhere.user), case)


def test_a_lead_whose_account_is_switched_off_keeps_it_no_more(people, case):
    take(people, case)
    people.colleague.user.is_active = False
    people.colleague.user.save()
    assert keeping.keepers(case, timezone.now()) == {people.team.pk}


def test_a_lead_who_is_excluded_keeps_it_again_when_that_is_over(people, case):
    take(people, case)
    exclusion = ExclusionFactory(thing=case, person=people.colleague)
    assert keeping.keepers(case, timezone.now()) == {people.team.pk}
    ended = timezone.now()
    Exclusion.objects.regardless("a test ends it").filter(pk=exclusion.pk).update(
        ends_at=ended, ended_by=people.team, ended_because="They have left the firm."
    )
    assert keeping.keepers(case, ended) == {people.team.pk, people.colleague.pk}


class TestWhyItWasGiven:
    """The reasons of a grant to what nobody knows of without one, read by whom it let in."""

    @pytest.fixture
    def grant(self, people, case):
        return take(people, case)[0]

    def test_they_read_them_while_they_see_it_and_not_when_that_is_over(self, people, grant):
        mine = fresh(people.team.user)
        assert rules.may_be_told_why(mine, grant, sees_it=True)
        assert not rules.may_be_told_why(mine, grant, sees_it=False)

    def test_others_who_see_the_grant_read_them(self, people, grant):
        assert rules.may_be_told_why(fresh(people.colleague.user), grant, sees_it=False)

    def test_of_what_everybody_may_know_of_they_read_them_afterwards_too(self, people):
        over = GrantFactory(thing=people.review, person=people.guest, over=True)
        assert rules.may_be_told_why(fresh(people.guest.user), over, sees_it=False)
