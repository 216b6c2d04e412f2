"""What the terms of reference make of a decision. Outcomes are computed, never typed."""

from dataclasses import dataclass

from meetings import interests, judging, roster
from meetings.models import Decision, Vote
from mktogether.lib.verdict import Refusal
from partnerships import rules

HOW = ("agreed", "votes", "recommendation", "noted")
NEEDS_A_QUORUM = (
    "“Agreed” needs a quorum. You can note the item, or record a recommendation "
    "that a quorate meeting is asked to ratify."
)


@dataclass(frozen=True)
class Facts:
    """A meeting with its roster and the terms of its day, read once for several decisions."""

    meeting: object
    places: list
    terms: object

    @classmethod
    def of(cls, meeting):
        return cls(meeting, roster.places(meeting), judging.terms_of(meeting))


def decide(facts, item, wording, *, how, votes, at, by):
    """
    Record what became of ``wording``, put to the meeting under ``item`` at the moment ``at``.

    ``how`` is one of HOW; ``votes`` maps a place's id to for, against or abstain, and counts under "votes" alone.
    Whoever has withdrawn from the item for an interest does not count and does not vote. Without a quorum only a
    recommendation or a note can be recorded. Raises Refusal otherwise, and for votes without a vote; ``field`` says
    where.
    """
    if how not in HOW:
        raise Refusal("Choose whether it was agreed, voted, recommended or noted.", "how")
    votes = votes if how == "votes" else {}
    if not set(votes.values()) <= set(Vote.Choice.values):
        raise Refusal("Choose for, against or abstains for each vote.", "how")
    recused = interests.recused(item, at)
    verdict = judging.judge(
        facts.meeting, facts.places, facts.terms, at=at, decision=item.decision_kind, recused=recused
    )
    voters = [place for place in facts.places if place.is_there and place.seat_id in votes]
    _refuse_votes_of(recused, voters)
    room = judging.room(facts.meeting, facts.places, at=at, recused=recused)
    if how in {"agreed", "votes"} and verdict.status == rules.Status.NOT_QUORATE:
        raise Refusal(" ".join([verdict.sentence, *_withdrawn(facts, recused), NEEDS_A_QUORUM]), "how")
    outcome, reason = _outcome(facts, item, how, voters, votes, verdict, room)
    decision = Decision.objects.create(
        meeting=facts.meeting,
        item=item,
        wording=wording,
        kind=item.decision_kind,
        is_recommendation=how == "recommendation",
        outcome=outcome,
        reason=reason,
        quorum=str(verdict.status),
        quorum_sentence=verdict.sentence,
        at=at,
        by=by,
    )
    Vote.objects.bulk_create(
        Vote(
            decision=decision,
            seat_id=place.seat_id,
            person_id=place.person_id,
            choice=votes[place.seat_id],
            recorded_by=by,
        )
        for place in voters
    )
    return decision


def _withdrawn(facts, recused):
    """Who is there and does not count, since the verdict itself names only whom it misses."""
    posts = [place.person for place in facts.places if place.is_there and place.person_id in recused]
    return [f"Withdrawn from this item for a declared interest: {'; '.join(posts)}."] if posts else []


def _refuse_votes_of(recused, voters):
    for place in voters:
        if place.person_id in recused:
            raise Refusal(
                f"{place.person} has withdrawn from this item for a declared interest and does not vote on it.", "how"
            )


def _outcome(facts, item, how, voters, votes, verdict, room):
    if how == "noted":
        return Decision.Outcome.NOTED, "Noted; nothing was put to the vote."
    if how == "recommendation":
        return Decision.Outcome.RECOMMENDED, f"{verdict.sentence} A quorate meeting is asked to ratify it."
    if how == "votes" and not voters:
        raise Refusal("Record at least one vote, or choose “Agreed”.", "how")
    outcome = rules.decide(
        judging.rules_of(facts.terms),
        room,
        rules.Motion(decision=item.decision_kind, item=str(item.number)),
        tuple(_ballot(place, votes[place.seat_id]) for place in voters),
        agreed=how == "agreed",
    )
    return str(outcome.status), outcome.sentence


def _ballot(place, choice):
    return rules.Ballot(person=str(place.person_id), seat=str(place.seat_id), choice=rules.Choice(choice))
