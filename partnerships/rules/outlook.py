"""Before the meeting: the forecast from replies, who is critical, whom to chase, and the health of the membership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from partnerships.rules.arranging import arrange
from partnerships.rules.arrivals import arrivals_of
from partnerships.rules.facts import Answer, Capacity, Presence, Reply, Room, Seat
from partnerships.rules.judgement import Judgement, Status
from partnerships.rules.judging import Case, case_of, judgement_of
from partnerships.rules.matching import bits, mask_of
from partnerships.rules.measuring import holds, leaves
from partnerships.rules.names import in_words, listed, sentence
from partnerships.rules.terms import ORDINARY, Terms

Replies = Iterable[Reply] | Mapping[str, str]
CHASE_ORDER = {Answer.TENTATIVE: 0, Answer.NONE: 1, Answer.DEPUTY: 2, Answer.DECLINED: 3, Answer.ACCEPTED: 4}


@dataclass(frozen=True)
class Chase:
    """Somebody to ask, in the order in which asking helps most, and why."""

    person: str
    seat: str
    words: str
    answer: Answer
    why: str


@dataclass(frozen=True)
class Forecast:
    """What the replies come to. ``likely`` takes the tentative ones as coming."""

    status: Status
    likely: Status
    sentence: str
    expected: tuple[str, ...]
    critical: tuple[str, ...]
    critical_words: tuple[str, ...]
    chase: tuple[Chase, ...]
    judgement: Judgement


def forecast(
    terms: Terms,
    seats: tuple[Seat, ...],
    replies: Replies,
    on: dt.date,
    *,
    decision: str = ORDINARY,
    meeting_kind: str = "ordinary",
) -> Forecast:
    """Whether a meeting on ``on`` will be quorate by the replies to its invitation.

    ``critical`` are the people who have accepted and whose loss would break the quorum; ``chase`` is whom to ask first.
    Deputies who are announced are taken to have given notice in time.
    """
    answers = by_person(replies)
    sure = case_of(
        terms, Room(on, None, seats, coming(seats, answers, {Answer.ACCEPTED}, on), meeting_kind=meeting_kind), decision
    )
    maybe_room = replace(sure.room, present=coming(seats, answers, {Answer.ACCEPTED, Answer.TENTATIVE}, on))
    maybe = case_of(terms, maybe_room, decision)
    judgement = judgement_of(sure)
    critical = critical_of(sure) if judgement.is_quorate else ()
    deputies = {name: f"deputy of the {seat.words}" for seat in seats for name in seat.deputies}
    names = deputies | {seat.holder: seat.words for seat in seats if seat.holder is not None}
    return Forecast(
        status=judgement.status,
        likely=status_of(maybe),
        sentence=forecast_words(judgement, maybe, len(sure.people.presence)),
        expected=tuple(presence.person for presence in sure.room.present),
        critical=critical,
        critical_words=tuple(f"the {names[person]}" if person in names else person for person in critical),
        chase=chase_of(sure, answers, judgement),
        judgement=judgement,
    )


def by_person(replies: Replies) -> dict[str, Reply]:
    """The replies by person."""
    if isinstance(replies, Mapping):
        return {person: Reply(person, Answer(answer)) for person, answer in replies.items()}
    return {reply.person: reply for reply in replies}


def coming(
    seats: tuple[Seat, ...], answers: Mapping[str, Reply], which: set[Answer], on: dt.date
) -> tuple[Presence, ...]:
    """Who comes: those whose answer is one of ``which``, and the deputies that are sent."""
    found: dict[str, Presence] = {}
    early = dt.datetime.combine(on, dt.time())  # in time: a forecast has no start to hold it against
    for seat in seats:
        for person, capacity in [(seat.holder, Capacity.MEMBER), *((name, Capacity.DEPUTY) for name in seat.deputies)]:
            if person is not None and person in answers and answers[person].answer in which:
                found.setdefault(person, Presence(person, seat=seat.key, capacity=capacity, notice=early))
        reply = answers.get(seat.holder or "")
        if reply is not None and reply.answer == Answer.DEPUTY:
            deputy = reply.deputy or next(iter(seat.deputies), None)
            if deputy is not None:
                found.setdefault(deputy, Presence(deputy, seat=seat.key, capacity=Capacity.DEPUTY, notice=early))
    return tuple(found.values())


def status_of(case: Case) -> Status:
    """The verdict alone."""
    if case.plan is None:
        return Status.NOT_STATED
    return Status.QUORATE if case.met else Status.NOT_QUORATE


def critical_of(case: Case) -> tuple[str, ...]:
    """The people who count and whose loss would break the quorum."""
    if case.plan is None:
        return ()
    filled = case.seating.filled
    found = []
    for seat, person in sorted(case.seating.on.items()):
        if holds(case.plan, filled & ~(1 << seat)):
            continue
        people = {place: [name for name in names if name != person] for place, names in case.people.people.items()}
        people = {place: names for place, names in people.items() if names}
        if not alone(case, person) and holds(case.plan, arrange(case.plan, people).filled):
            continue
        found.append(person)
    return tuple(found)


def alone(case: Case, person: str) -> bool:
    """Whether nobody could take over what ``person`` fills: they have one seat, and it has only them."""
    seats = [seat for name, seat in case.people.capacity if name == person]
    reachable = mask_of(seat for seat, names in case.people.people.items() if names)
    return len(seats) == 1 and len(case.people.people[seats[0]]) == 1 and case.seating.filled == reachable


def forecast_words(judgement: Judgement, maybe: Case, coming_now: int) -> str:
    """The forecast in a sentence."""
    if judgement.status is Status.NOT_STATED:
        return "Quorum: not stated."
    if judgement.is_quorate:
        return sentence(
            f"Will be quorate on the {in_words(coming_now)} accepted: {judgement.sentence.removeprefix('Quorate: ')}"
        )
    cause = judgement.sentence.removeprefix("Not quorate: ").rstrip(".")
    if maybe.met:
        return sentence(f"Quorate only if those who are tentative come: without them, {cause}")
    return sentence(f"Not quorate on the replies so far: {cause}")


def chase_of(case: Case, answers: Mapping[str, Reply], judgement: Judgement) -> tuple[Chase, ...]:
    """Whom to ask first: those whose coming would mend the quorum, then those who would make it safer."""
    if case.plan is None:
        return ()
    wanted = wanted_seats(case, judgement)
    absent = arrivals_of(case)
    found = []
    for rank, seat in enumerate(wanted):
        if seat not in absent:
            continue
        place = case.room.seats[seat]
        person = place.holder if place.holder is not None else absent[seat][0]
        answer = answers[person].answer if person in answers else Answer.NONE
        if answer == Answer.ACCEPTED:
            continue
        found.append(
            ((CHASE_ORDER[answer], rank), Chase(person, place.key, words_of(place), answer, why(answer, judgement)))
        )
    return tuple(chase for _key, chase in sorted(found, key=lambda pair: pair[0]))


def wanted_seats(case: Case, judgement: Judgement) -> list[int]:
    """The seats that would help, those of the smallest mending sets first."""
    places = {seat.key: place for place, seat in enumerate(case.room.seats)}
    if not judgement.is_quorate:
        keys = [key for mending in judgement.mending for arrival in mending.arrivals for key in arrival.seats]
        return [places[key] for key in dict.fromkeys(keys)]
    plan = case.plan
    if plan is None:
        return []
    narrow = 0
    for need in leaves(plan):
        if need.holds(case.seating.filled) and need.measure(case.seating.filled) == need.n:
            narrow |= need.seats
    return list(bits(narrow & ~case.seating.filled))


def words_of(seat: Seat) -> str:
    """The place with its agency: "LPA Commander, Police"."""
    return f"{seat.title}, {seat.agency}" if seat.title and seat.agency else seat.words


def why(answer: Answer, judgement: Judgement) -> str:
    """Why to ask them, and for what."""
    what = {
        Answer.TENTATIVE: "ask them to confirm",
        Answer.NONE: "ask for a reply",
        Answer.DECLINED: "ask for a deputy",
        Answer.DEPUTY: "ask for another deputy",
        Answer.ACCEPTED: "",
    }[answer]
    effect = "would make the meeting safer" if judgement.is_quorate else "would help to make it quorate"
    return f"{what}: {effect}"


@dataclass(frozen=True)
class Fragile:
    """A place that everything hangs on. ``kind`` is "vacancy" (if it fell vacant) or "deputy" (no deputy is named)."""

    seat: str
    words: str
    kind: str
    sentence: str


@dataclass(frozen=True)
class Health:
    """Whether a body could be quorate at all with today's membership, and what it hangs on."""

    status: Status
    possible: bool
    sentence: str
    vacancies: tuple[str, ...]
    fragile: tuple[Fragile, ...]
    heals: tuple[str, ...]
    judgement: Judgement


