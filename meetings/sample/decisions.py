"""What a past meeting decided. Verdicts and outcomes are computed from its attendance by the rules, never typed."""

import datetime as dt

from meetings import judging, roster
from meetings.models import Decision, Vote
from partnerships import rules

HOW = ("agreed", "votes", "recommendation", "noted")
OF_DECISION = ("wording", "how", "votes", "name", "ratifies")
BEFORE_THE_NEXT_ITEM = dt.timedelta(minutes=1)


def record(meeting, items, year):
    """Write the verdicts on quorum as they changed, and the decisions of each item."""
    found = roster.places(meeting)
    terms = judging.terms_of(meeting)
    _verdicts(meeting, found, terms)
    for item in items:
        for entry in item.entry.entries("decisions"):
            _decide(meeting, found, terms, item, entry.only(*OF_DECISION), year)


def _verdicts(meeting, found, terms):
    """Judge at the opening and whenever somebody came or left; keep each change, as the live meeting does."""
    moments = {meeting.opened_at} | {
        moment for place in found for times in place.presences for moment in times if moment is not None
    }
    for moment in sorted(moments):
        verdict = judging.judge(meeting, found, terms, at=moment)
        if meeting.quorum_status != verdict.status:
            meeting.quorum_status = str(verdict.status)
            meeting.quorum_since = moment
            meeting.verdict_changes.create(at=moment, status=str(verdict.status), sentence=verdict.sentence)
        meeting.quorum_sentence = verdict.sentence
    meeting.save(update_fields=["quorum_status", "quorum_since", "quorum_sentence"])


def _decide(meeting, found, terms, item, entry, year):
    at = item.ends_at - BEFORE_THE_NEXT_ITEM
    how = entry.choice("how", HOW, "agreed")
    votes = _votes(meeting, found, entry, year)
    verdict = judging.judge(meeting, found, terms, at=at, decision=item.row.decision_kind)
    if verdict.status == rules.Status.NOT_QUORATE and how not in {"recommendation", "noted"}:
        raise entry.wrong(f"nothing can be agreed there: {verdict.sentence}", "wording")
    outcome, reason = _outcome(meeting, found, terms, item.row, how, votes, verdict, at)
    decision = Decision.objects.create(
        meeting=meeting,
        item=item.row,
        wording=entry.text("wording"),
        kind=item.row.decision_kind,
        is_recommendation=how == "recommendation",
        outcome=outcome,
        reason=reason,
        quorum=str(verdict.status),
        quorum_sentence=verdict.sentence,
        at=at,
        by=year.clerk,
    )
    Vote.objects.bulk_create(
        Vote(decision=decision, seat_id=place.seat_id, person_id=place.person_id, choice=choice, recorded_by=year.clerk)
        for place, choice in votes
    )
    _ratify(decision, entry, year)


def _votes(meeting, found, entry, year):
    """(place of the roster, choice) for each vote of the entry."""
    given = entry.entry("votes", None)
    if given is None:
        return []
    places = {place.seat_id: place for place in found}
    return [
        (places[year.boards.place(given, meeting.body, key).pk], given.choice(key, Vote.Choice.values))
        for key in given.values
    ]


def _outcome(meeting, found, terms, item, how, votes, verdict, at):
    if how == "noted":
        return Decision.Outcome.NOTED, "Noted; nothing was put to the vote."
    if how == "recommendation":
        return Decision.Outcome.RECOMMENDED, f"{verdict.sentence} A quorate meeting is asked to ratify it."
    outcome = rules.decide(
        judging.rules_of(terms),
        judging.room(meeting, found, at=at),
        rules.Motion(decision=item.decision_kind, item=str(item.number)),
        tuple(
            rules.Ballot(person=str(place.person_id), seat=str(place.seat_id), choice=rules.Choice(choice))
            for place, choice in votes
        ),
        agreed=how == "agreed",
    )
    return str(outcome.status), outcome.sentence


def _ratify(decision, entry, year):
    """A recommendation is kept under its ``name`` until a later meeting's decision ``ratifies`` it."""
    if "name" in entry:
        year.recommendations[entry.text("name")] = decision
    if "ratifies" in entry:
        name = entry.text("ratifies")
        if name not in year.recommendations:
            raise entry.wrong(f"no earlier recommendation has the name “{name}”.", "ratifies")
        earlier = year.recommendations[name]
        earlier.ratified_at = decision.at
        earlier.ratified_by = decision
        earlier.save(update_fields=["ratified_at", "ratified_by"])
