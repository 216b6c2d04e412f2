"""What a vote comes to. Outcomes are computed from the ballots, never typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from partnerships.rules.clauses import Share, Unit
from partnerships.rules.eligibility import Candidates, candidates, in_group
from partnerships.rules.explaining import shortfall
from partnerships.rules.facts import Ballot, Choice, Motion, Occasion, Room, Seat
from partnerships.rules.judgement import Status, as_plain
from partnerships.rules.judging import case_of, judgement_of, own_first
from partnerships.rules.matching import seated
from partnerships.rules.measuring import holds, leaves
from partnerships.rules.names import in_words, plain, sentence
from partnerships.rules.phrases import share_words
from partnerships.rules.planning import Membership, listed_or, plan_of
from partnerships.rules.terms import BlockRule, CastingRule, Measure, Terms, VoteRule, VoteTest


class Result(StrEnum):
    """What became of a motion."""

    CARRIED = "carried"
    NOT_CARRIED = "not carried"
    UNDECIDED = "undecided"
    INVALID = "invalid"
    NOT_STATED = "not stated"


@dataclass(frozen=True)
class Tally:
    """The votes counted."""

    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    voters_present: int = 0

    @property
    def cast(self) -> int:
        """Votes for and against; an abstention is none."""
        return self.votes_for + self.votes_against

    @property
    def words(self) -> str:
        """ "3 for, 2 against, 1 abstaining"."""
        return f"{self.votes_for} for, {self.votes_against} against, {self.abstentions} abstaining"


@dataclass(frozen=True)
class LeftOut:
    """A vote that does not count, and why."""

    person: str
    seat: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What a vote comes to, in words, with its arithmetic and the votes left out."""

    status: Result
    sentence: str
    tally: Tally = Tally()
    left_out: tuple[LeftOut, ...] = ()
    tests: tuple[str, ...] = ()
    quorum: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values, for storing with the decision."""
        plain_values: dict[str, Any] = as_plain(self)
        return plain_values


@dataclass(frozen=True)
class Votes:
    """The votes that count: whose, from which seat, and who could have voted."""

    choices: dict[int, tuple[str, Choice]]
    able: Candidates
    left_out: tuple[LeftOut, ...]
    casting: Choice | None
    present: int


def decide(
    terms: Terms,
    room: Room,
    motion: Motion,
    ballots: tuple[Ballot, ...] = (),
    agreed: bool = False,
) -> Outcome:
    """What became of ``motion``: carried, not carried, undecided, invalid or not stated.

    Without a quorum it is invalid, whatever the votes. Votes of people who may not vote are left out and named.
    ``agreed`` is assent without a count: everybody present who may vote is taken as in favour.
    """
    room = replace(room, item=motion.item if motion.item is not None else room.item, occasion=Occasion.VOTE)
    quorum = judgement_of(case_of(terms, room, motion.decision))
    votes = votes_of(terms, room, motion.decision, ballots, agreed=agreed)
    tally = tally_of(terms, room, motion.decision, votes)
    done = outcome(terms, room, motion, votes, tally, quorum.status, quorum.sentence, agreed=agreed)
    return replace(done, tally=tally, left_out=votes.left_out, quorum=quorum.status.value)


def outcome(
    terms: Terms, room: Room, motion: Motion, votes: Votes, tally: Tally, quorum: Status, words: str, *, agreed: bool
) -> Outcome:
    """The outcome without its tally."""
    if quorum is Status.NOT_QUORATE:
        return Outcome(Result.INVALID, f"Invalid: the meeting was not quorate. {words}")
    rule = terms.votes(motion.decision, room.meeting_kind, room.on)
    if rule is None or not rule.tests:
        if agreed:
            return Outcome(Result.CARRIED, "Carried: agreed by those present. How votes are decided is not stated.")
        return Outcome(Result.NOT_STATED, f"Not stated: the terms do not say what carries a decision. {tally.words}.")
    if not agreed and not votes.choices:
        return Outcome(Result.UNDECIDED, "Undecided: nobody who may vote has voted.")
    return by_rule(terms, room, motion, rule, votes, tally, agreed=agreed)


def by_rule(
    terms: Terms, room: Room, motion: Motion, rule: VoteRule, votes: Votes, tally: Tally, *, agreed: bool
) -> Outcome:
    """The outcome under a voting rule."""
    reasons = [test_of(terms, room, motion.decision, test, votes, tally) for test in rule.tests]
    said = tuple(reason for _met, reason in reasons)
    failed = [reason for met, reason in reasons if not met]
    if tally.votes_for == 0:
        return Outcome(Result.NOT_CARRIED, f"Not carried: nobody in favour. {tally.words}.", tests=said)
    if motion.open and votes.present > len(votes.choices):
        return Outcome(Result.UNDECIDED, f"Undecided: the vote is still open. {tally.words}.", tests=said)
    if not failed:
        return Outcome(Result.CARRIED, sentence(f"Carried: {'; '.join(said)}"), tests=said)
    if is_tied(rule, tally) and len(failed) == 1:
        return tied(terms, room, motion.decision, votes, tally, said)
    return Outcome(Result.NOT_CARRIED, sentence(f"Not carried: {'; '.join(failed)}"), tests=said)


def is_tied(rule: VoteRule, tally: Tally) -> bool:
    """Whether the votes are equal under a rule that asks for more for than against."""
    simple = {Measure.AGAINST, Measure.CAST}
    return tally.votes_for == tally.votes_against and any(test.measure in simple for test in rule.tests)


def tied(terms: Terms, room: Room, decision: str, votes: Votes, tally: Tally, said: tuple[str, ...]) -> Outcome:
    """An equal vote: carried or lost by the casting vote where there is one, otherwise not carried."""
    equal = f"{tally.votes_for} for and {tally.votes_against} against"
    if casting_rule(terms, room, decision) is None:
        return Outcome(Result.NOT_CARRIED, f"Not carried: {equal}, and the terms give no casting vote.", tests=said)
    if votes.casting is None:
        return Outcome(Result.UNDECIDED, f"Undecided: {equal}, and the casting vote has not been used.", tests=said)
    status = Result.CARRIED if votes.casting == Choice.FOR else Result.NOT_CARRIED
    words = "in favour" if votes.casting == Choice.FOR else "not in favour"
    return Outcome(status, f"{sentence(status.value)[:-1]}: {equal}, with the casting vote {words}.", tests=said)


def casting_rule(terms: Terms, room: Room, decision: str) -> CastingRule | None:
    """The rule that gives a casting vote, where the terms have one."""
    rules = [
        rule
        for rule in terms.statements
        if isinstance(rule, CastingRule) and rule.when.applies(decision, room.meeting_kind, room.on)
    ]
    rule = max(rules, key=lambda rule: rule.when.rank, default=None)
    return rule if rule is not None and rule.given else None


def votes_of(terms: Terms, room: Room, decision: str, ballots: tuple[Ballot, ...], *, agreed: bool) -> Votes:
    """The votes that count, one to a person and one to a seat, and the others with the reason."""
    able = candidates(terms, room, decision, voting=True, at=room.at)
    places = {seat.key: place for place, seat in enumerate(room.seats)}
    withdraw_deputies(able, room)
    choices: dict[int, tuple[str, Choice]] = {}
    left_out: list[LeftOut] = []
    casting: Choice | None = None
    voted: set[str] = set()
    for ballot in ballots:
        if ballot.casting:
            reason = no_casting(terms, room, decision, ballot)
            if reason:
                left_out.append(LeftOut(ballot.person, ballot.seat or "", reason))
            else:
                casting = ballot.choice
            continue
        seat, reason = seat_for(ballot, able, places, choices, voted, room.seats)
        if seat is None:
            left_out.append(LeftOut(ballot.person, ballot.seat or "", reason))
            continue
        choices[seat] = (ballot.person, ballot.choice)
        voted.add(ballot.person)
    seating = arrange_all(able)
    if agreed:
        choices = {seat: (person, Choice.FOR) for seat, person in seating.items()}
    return Votes(choices, able, tuple(left_out), casting, max(len(seating), len(choices)))


def withdraw_deputies(able: Candidates, room: Room) -> None:
    """A deputy or substitute has no vote in a seat whose own member is there."""
    for seat, people in able.people.items():
        holder = room.seats[seat].holder
        if holder in people and len(people) > 1:
            for person in people[1:]:
                del able.capacity[(person, seat)]
            able.people[seat] = [people[0]]


def arrange_all(able: Candidates) -> dict[int, str]:
    """Everybody who may vote on a seat of their own."""
    return seated(able.people, own_first(able)).on


def seat_for(
    ballot: Ballot,
    able: Candidates,
    places: dict[str, int],
    choices: dict[int, tuple[str, Choice]],
    voted: set[str],
    seats: tuple[Seat, ...],
) -> tuple[int | None, str]:
    """The seat from which a ballot counts, or why it does not."""
    if ballot.person in voted:
        return None, "one person has one vote"
    mine = [seat for person, seat in able.capacity if person == ballot.person]
    if ballot.seat is not None:
        if ballot.seat not in places:
            return None, "there is no such place"
        mine = [seat for seat in mine if seat == places[ballot.seat]]
    if not mine:
        return None, why_not(ballot, able, places, seats)
    free = [seat for seat in mine if seat not in choices]
    if not free:
        return None, "this place has voted already"
    return min(free, key=lambda seat: able.capacity[(ballot.person, seat)] != "member"), ""


def why_not(ballot: Ballot, able: Candidates, places: dict[str, int], seats: tuple[Seat, ...]) -> str:
    """Why somebody has no vote."""
    if ballot.person not in able.presence:
        return "not present as a member when the vote was taken"
    words = able.name(ballot.person)
    reason = next((reason for reason in able.reasons if reason.startswith(f"{words} does not vote")), "")
    if reason:
        return reason.partition(": ")[2].rstrip(".")
    seat = seats[places[ballot.seat]] if ballot.seat is not None else None
    if seat is not None and seat.holder in able.presence and seat.holder != ballot.person:
        return "the member for whom they deputise is here"
    return "this place has no vote"


def no_casting(terms: Terms, room: Room, decision: str, ballot: Ballot) -> str:
    """Why a casting vote does not count, or nothing."""
    rule = casting_rule(terms, room, decision)
    if rule is None:
        return "the terms give no casting vote"
    presence = next((one for one in room.present if one.person == ballot.person and one.is_there(room.at)), None)
    if presence is None:
        return "not present when the vote was taken"
    if rule.group.everybody:
        return "" if presence.presiding else "the casting vote belongs to whoever presides"
    seats = [seat for seat in room.seats if in_group(seat, rule.group)]
    if any(ballot.person == seat.holder or ballot.person in seat.deputies for seat in seats):
        return ""
    return f"the casting vote belongs to the {listed_or(rule.group)}"


def block_rule(terms: Terms, room: Room, decision: str) -> BlockRule | None:
    """The rule of one vote for each agency or class, where the terms have one."""
    rules = [
        rule
        for rule in terms.statements
        if isinstance(rule, BlockRule) and rule.when.applies(decision, room.meeting_kind, room.on)
    ]
    return max(rules, key=lambda rule: rule.when.rank, default=None)


def blocks_of(seats: tuple[Seat, ...], rule: BlockRule, places: set[int]) -> dict[str, set[int]]:
    """The seats by block: by agency; with names, only agencies that carry one of them have a vote."""
    found: dict[str, set[int]] = {}
    for place in places:
        seat = seats[place]
        if rule.names and not any(plain(name) in seat.labels for name in rule.names):
            continue
        found.setdefault(seat.agency or seat.words, set()).add(place)
    return found


def block_choice(choices: list[Choice]) -> Choice:
    """What a block votes: the side of most of its members; where they are split it abstains."""
    pros, cons = choices.count(Choice.FOR), choices.count(Choice.AGAINST)
    return Choice.FOR if pros > cons else Choice.AGAINST if cons > pros else Choice.ABSTAIN


def tally_of(terms: Terms, room: Room, decision: str, votes: Votes) -> Tally:
    """The votes counted, by head or by block."""
    rule = block_rule(terms, room, decision)
    if rule is None:
        choices = [choice for _person, choice in votes.choices.values()]
        present = votes.present
    else:
        blocks = blocks_of(room.seats, rule, set(votes.choices))
        choices = [block_choice([votes.choices[seat][1] for seat in seats]) for seats in blocks.values()]
        present = len(blocks_of(room.seats, rule, set(votes.able.people)))
    return Tally(choices.count(Choice.FOR), choices.count(Choice.AGAINST), choices.count(Choice.ABSTAIN), present)


def test_of(terms: Terms, room: Room, decision: str, test: VoteTest, votes: Votes, tally: Tally) -> tuple[bool, str]:
    """Whether one test of the voting rule is met, and its arithmetic."""
    if test.measure is Measure.AGAINST:
        return tally.votes_for > tally.votes_against, f"{tally.votes_for} for, {tally.votes_against} against"
    if test.measure is Measure.NOBODY_AGAINST:
        return tally.votes_against == 0, f"{tally.votes_against} against, nobody may be"
    if test.measure is Measure.UNANIMOUS:
        met = tally.votes_for == tally.voters_present
        return met, f"{tally.votes_for} of {tally.voters_present} present in favour, all are needed"
    if test.measure is Measure.NUMBER:
        needed = test.number or 0
        return tally.votes_for >= needed, f"{tally.votes_for} in favour, {needed} needed"
    if test.measure is Measure.CLAUSE:
        return clause_test(terms, room, decision, test, votes)
    return share_test(terms, room, decision, test, tally)


def share_test(terms: Terms, room: Room, decision: str, test: VoteTest, tally: Tally) -> tuple[bool, str]:
    """A fraction of the votes cast, of those present, or of all members."""
    share = test.share or Share(1, 2, more=True)
    if test.measure is Measure.CAST:
        size, what = tally.cast, "votes cast"
    elif test.measure is Measure.PRESENT:
        size, what = tally.voters_present, "present who may vote"
    else:
        membership = Membership(room.seats, room.on, decision, room.meeting_kind, voting_rule=True)
        rule = block_rule(terms, room, decision)
        size = membership.base(share, Unit.PEOPLE if rule is None else Unit.AGENCIES)
        needed = share.of(size)
        return tally.votes_for >= needed, f"{tally.votes_for} in favour, {needed} needed ({share_words(share, size)})"
    needed = share.of(size)
    fraction = share_words(share, size).partition(" of ")[0]
    return (
        tally.votes_for >= max(needed, 1),
        f"{tally.votes_for} in favour, {needed} needed ({fraction} of {size} {what})",
    )


def clause_test(terms: Terms, room: Room, decision: str, test: VoteTest, votes: Votes) -> tuple[bool, str]:
    """A clause judged on the places that vote in favour."""
    if test.clause is None:
        return False, "nothing is asked"
    membership = Membership(room.seats, room.on, decision, room.meeting_kind, voting_rule=True)
    plan = plan_of(test.clause, membership)
    filled = 0
    for seat, (_person, choice) in votes.choices.items():
        if choice == Choice.FOR:
            filled |= 1 << seat
    asked = leaves(plan)
    met = sum(1 for need in asked if need.holds(filled))
    if holds(plan, filled):
        return True, f"all {in_words(len(asked))} in favour" if len(asked) > 1 else f"{asked[0].label} in favour"
    lacks = shortfall(plan, filled, membership)
    return False, f"{met} of {len(asked)} in favour: {lacks} votes for it" if len(asked) > 1 else f"{lacks} in favour"
