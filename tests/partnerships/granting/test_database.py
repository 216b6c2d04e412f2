"""What the actions refuse, the database refuses too, whoever writes to it."""

import datetime as dt

import pytest
from django.db import Error, transaction
from django.utils import timezone

from tests.factories import BodyFactory, ExclusionFactory, GrantFactory, PersonFactory, this_hour

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def refused(factory, constraint, **values):
    with pytest.raises(Error, match=constraint), transaction.atomic():
        factory(**values)


def somebody():
    return PersonFactory()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("grant_wanted_until_after_it_is_wanted_from", {"waiting": True, "wanted_until": this_hour() - 2 * DAY}),
        ("grant_ends_after_it_begins", {"ends_at": this_hour() - 2 * DAY}),
        ("a_grant_is_for_twelve_months_at_most", {"wanted_until": this_hour() + 370 * DAY}),
        ("grant_says_why", {"reason": ""}),
        ("grant_has_a_kind", {"kind": ""}),
        ("grant_approved_at_and_by", {"approved_by": None}),
        ("a_grant_holds_when_approved_or_until_confirmed", {"approved_at": None, "approved_by": None}),
        ("a_grant_in_force_has_an_end", {"ends_at": None}),
        ("a_refused_grant_says_why", {"refused": True, "refused_because": ""}),
        ("an_ended_grant_says_why", {"taken_back": True, "ended_because": ""}),
        ("a_grant_is_approved_in_time", {"approved_at": this_hour() + 31 * DAY}),
        ("a_grant_is_approved_in_time", {"confirm_by": this_hour() - 51 * DAY}),
        ("an_emergency_takes_two_and_lasts_an_hour", {"emergency": True, "ends_at": this_hour() + 3 * HOUR}),
    ],
)
def test_a_grant(constraint, values):
    refused(GrantFactory, constraint, **values)


@pytest.mark.django_db
def test_a_grant_to_oneself_or_approved_by_those_it_concerns():
    me = somebody()
    refused(GrantFactory, "nobody_grants_to_themselves", person=me, proposed_by=me)
    for part in ("person", "proposed_by"):
        both = {part: me, "approved_by": me}
        refused(GrantFactory, "a_grant_is_approved_by_a_second|nobody_approves|whoever_was_asked", **both)
        refused(GrantFactory, "nobody_is_asked_about_their_own_grant|nobody_approves|a_second", second=me, **{part: me})


@pytest.mark.django_db
def test_an_approval_or_a_refusal_by_somebody_who_was_not_asked():
    refused(GrantFactory, "whoever_was_asked_decides_on_a_grant", approved_by=somebody())
    refused(GrantFactory, "whoever_was_asked_decides_on_a_grant", second=None, approved_by=somebody())
    refused(GrantFactory, "whoever_was_asked_decides_on_a_grant", refused=True, refused_by=somebody())


@pytest.mark.django_db
def test_a_second_decision():
    again = {"refused_at": timezone.now(), "refused_because": "No."}
    second = somebody()
    refused(GrantFactory, "a_grant_is_decided_once", second=second, refused_by=second, **again)


@pytest.mark.django_db
def test_an_emergency_that_nobody_confirmed():
    urgent = {"approved_at": None, "approved_by": None, "confirm_by": this_hour() + 2 * HOUR}
    refused(GrantFactory, "an_emergency_takes_two", emergency=True, **urgent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("exclusion_says_why", {"reason": ""}),
        ("exclusion_ends_after_it_begins", {"over": True, "starts_at": this_hour() + 2 * HOUR}),
        ("exclusion_ends_at_and_ended_by", {"ends_at": this_hour()}),
        ("an_exclusion_is_ended_by_another_with_a_reason", {"over": True, "ended_because": ""}),
    ],
)
def test_an_exclusion(constraint, values):
    refused(ExclusionFactory, constraint, **values)


@pytest.mark.django_db
def test_an_exclusion_ended_by_whom_it_keeps_out():
    me = somebody()
    refused(ExclusionFactory, "an_exclusion_is_ended_by_another", over=True, person=me, ended_by=me)


@pytest.mark.django_db
def test_two_exclusions_at_a_time():
    thing, me = BodyFactory(), somebody()
    ExclusionFactory(thing=thing, person=me, over=True)
    first = ExclusionFactory(thing=thing, person=me, starts_at=timezone.now())
    refused(ExclusionFactory, "one_exclusion_at_a_time", thing=thing, person=me)
    assert first.pk
    assert ExclusionFactory(thing=BodyFactory(), person=me).pk
