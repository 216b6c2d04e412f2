"""Approving, refusing, ending and reviewing: by whom, once, in time, and what happens then."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings.models import AgendaItem, Meeting
from mktogether.lib.verdict import Refusal
from partnerships.granting import actions
from partnerships.models import Grant
from records.models import Event, OutboxMessage
from tests.factories import BodyFactory, ExclusionFactory, GrantFactory, OfficeFactory
from tests.partnerships.granting.conftest import WEEK, fresh, london


def sees(people, thing=None):
    return AgendaItem.objects.visible_to(fresh(people.guest.user)).filter(pk=(thing or people.item).pk).exists()


def end_roles_of(person):
    """Whatever they held is over."""
    now = timezone.now()
    for held in ("chairings", "offices", "appointments"):
        getattr(person, held).update(ends_at=now)


def refused(act, words, field=None):
    with pytest.raises(Refusal, match=words) as refusal:
        act()
    assert refusal.value.field == field


# --- Approving ---


def test_the_second_approves_and_the_guest_sees_the_item_and_nothing_else_of_the_meeting(people, propose):
    grant = actions.approve_grant(propose(), by=fresh(people.second.user))
    assert grant.state(timezone.now()) == "In force"
    assert grant.ends_at == grant.wanted_until
    assert sees(people)
    assert not sees(people, people.secret)
    assert not Meeting.objects.visible_to(fresh(people.guest.user)).exists()
    assert Event.objects.filter(verb="grant.approved", target_id=grant.pk, actor_id=people.second.user.pk).exists()


def test_it_holds_to_the_second(people, propose, at):
    now = at(london(2027, 1, 13, 15))
    begins, ends = now + dt.timedelta(days=1), now + dt.timedelta(days=2)
    actions.approve_grant(propose(begins=begins, until=ends), by=fresh(people.second.user))
    second = dt.timedelta(seconds=1)
    seen = []
    for moment in (begins - second, begins, ends - second, ends):
        at(moment)
        seen.append(sees(people))
    assert seen == [False, True, True, False]


@pytest.mark.parametrize("day", [(2027, 3, 28), (2027, 10, 31)], ids=["clocks forward", "clocks back"])
def test_it_ends_at_the_second_across_a_change_of_the_clocks(people, propose, at, day):
    at(london(*day) - WEEK)
    ends = london(*day, 1, 30).astimezone(dt.UTC) + dt.timedelta(hours=1)
    actions.approve_grant(propose(until=ends), by=fresh(people.second.user))
    at(ends - dt.timedelta(seconds=1))
    assert sees(people)
    at(ends)
    assert not sees(people)


@pytest.mark.parametrize("who", ["chair", "guest", "scrutineer", "team", "member"])
def test_nobody_but_whoever_was_asked_approves(people, propose, who):
    grant = propose()
    refused(lambda: actions.approve_grant(grant, by=fresh(getattr(people, who).user)), "Somebody else was asked")
    assert not sees(people)


def test_somebody_excluded_since_does_not_approve(people, propose):
    grant = propose()
    ExclusionFactory(thing=people.item, person=people.second)
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "no such record")


def test_who_lost_their_role_does_not_approve(people, propose):
    grant = propose()
    end_roles_of(people.second)
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "no such record")
    OfficeFactory(kind="finance editor", person=people.second)
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "Only a partnership's chair")


def test_nothing_is_approved_whose_proposer_lost_their_role_meanwhile(people, propose):
    grant = propose()
    end_roles_of(people.chair)
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "Whoever proposed this")


def test_nothing_is_approved_whose_proposer_has_an_interest_or_no_account_any_more(people, propose):
    grant = propose()
    exclusion = ExclusionFactory(thing=people.item, person=people.chair)
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "Whoever proposed this")
    exclusion.delete()
    people.chair.user.is_active = False
    people.chair.user.save()
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "Whoever proposed this")


def test_whoever_was_excluded_meanwhile_is_not_let_in(people, propose):
    grant = propose()
    ExclusionFactory(thing=people.item, person=people.guest)
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "conflict of interest", "person")


def test_it_is_too_late_at_the_moment_of_its_end(people, propose, at):
    now = at(london(2027, 1, 13, 15))
    grant = propose(until=now + WEEK)
    at(now + WEEK)
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "too late")
    assert grant.state(now + WEEK) == "Lapsed, not approved"


def test_it_is_decided_once(people, propose):
    grant = propose()
    second = fresh(people.second.user)
    actions.approve_grant(grant, by=second)
    refused(lambda: actions.approve_grant(grant, by=second), "decided already")
    refused(lambda: actions.refuse_grant(grant, "No.", by=second), "decided already")


def test_what_is_approved_is_told_to_both_by_mail_without_content(people, propose):
    actions.approve_grant(propose(), by=fresh(people.second.user))
    told = OutboxMessage.objects.filter(subject__endswith="Access was approved")
    assert {mail.to for mail in told} == {people.guest.user.email, people.chair.user.email}
    assert not any("rapid" in mail.text or "Review" in mail.text for mail in told)


# --- Refusing ---


def test_refusing_needs_a_reason_and_ends_it(people, propose):
    grant = propose()
    second = fresh(people.second.user)
    refused(lambda: actions.refuse_grant(grant, " ", by=second), "Enter why", "because")
    grant = actions.refuse_grant(grant, "The chair can present it.", by=second)
    assert grant.state(timezone.now()) == "Refused"
    refused(lambda: actions.approve_grant(grant, by=second), "decided already")
    assert Event.objects.filter(verb="grant.refused", target_id=grant.pk).exists()


def test_nobody_else_refuses(people, propose):
    grant = propose()
    refused(lambda: actions.refuse_grant(grant, "No.", by=fresh(people.scrutineer.user)), "Somebody else was asked")


def test_refusing_urgent_access_ends_it_at_that_moment_and_tells_whoever_had_it(people, propose):
    grant = propose(urgent=True)
    assert sees(people)
    actions.refuse_grant(grant, "It was not urgent.", by=fresh(people.second.user))
    assert not sees(people)
    told = OutboxMessage.objects.filter(subject__endswith="Access was refused")
    assert {mail.to for mail in told} == {people.guest.user.email, people.chair.user.email}


def test_whoever_never_knew_of_a_proposal_is_not_told_that_it_was_refused(people, propose):
    actions.refuse_grant(propose(), "No.", by=fresh(people.second.user))
    assert not OutboxMessage.objects.filter(to=people.guest.user.email).exists()


# --- Ending ---


@pytest.mark.parametrize("who", ["chair", "team", "guest"])
def test_those_who_keep_it_and_whoever_has_it_end_it_with_a_reason(people, propose, who):
    grant = actions.approve_grant(propose(), by=fresh(people.second.user))
    by = fresh(getattr(people, who).user)
    refused(lambda: actions.end_grant(grant, "", by=by), "Enter why", "because")
    grant = actions.end_grant(grant, "The paper was withdrawn.", by=by)
    assert not sees(people)
    assert grant.state(timezone.now()) == "Ended"
    assert Event.objects.filter(verb="grant.ended", target_id=grant.pk, actor_id=by.pk).exists()
    refused(lambda: actions.end_grant(grant, "Again.", by=by), "over already")


@pytest.mark.parametrize("who", ["member", "vice", "scrutineer", "second", "governance"])
def test_others_do_not_end_it(people, propose, who):
    grant = actions.approve_grant(propose(), by=fresh(people.second.user))
    refused(lambda: actions.end_grant(grant, "No.", by=fresh(getattr(people, who).user)), "Only those who keep this")
    assert sees(people)


def test_who_keeps_it_and_has_an_interest_does_not_end_it(people, propose):
    grant = actions.approve_grant(propose(by=fresh(people.team.user)), by=fresh(people.second.user))
    ExclusionFactory(thing=people.item, person=people.chair)
    refused(lambda: actions.end_grant(grant, "No.", by=fresh(people.chair.user)), "Only those who keep this")


def test_the_proposer_takes_a_proposal_back_and_nothing_is_left_to_approve(people, propose):
    grant = actions.end_grant(propose(), "Not needed.", by=fresh(people.chair.user))
    assert grant.state(timezone.now()) == "Ended"
    refused(lambda: actions.approve_grant(grant, by=fresh(people.second.user)), "decided already")


def test_a_guest_does_not_take_back_a_proposal_of_which_they_do_not_know(people, propose):
    refused(lambda: actions.end_grant(propose(), "No.", by=fresh(people.guest.user)), "Only those who keep this")


def test_what_has_not_begun_never_begins_once_ended(people, propose, at):
    now = at(london(2027, 1, 13, 15))
    grant = propose(begins=now + WEEK, until=now + 2 * WEEK)
    actions.approve_grant(grant, by=fresh(people.second.user))
    actions.end_grant(grant, "Cancelled.", by=fresh(people.chair.user))
    at(now + WEEK)
    assert not sees(people)


def test_what_is_over_by_itself_is_not_ended(people, propose, at):
    now = at(london(2027, 1, 13, 15))
    grant = actions.approve_grant(propose(until=now + WEEK), by=fresh(people.second.user))
    at(now + WEEK)
    refused(lambda: actions.end_grant(grant, "Late.", by=fresh(people.chair.user)), "over already")


# --- Review after 90 days ---


@pytest.fixture
def long_one(people, propose, at):
    now = at(london(2027, 1, 13, 15))
    grant = propose(kind="lay member", thing=people.review, until=now + 40 * WEEK)
    return actions.approve_grant(grant, by=fresh(people.second.user))


def test_after_90_days_somebody_says_that_it_is_still_needed(people, long_one, at):
    assert long_one.review_on == dt.date(2027, 4, 13)
    at(london(2027, 4, 12, 23, 59))
    refused(lambda: actions.review_grant(long_one, by=fresh(people.chair.user)), "not due")
    now = at(london(2027, 4, 13, 0, 0))
    assert list(Grant.objects.to_review(now)) == [long_one]
    grant = actions.review_grant(long_one, by=fresh(people.chair.user))
    assert grant.review_on == dt.date(2027, 7, 12)
    assert not Grant.objects.to_review(now).exists()
    assert Event.objects.filter(verb="grant.reviewed", target_id=grant.pk).exists()


@pytest.mark.parametrize("who", ["guest", "member", "scrutineer"])
def test_nobody_else_says_so(people, long_one, at, who):
    at(london(2027, 4, 13))
    by = fresh(getattr(people, who).user)
    refused(lambda: actions.review_grant(long_one, by=by), "Only those who keep this")


def test_nobody_says_of_their_own_access_that_it_is_needed(people, at):
    OfficeFactory(person=people.guest)
    at(london(2027, 4, 13))
    own = GrantFactory(person=people.guest, thing=people.review, review_on=dt.date(2027, 4, 13))
    at(own.starts_at + WEEK)
    refused(lambda: actions.review_grant(own, by=fresh(people.guest.user)), "Somebody else says")


def test_what_is_over_is_not_needed(people, long_one, at):
    at(long_one.ends_at)
    assert not Grant.objects.to_review(timezone.now()).exists()
    refused(lambda: actions.review_grant(long_one, by=fresh(people.chair.user)), "over already")


# --- The lists ---


def test_what_waits_what_is_over_and_what_is_to_be_reviewed(people):
    thing = BodyFactory()
    made = {
        state: GrantFactory(thing=thing, **{state: True})
        for state in ("waiting", "urgent", "over", "not_begun", "taken_back", "refused", "lead")
    }
    made["late"] = GrantFactory(
        thing=thing, waiting=True, wanted_from=timezone.now() - WEEK, wanted_until=timezone.now()
    )
    made["due"] = GrantFactory(thing=thing, review_on=timezone.localdate())
    GrantFactory(thing=thing, over=True, review_on=timezone.localdate())
    now = timezone.now()
    assert set(Grant.objects.waiting(now)) == {made["waiting"], made["urgent"]}
    assert set(Grant.objects.to_review(now)) == {made["due"]}
    over = set(Grant.objects.over(now))
    assert over >= {made["over"], made["taken_back"], made["refused"], made["late"]}
    for grant in Grant.objects.all():
        assert (grant in over) == grant.is_over(now), grant.state(now)