def health(
    terms: Terms, seats: tuple[Seat, ...], on: dt.date, *, decision: str = ORDINARY, meeting_kind: str = "ordinary"
) -> Health:
    """Whether the body could be quorate if every member in post came, and which single loss would end that.

    ``heals`` are the vacant places of which filling any one would make it possible again.
    """
    case = full_house(terms, seats, on, decision, meeting_kind)
    judgement = judgement_of(case)
    vacant = tuple(seat for seat in seats if seat.holder is None and (seat.counts or seat.votes))
    fragile = fragile_of(case) if case.met else ()
    heals = () if case.met or case.plan is None else healing(case, vacant)
    return Health(
        status=judgement.status,
        possible=case.met,
        sentence=health_words(judgement, vacant, fragile, heals),
        vacancies=tuple(words_of(seat) for seat in vacant),
        fragile=fragile,
        heals=tuple(words_of(seat) for seat in heals),
        judgement=judgement,
    )


def full_house(terms: Terms, seats: tuple[Seat, ...], on: dt.date, decision: str, meeting_kind: str) -> Case:
    """A meeting to which every member in post came, and for vacant places the deputies whom the terms may let in."""
    present = [Presence(seat.holder, presiding="chair" in seat.labels) for seat in seats if seat.holder is not None]
    holders = {presence.person for presence in present}
    stand_ins = {
        deputy: Presence(deputy, seat=seat.key, capacity=Capacity.DEPUTY)
        for seat in seats
        if seat.holder is None
        for deputy in seat.deputies
        if deputy not in holders
    }
    room = Room(on, None, seats, (*present, *stand_ins.values()), meeting_kind=meeting_kind)
    return case_of(terms, room, decision)


