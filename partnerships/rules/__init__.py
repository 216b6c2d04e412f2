"""The rule language of terms of reference: rules of quorum and voting as data, judged on the facts of a meeting.

Pure Python: facts in, an explained answer out. ``docs/quorum.md`` describes the language.
"""

from partnerships.rules.checking import check_terms, quorum_names
from partnerships.rules.facts import (
    Answer,
    Ballot,
    Capacity,
    Choice,
    Mode,
    Motion,
    Occasion,
    Presence,
    Recusal,
    Reply,
    Room,
    Seat,
)
from partnerships.rules.judgement import Arrival, Counted, Finding, Judgement, MendingSet, Other, Status
from partnerships.rules.judging import judge
from partnerships.rules.outlook import Chase, Forecast, Fragile, Health, forecast, health
from partnerships.rules.parsing import parse_terms
from partnerships.rules.problems import Problem, RuleError
from partnerships.rules.telling import check_text, miscounted
from partnerships.rules.terms import Terms
from partnerships.rules.timeline import Span, timeline
from partnerships.rules.voting import LeftOut, Outcome, Result, Tally, decide

__all__ = [
    "Answer",
    "Arrival",
    "Ballot",
    "Capacity",
    "Chase",
    "Choice",
    "Counted",
    "Finding",
    "Forecast",
    "Fragile",
    "Health",
    "Judgement",
    "LeftOut",
    "MendingSet",
    "Mode",
    "Motion",
    "Occasion",
    "Other",
    "Outcome",
    "Presence",
    "Problem",
    "Recusal",
    "Reply",
    "Result",
    "Room",
    "RuleError",
    "Seat",
    "Span",
    "Status",
    "Tally",
    "Terms",
    "check_terms",
    "check_text",
    "decide",
    "forecast",
    "health",
    "judge",
    "miscounted",
    "parse_terms",
    "quorum_names",
    "timeline",
]
