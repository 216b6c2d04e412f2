"""A new version of the terms: the one before ends the day before, and older meetings keep their rules."""

import datetime as dt

import pytest
from django.db import transaction

from meetings import judging, roster
from mktogether.lib.verdict import Refusal
from partnerships import actions
from partnerships.access import may_change_terms
from partnerships.models import TermsOfReference
from records.models import EarlierValue, Event
from tests.factories import AttendanceFactory, OfficeFactory


def version(review, first_day, rules="quorum: three members"):
    return TermsOfReference(body=review.body, edition="Handbook of 2027", starts_on=first_day, rules=rules)


def test_the_version_before_ends_the_day_before(review, first_day, team):
    published = actions.publish_terms(version(review, first_day), by=team)
    review.terms.refresh_from_db()
    assert review.terms.ends_on == first_day - dt.timedelta(days=1)
    assert review.body.terms_on(first_day) == published
    assert review.body.terms_on(review.terms.ends_on) == review.terms


def test_a_meeting_before_the_day_is_still_judged_by_the_old_rules(review, meetings, first_day, team):
    actions.publish_terms(version(review, first_day), by=team)
    for meeting, status in (
        (meetings.before, "quorate"),
        (meetings.on, "not quorate"),
        (meetings.after, "not quorate"),
    ):
        for appointment in (review.adults, review.commander):
            AttendanceFactory(meeting=meeting, seat=appointment.seat, person=appointment.person)
        verdict = judging.judge(meeting, roster.places(meeting), judging.terms_of(meeting))
        assert verdict.status == status, meeting


def test_both_acts_are_in_the_history(review, first_day, team):
    published = actions.publish_terms(version(review, first_day), by=team)
    ended, told = Event.objects.order_by("id")
    assert (ended.verb, ended.target_id, ended.actor_id) == ("terms.ended", review.terms.pk, team.pk)
    assert (told.verb, told.target_id, told.area_id) == ("terms.published", published.pk, review.body.area_id)
    assert set(told.fields) == {"edition", "starts_on", "rules"}
    assert not EarlierValue.objects.filter(event=told).exists()


@pytest.mark.parametrize("days", [0, -1, -4000])
def test_a_first_day_that_is_not_after_the_latest_versions_is_refused(review, team, days):
    day = review.terms.starts_on + dt.timedelta(days=days)
    with pytest.raises(Refusal, match=r"begins on 1 April 2024\. Enter a first day after it") as refused:
        actions.publish_terms(version(review, day), by=team)
    assert refused.value.field == "starts_on"
    assert review.body.terms.count() == 1
    assert not Event.objects.exists()


def test_a_version_that_is_published_for_later_counts_too(review, first_day, team):
    actions.publish_terms(version(review, first_day), by=team)
    with pytest.raises(Refusal):
        actions.publish_terms(version(review, first_day - dt.timedelta(days=5)), by=team)
    later = first_day + dt.timedelta(days=5)
    actions.publish_terms(version(review, later), by=team)
    spans = review.body.terms.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(spans) == [
        (review.terms.starts_on, first_day - dt.timedelta(days=1)),
        (first_day, later - dt.timedelta(days=1)),
        (later, None),
    ]


def test_a_version_that_ended_before_keeps_its_end(review, first_day, team):
    review.terms.ends_on = first_day - dt.timedelta(days=10)
    review.terms.save()
    actions.publish_terms(version(review, first_day), by=team)
    review.terms.refresh_from_db()
    assert review.terms.ends_on == first_day - dt.timedelta(days=10)
    assert review.body.terms_on(first_day - dt.timedelta(days=5)) is None


def test_rules_that_cannot_be_read_are_refused_and_nothing_ends(review, first_day, team):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        actions.publish_terms(version(review, first_day, rules="remote: perhaps"), by=team)
    assert refused.value.field == "rules"
    review.terms.refresh_from_db()
    assert review.terms.ends_on is None


def test_the_first_version_of_a_board_ends_nothing(review, first_day, team):
    review.terms.delete()
    published = actions.publish_terms(version(review, first_day), by=team)
    assert published.ends_on is None
    assert [event.verb for event in Event.objects.all()] == ["terms.published"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", ["scrutineer", "lead partner", "finance editor", "system administrator", "agency administrator"]
)
def test_no_other_role_changes_terms(review, kind):
    verdict = may_change_terms(OfficeFactory(kind=kind).person.user, review.body)
    assert not verdict
    assert verdict.reason == "Only the support team can enter a new version of the terms of reference."