def fragile_of(case: Case) -> tuple[Fragile, ...]:
    """The filled places of which any one, left empty, would make a quorum impossible."""
    found = []
    for seat in case.seating.on:
        place = case.room.seats[seat]
        if place.holder is None or case.plan is None or holds(case.plan, case.seating.filled & ~(1 << seat)):
            continue
        seats = tuple(replace(other, holder=None) if other is place else other for other in case.room.seats)
        if full_house(case.terms, seats, case.room.on, case.decision, case.room.meeting_kind).met:
            continue
        words = words_of(place)
        if place.deputies:
            text = f"Everything hangs on one place: if {words} fell vacant, no meeting could be quorate."
            found.append((seat, Fragile(place.key, words, "vacancy", text)))
        else:
            text = f"No deputy is named for {words}: without them no meeting can be quorate."
            found.append((seat, Fragile(place.key, words, "deputy", text)))
    return tuple(fragile for _seat, fragile in sorted(found, key=lambda pair: pair[0]))


def healing(case: Case, vacant: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """The vacant places of which filling one would be enough."""
    found = []
    for seat in vacant:
        seats = tuple(
            replace(other, holder=f"new member for {seat.key}") if other is seat else other for other in case.room.seats
        )
        if full_house(case.terms, seats, case.room.on, case.decision, case.room.meeting_kind).met:
            found.append(seat)
    return tuple(found)


def health_words(
    judgement: Judgement, vacant: tuple[Seat, ...], fragile: tuple[Fragile, ...], heals: tuple[Seat, ...]
) -> str:
    """The health of the membership in a sentence."""
    if judgement.status is Status.NOT_STATED:
        return "Quorum: not stated, so there is nothing to fall short of."
    vacancies = f" with {in_words(len(vacant))} {'vacancy' if len(vacant) == 1 else 'vacancies'}" if vacant else ""
    if judgement.is_quorate:
        if not fragile:
            return f"Can be quorate{vacancies}, and no single loss would end that."
        return sentence(f"Can be quorate{vacancies}, but hangs on {listed([one.words for one in fragile])}")
    cause = judgement.sentence.removeprefix("Not quorate: ").rstrip(".")
    healed = f" Filling {listed([words_of(seat) for seat in heals], 'or')} would mend it." if heals else ""
    return f"Cannot be quorate{vacancies}, even if everybody comes: {cause}.{healed}"
