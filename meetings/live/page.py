"""What the live page shows, ready to be written out: templates hold no rules."""

from dataclasses import dataclass

from django.utils import timezone

from meetings import interests, judging, record, roster
from meetings.live.forms import to_ratify_at
from meetings.live.strip import CHIPS, strip
from meetings.models import AgendaItem, Attendance, Decision
from meetings.sight import sight_of

BUTTONS = (
    ("present", "P", "Present", False),
    ("remote", "R", "Remote", False),
    ("deputy", "D", "Deputy", False),
    ("apologies", "A", "Apologies", True),
    ("absent", "X", "Absent", True),
)
TONES = {"met": "met", "needed": "soon", "not met": "missed"}
WORDS = {"met": "counts for quorum", "needed": "we need them to stay", "not met": "needed for quorum"}
REPLIES = {"accept": "Said: coming", "tentative": "Said: perhaps", "apologies": "Apologies", "deputy": "Sends a deputy"}


@dataclass(frozen=True, slots=True)
class Button:
    """One state that can be chosen for a place. ``label`` names both, for those who hear one button alone."""

    state: str
    letter: str
    word: str
    away: bool
    pressed: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A place with its buttons, and in words what is known of it."""

    seat_id: int
    title: str
    name: str
    note: str
    state: str
    word: str
    vacant: bool
    buttons: tuple[Button, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The places of one partner, and what they mean for the quorum."""

    key: str
    agency: str
    agency_name: str
    count: str
    verdict: str
    icon: str
    modifier: str
    rows: tuple[Row, ...]


class LivePage:
    """Everything that the live page of ``meeting`` shows at ``now``."""

    def __init__(self, meeting, *, now, errors=None):
        self.meeting = meeting
        self.now = now
        self.errors = errors or {}
        self.places = roster.places(meeting)
        self.terms = judging.terms_of(meeting)
        self.verdict = judging.judge(meeting, self.places, self.terms, at=now)

    @property
    def strip(self):
        return strip(self.meeting, self.verdict, self.places)

    @property
    def groups(self):
        findings = {finding.label: finding for finding in self.verdict.findings}
        return [self._group(group, findings.get(group.agency)) for group in roster.grouped(self.places)]

    def row(self, seat_id):
        """The row of one place, for an answer that changes it alone."""
        return next(self._row(place) for place in self.places if place.seat_id == seat_id)

    def group_of(self, seat_id):
        """The partner's heading above that row."""
        return next(group for group in self.groups if any(row.seat_id == seat_id for row in group.rows))

    @property
    def proposals(self):
        """How many places checking attendance would fill in from the replies."""
        return sum(bool(place.proposed) for place in self.places)

    @property
    def rule_in_english(self):
        return judging.rules_of(self.terms).english()

    def votes_stated(self, decision_kind):
        """Whether the terms state how such a decision is voted; only then are votes by name offered."""
        day = roster.local_day(self.meeting)
        rule = judging.rules_of(self.terms).votes(decision_kind, self.meeting.kind, day)
        return rule is not None and bool(rule.tests)

    def verdict_on(self, item, recused):
        """The verdict now on a decision under ``item`` (None: on the meeting), without those ``recused`` from it."""
        if item is None:
            return self.verdict
        return judging.judge(
            self.meeting, self.places, self.terms, at=self.now, decision=item.decision_kind, recused=recused
        )

    def withdrawn(self, item):
        """Who has withdrawn from ``item`` of ``agenda_for`` (None: nobody) for an interest; a query if anybody has."""
        if item is None or not item.has_withdrawals:
            return ()
        return interests.by_item(self.meeting, self.places, self.now).get(item.pk, ())

    def voters(self, recused=()):
        """The places whose people are there and have a vote; those ``recused`` from the item in hand do not."""
        return [place for place in self.places if place.is_there and place.votes and place.person_id not in recused]

    def _group(self, group, finding):
        filled = sum(place.holder_id is not None for place in group.places)
        if finding is None:
            verdict, icon, modifier = "", "", ""
        else:
            _chip, icon = CHIPS[finding.state]
            modifier = TONES[finding.state]
            verdict = WORDS[finding.state]
        return GroupRow(
            key=f"group-{group.places[0].agency_id}",
            agency=group.agency,
            agency_name=group.agency_name,
            count=f"{group.there} of {filled}",
            verdict=verdict,
            icon=icon,
            modifier=modifier,
            rows=tuple(self._row(place) for place in group.places),
        )

    def _row(self, place):
        state = place.state
        title = place.holder or place.title
        name = f"{title}, {place.agency}"
        return Row(
            seat_id=place.seat_id,
            title=title,
            name=name,
            note=_note(place),
            state=state,
            word=_word(place),
            vacant=place.holder_id is None,
            buttons=tuple(
                Button(code, letter, word, away, "true" if code == state else "false", f"{name}: {word}")
                for code, letter, word, away in BUTTONS
            ),
            error=self.errors.get(place.seat_id, ""),
        )


def agenda_for(meeting, user):
    """
    The items of ``meeting`` that ``user`` sees, numbered as they see them.

    The numbers are for showing: the items of the database keep theirs, which would tell of items that are not shown.
    """
    sight = sight_of(user, meeting)
    items = interests.told_of(AgendaItem.objects.of(meeting), timezone.now())
    shown = [item for item in items if sight.shows(item)]
    for number, item in enumerate(shown, start=1):
        item.number = number
    return shown


def items_for(meeting, user):
    """The agenda with what came of each item, for what ``user`` may see of it."""
    return record.items_of(meeting, agenda_for(meeting, user))


def decisions_for(meeting, user):
    """The decisions of ``meeting``, and the recommendations that ``user`` may see and it may ratify, in one query."""
    own = Decision.objects.of(meeting).order_by()
    waiting = to_ratify_at(meeting, user).order_by()
    found = sorted(own.union(waiting, all=True), key=lambda decision: (decision.at, decision.pk))
    made = [decision for decision in found if decision.meeting_id == meeting.pk]
    return made, [decision for decision in found if decision.meeting_id != meeting.pk]


def _word(place):
    words = {
        "present": "Present",
        "remote": "Remote",
        "deputy": "Deputy",
        "apologies": "Apologies",
        "absent": "Absent",
        "unknown": "Reason unknown",
    }
    return words.get(place.state, "")


def _note(place):
    """One line on a place: who came in whose stead, when they came and left, or what they had replied."""
    if place.holder_id is None and not place.filled_by:
        return "Vacant"
    parts = [place.title] if place.holder and place.holder != place.title else []
    if place.filled_by in {Attendance.FilledBy.DEPUTY, Attendance.FilledBy.SUBSTITUTE}:
        parts.append(f"{place.filled_by}: {place.person}")
    if place.is_there and place.state != "present":
        parts.append("remote" if place.how == Attendance.How.REMOTE else "in the room")
    elif place.state == "present":
        parts.append("in the room")
    if place.joined_at:
        parts.append(f"joined {timezone.localtime(place.joined_at):%H:%M}")
    if place.left_at:
        parts.append(f"left {timezone.localtime(place.left_at):%H:%M}")
    if place.reason:
        parts.append(place.reason)
    if not place.filled_by:
        parts.append(_reply(place))
    note = " · ".join(part for part in parts if part)
    return note[:1].upper() + note[1:]


def _reply(place):
    if place.answer == "deputy":
        more = ", who is no named deputy" if place.sends_colleague else ""
        return f"Sends {place.answer_deputy}{', who cannot come' if place.deputy_stays_away else more}"
    words = REPLIES.get(place.answer, "No reply")
    return f"{words}: {place.answer_reason}" if place.answer_reason else words
