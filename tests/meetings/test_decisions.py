"""Decisions, whose outcome the terms of reference compute; actions; notes."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from meetings import actions
from meetings.models import Action, Decision
from mktogether.lib.verdict import Refusal
from records.models import EarlierValue, Event
from records.submissions import AlreadySubmitted
from tests.factories import AgendaItemFactory, MeetingFactory, TermsOfReferenceFactory

FOUR_OF_FIVE = """quorum: two of the responsible authorities
votes: more for than against
votes for financial decisions: all responsible authorities in favour
"""


def test_agreed_without_a_quorum_is_refused_and_says_what_can_be_done(group, meeting, item):
    with pytest.raises(Refusal, match="needs a quorum") as refusal:
        actions.put_decision(meeting, item, "To commission a review.", by=group.chair)
    assert "recommendation" in refusal.value.sentence
    assert not Decision.objects.exists()


def test_a_recommendation_can_be_recorded_without_a_quorum(group, meeting, item):
    decision = actions.put_decision(meeting, item, "To commission a review.", by=group.chair, how="recommendation")
    assert (decision.outcome, decision.quorum) == ("recommended", "not quorate")
    assert "ratify" in decision.reason


def test_noting_needs_no_quorum(group, meeting, item):
    assert actions.put_decision(meeting, item, "Noted.", by=group.chair, how="noted").outcome == "noted"


def test_a_decision_of_a_quorate_meeting_says_what_the_terms_make_of_it(group, everybody_is_there, item):
    decision = actions.put_decision(everybody_is_there, item, "To commission a review.", by=group.chair)
    assert decision.quorum == "quorate"
    assert decision.outcome in {"carried", "not stated"}
    assert decision.reason


def test_where_no_quorum_is_stated_a_decision_can_be_taken_and_says_so(group, meeting, item):
    group.body.terms.update(rules="")
    decision = actions.put_decision(meeting, item, "To meet again.", by=group.chair)
    assert decision.quorum == "not stated"


def test_a_decision_without_words_is_refused_at_its_field(group, everybody_is_there, item):
    with pytest.raises(Refusal, match="Enter the wording") as refusal:
        actions.put_decision(everybody_is_there, item, "   ", by=group.chair)
    assert refusal.value.field == "wording"


def test_an_item_of_another_meeting_is_refused(group, everybody_is_there):
    with pytest.raises(Refusal, match="not on the agenda"):
        actions.put_decision(everybody_is_there, AgendaItemFactory(), "To go home.", by=group.chair)


def test_the_same_form_sent_twice_has_one_effect(group, everybody_is_there, item):
    form = {"submission": str(uuid.uuid4())}
    actions.put_decision(everybody_is_there, item, "To meet again.", by=group.chair, submission=form)
    with pytest.raises(AlreadySubmitted):
        actions.put_decision(everybody_is_there, item, "To meet again.", by=group.chair, submission=form)
    assert Decision.objects.count() == 1


def test_a_refused_form_can_be_sent_again(group, meeting, item):
    form = {"submission": str(uuid.uuid4())}
    with pytest.raises(Refusal):
        actions.put_decision(meeting, item, "To meet again.", by=group.chair, submission=form)
    actions.put_decision(meeting, item, "To meet again.", by=group.chair, how="noted", submission=form)
    assert Decision.objects.count() == 1


def test_a_quorate_meeting_ratifies_an_earlier_recommendation(group, everybody_is_there, item):
    earlier = MeetingFactory(body=group.body, opened=True)
    recommendation = actions.put_decision(
        earlier, AgendaItemFactory(meeting=earlier), "To commission a review.", by=group.chair, how="recommendation"
    )
    decision = actions.put_decision(everybody_is_there, item, "To ratify it.", by=group.chair, ratifies=recommendation)
    recommendation.refresh_from_db()
    assert recommendation.ratified_by == decision


def test_a_recommendation_of_another_group_cannot_be_ratified(group, everybody_is_there, item):
    other = AgendaItemFactory(meeting__opened=True)
    TermsOfReferenceFactory(body=other.meeting.body, rules="quorum: three members")
    recommendation = actions.put_decision(other.meeting, other, "Elsewhere.", by=group.chair, how="recommendation")
    with pytest.raises(Refusal, match="same group"):
        actions.put_decision(everybody_is_there, item, "To ratify it.", by=group.chair, ratifies=recommendation)


def test_a_decision_can_be_taken_back_and_history_keeps_it(group, everybody_is_there, item):
    decision = actions.put_decision(everybody_is_there, item, "A slip of the finger.", by=group.chair)
    actions.remove_decision(decision, by=group.chair)
    assert not Decision.objects.exists()
    event = Event.objects.get(verb="decision.removed")
    assert EarlierValue.objects.get(event=event, field="wording").value == "A slip of the finger."


class TestVotes:
    @pytest.fixture
    def authorities(self, group):
        """Two responsible authorities; money needs every one of them in favour."""
        group.body.terms.update(rules=FOUR_OF_FIVE)
        for appointment in (group.adults, group.commander):
            appointment.seat.classes = ["responsible authority"]
            appointment.seat.save()
        return group

    @pytest.fixture
    def money(self, everybody_is_there):
        return AgendaItemFactory(meeting=everybody_is_there, number=9, decision_kind="financial")

    def test_an_abstention_defeats_what_needs_all_in_favour(self, authorities, everybody_is_there, money):
        votes = {authorities.adults.seat_id: "for", authorities.commander.seat_id: "abstain"}
        decision = actions.put_decision(
            everybody_is_there, money, "To spend £3,200.", by=authorities.chair, how="votes", votes=votes
        )
        assert decision.outcome == "not carried"
        assert decision.votes.count() == 2

    def test_all_in_favour_carries_it(self, authorities, everybody_is_there, money):
        votes = {authorities.adults.seat_id: "for", authorities.commander.seat_id: "for"}
        decision = actions.put_decision(
            everybody_is_there, money, "To spend £3,200.", by=authorities.chair, how="votes", votes=votes
        )
        assert decision.outcome == "carried"

    def test_votes_without_a_vote_are_refused(self, authorities, everybody_is_there, money):
        with pytest.raises(Refusal, match="at least one vote"):
            actions.put_decision(
                everybody_is_there, money, "To spend £3,200.", by=authorities.chair, how="votes", votes={}
            )


class TestActions:
    def test_an_action_has_an_owner_their_agency_and_a_day(self, group, meeting, item):
        due = timezone.localdate() + dt.timedelta(days=7)
        action = actions.add_action(
            meeting, item, what="Bring costs.", owner=group.adults.person, due_on=due, by=group.chair
        )
        assert (action.agency, action.body, action.due_on) == (group.council, group.body, due)

    def test_a_day_before_the_meeting_is_refused_at_its_field(self, group, meeting, item):
        with pytest.raises(Refusal, match="before the meeting") as refusal:
            actions.add_action(
                meeting,
                item,
                what="Bring costs.",
                owner=group.adults.person,
                due_on=meeting.starts_at.date() - dt.timedelta(days=1),
                by=group.chair,
            )
        assert refusal.value.field == "due_on"
        assert not Action.objects.exists()

    def test_saying_twice_that_it_is_done_changes_nothing(self, group, meeting, item):
        due = timezone.localdate() + dt.timedelta(days=7)
        action = actions.add_action(
            meeting, item, what="Bring costs.", owner=group.adults.person, due_on=due, by=group.chair
        )
        first = actions.complete_action(action, by=group.chair)
        second = actions.complete_action(action, by=group.adults.person.user)
        assert second.done_at == first.done_at
        assert second.done_by == group.chair


def test_a_note_is_kept_and_the_item_done(group, meeting, item):
    actions.save_note(meeting, item, "Members heard three reports.", by=group.chair, seen=item.note_digest, done=True)
    item.refresh_from_db()
    assert item.note == "Members heard three reports."
    assert item.done_at is not None
