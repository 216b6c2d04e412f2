"""What a past meeting decided. Verdicts and outcomes are computed from its attendance by the rules, never typed."""

import datetime as dt

from meetings import deciding, judging
from meetings.models import Vote
from mktogether.lib.verdict import Refusal

OF_DECISION = ("wording", "how", "votes", "name", "ratifies")
BEFORE_THE_NEXT_ITEM = dt.timedelta(minutes=1)


def record(meeting, items, year):
    """Write the verdicts on quorum as they changed, and the decisions of each item."""
    facts = deciding.Facts.of(meeting)
    _verdicts(meeting, facts.places, facts.terms)
    for item in items:
        for entry in item.entry.entries("decisions"):
            _decide(facts, item, entry.only(*OF_DECISION), year)


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


def _decide(facts, item, entry, year):
    at = item.ends_at - BEFORE_THE_NEXT_ITEM
    how = entry.choice("how", deciding.HOW, "agreed")
    votes = _votes(facts, entry, year)
    try:
        decision = deciding.decide(facts, item.row, entry.text("wording"), how=how, votes=votes, at=at, by=year.clerk)
    except Refusal as refusal:
        raise entry.wrong(f"nothing can be agreed there: {refusal.sentence}", "wording") from refusal
    _ratify(decision, entry, year)


def _votes(facts, entry, year):
    """The choice of each place that voted, by the place's id."""
    given = entry.entry("votes", None)
    if given is None:
        return {}
    return {
        year.boards.place(given, facts.meeting.body, key).pk: given.choice(key, Vote.Choice.values)
        for key in given.values
    }


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
