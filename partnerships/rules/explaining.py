"""Reasons in words, for a chair with thirty seconds: what each clause found, what is missing, what is enough."""

from __future__ import annotations

from partnerships.rules.clauses import AtLeast, Cap, FromEach, FromEvery, Number, Presiding, Share
from partnerships.rules.eligibility import Candidates
from partnerships.rules.facts import Capacity, Seat
from partnerships.rules.judgement import Counted, Finding
from partnerships.rules.matching import Seating, bits
from partnerships.rules.measuring import All, Kind, Need, Plan, Some, holds, leaves
from partnerships.rules.names import PERSON_NOUNS, in_words, listed, one_of, plain, plural
from partnerships.rules.phrases import share_words
from partnerships.rules.planning import Membership

CAPACITY_WORDS = {capacity: capacity.value for capacity in Capacity}


def counted_of(seating: Seating, people: Candidates, seats: tuple[Seat, ...]) -> tuple[Counted, ...]:
    """Who counts in which seat, in the order of the seats."""
    counted = []
    for place, person in sorted(seating.on.items()):
        seat, capacity = seats[place], people.capacity[(person, place)]
        words = CAPACITY_WORDS[capacity]
        counted.append(Counted(person, people.name(person), seat.key, seat.words, seat.agency, words))
    return tuple(counted)


def findings_of(plan: Plan, filled: int, counted: tuple[Counted, ...], seats: tuple[Seat, ...]) -> tuple[Finding, ...]:
    """A finding for each clause of the plan."""
    place_of = {seat.key: place for place, seat in enumerate(seats)}
    by_place = {place_of[one.seat]: one for one in counted}
    return tuple(finding_of(need, filled, by_place) for need in leaves(plan))


def finding_of(need: Need, filled: int, by_place: dict[int, Counted]) -> Finding:
    """The finding of one clause, with the people who meet it."""
    count = need.measure(filled)
    mine = counted_seats(need, filled)
    people = tuple(by_place[place] for place in bits(mine))
    narrow = "needed" if count == need.n else "met"
    state = narrow if need.holds(filled) else "not met"
    return Finding(
        need.label, state, count, need.n, people, finding_text(need, count, filled, people), sum=sum_of(need)
    )


def counted_seats(need: Need, filled: int) -> int:
    """The filled seats that the need counts: in a bucket no more of them than it lets through, the first of them."""
    mine = filled & need.seats
    if need.kind is not Kind.PEOPLE or not need.buckets:
        return mine
    if not need.disjoint:
        return fewest_seats(need, mine)
    for mask, cap in need.buckets:
        over = (mine & mask).bit_count() - cap
        for _time in range(over):
            mine ^= 1 << (mine & mask).bit_length() - 1
    return mine


def fewest_seats(need: Need, mine: int) -> int:
    """As few of ``mine`` as the need still counts the same number of: without one that is not counted, one by one."""
    count = need.measure(mine)
    for seat in sorted(bits(mine), reverse=True):
        if mine.bit_count() == count:
            break
        if need.measure(mine & ~(1 << seat)) == count:
            mine &= ~(1 << seat)
    return mine


def finding_text(need: Need, count: int, filled: int, people: tuple[Counted, ...]) -> str:
    """ "Council 3", "Police 2, one by deputy", "Hospital: nobody"."""
    if count == 0:
        return f"{label_of(need)}: nobody"
    deputies = sum(1 for one in people if one.capacity != "member")
    text = f"{label_of(need)} {count}"
    if need.n > 1:
        text = f"{text} of {need.n}"
    if deputies and need.kind is Kind.PEOPLE:
        text += f", {in_words(deputies)} by deputy"
    text += over_cap(need, filled)
    return text


def label_of(need: Need) -> str:
    """The clause in a word or two."""
    label = need.label.removeprefix("members from ")
    label = label[:1].upper() + label[1:]
    return f"{label} presiding" if need.kind is Kind.PRESIDING else label


def over_cap(need: Need, filled: int) -> str:
    """What a cap leaves out: "4 councillors here, 3 count"."""
    words = ""
    if isinstance(need.clause, AtLeast):
        named = [cap for cap in need.clause.caps if not cap.each_agency]
        for cap, (mask, highest) in zip([c for c in named if c.reading == "counted"], need.capped, strict=False):
            here = (filled & mask).bit_count()
            if here > highest:
                words += f"; {here} {cap_words(cap)} here, {highest} count"
        for mask, cap in need.present:
            here, most = (filled & mask).bit_count(), cap.of(filled.bit_count())
            if here > most:
                words += f"; {here} {cap_words(cap)} are more than the {most} allowed of {filled.bit_count()} present"
    return words


def cap_words(cap: Cap) -> str:
    """Whom a cap binds."""
    return plural(" or ".join(cap.group.kinds or cap.group.sources) or "member")


def sum_of(need: Need) -> str:
    """How the number asked for comes about, where it is a fraction: "one third of 20 in post, rounded up: 7"."""
    if not (isinstance(need.clause, AtLeast) and isinstance(need.clause.quantity, Share) and need.of is not None):
        return ""
    return f"{share_words(need.clause.quantity, need.of)}: {need.n}"


def is_agency(label: str, membership: Membership) -> bool:
    """Whether ``label`` is somewhere that people come from, and not a post or a kind of person."""
    name = plain(label)
    return any(
        plain(seat.agency) == name or name in {plain(word) for word in seat.also_called} for seat in membership.seats
    )


def shortfall(plan: Plan, filled: int, membership: Membership) -> str:
    """What is missing, in words; nothing where the plan holds."""
    if holds(plan, filled):
        return ""
    if isinstance(plan, Need):
        return need_shortfall(plan, filled, membership)
    short = [part for part in plan.parts if not holds(part, filled)]
    if isinstance(plan, Some):
        return some_shortfall(plan, short, filled, membership)
    if not short:
        return "the clauses ask for distinct people, and somebody would have to count twice"
    nobody = [need for part in short for need in leaves(part) if from_nobody(need, filled, part)]
    words = []
    if nobody:
        words.append(nobody_words([need.label for need in nobody]))
    rest = [part for part in flat(short, filled) if part not in nobody]
    words.extend(shortfall(part, filled, membership) for part in rest)
    return ", and ".join(word for word in words if word)


def nobody_words(labels: list[str]) -> str:
    """ "Nobody from Police or Hospital, and no independent chair"."""
    posts = [label for label in labels if plain(label).rpartition(" ")[2].rpartition("-")[2] in PERSON_NOUNS]
    places = [label for label in labels if label not in posts]
    words = [f"nobody from {listed(places, 'or')}"] if places else []
    return ", and ".join([*words, *(f"no {one_of(post)}" for post in posts)])


def flat(parts: list[Plan], filled: int) -> list[Plan]:
    """The unmet parts, those of an inner "all of" among them."""
    out: list[Plan] = []
    for part in parts:
        if isinstance(part, All) and not part.distinct:
            out.extend(flat([inner for inner in part.parts if not holds(inner, filled)], filled))
        else:
            out.append(part)
    return out


def from_nobody(need: Need, filled: int, part: Plan) -> bool:
    """Whether the need is one of "one from each of …" and nobody is there from it."""
    return (
        isinstance(need.clause, FromEach | FromEvery)
        and not isinstance(part, Some)
        and need.measure(filled) == 0
        and need.n == 1
    )


def need_shortfall(need: Need, filled: int, membership: Membership) -> str:
    """What one clause lacks."""
    count = need.measure(filled)
    if need.kind is Kind.PRESIDING:
        return f"no {need.label} is presiding"
    over = over_cap(need, filled).removeprefix("; ")
    if count >= need.n:
        return over or "the people here are not the right ones"
    if isinstance(need.clause, FromEach | FromEvery):
        if count == 0:
            return nobody_words([need.label])
        return f"{count} of the {need.n} needed from {need.label}"
    if need.n == 1 and count == 0 and need.label.startswith("members from "):
        return f"nobody from {need.label.removeprefix('members from ')}"
    if need.n == 1 and count == 0:
        return nobody_words([need.label]) if is_agency(need.label, membership) else f"no {one_of(need.label)}"
    noun = plural(need.label) if " or " not in need.label and " from " not in need.label else need.label
    words = f"{count} of the {in_words(need.n)} {noun} needed"
    extra = [part for part in (sum_of(need), over) if part]
    return f"{words} ({'; '.join(extra)})" if extra else words


def some_shortfall(plan: Some, short: list[Plan], filled: int, membership: Membership) -> str:
    """What alternatives lack: all of them, or the number of those met."""
    if plan.k == 1:
        return ", and ".join(shortfall(part, filled, membership) for part in short)
    met = len(plan.parts) - len(short)
    lacks = "; ".join(shortfall(part, filled, membership) for part in short)
    return f"{in_words(met)} of the {in_words(plan.k)} conditions needed {'is' if met == 1 else 'are'} met ({lacks})"


def quorate_words(plan: Plan, filled: int, membership: Membership) -> str:
    """Why it is enough."""
    if isinstance(plan, Some):
        met = next((part for part in plan.parts if holds(part, filled)), plan.parts[0])
        return quorate_words(met, filled, membership)
    if isinstance(plan, Need):
        return need_words(plan, filled, membership)
    each = [part for part in plan.parts if isinstance(part, Need) and isinstance(part.clause, FromEach | FromEvery)]
    words = []
    if len(each) > 1:
        words.append(f"all {in_words(len(each))} are here ({listed([f'{n.label} {n.measure(filled)}' for n in each])})")
    else:
        words.extend(need_words(part, filled, membership) for part in each)
    words.extend(quorate_words(part, filled, membership) for part in plan.parts if part not in each)
    return ", and ".join(word for word in words if word) or "nothing more is asked"


def need_words(need: Need, filled: int, membership: Membership) -> str:
    """Why one clause is met."""
    count = need.measure(filled)
    if need.kind is Kind.PRESIDING or isinstance(need.clause, Presiding):
        return f"{need.label} presiding"
    if need.n == 1 and isinstance(need.clause, AtLeast) and isinstance(need.clause.quantity, Number):
        return f"{here_words(need, count, membership)} {'is' if count == 1 else 'are'} here"
    if isinstance(need.clause, FromEach | FromEvery):
        return f"{need.label} {count}"
    noun = one_of(need.label) if count == 1 else plural(need.label) if " " not in need.label else need.label
    here, needed = ("is" if count == 1 else "are"), ("is" if need.n == 1 else "are")
    return f"{count} {noun} {here} here, {in_words(need.n)} {needed} needed{over_cap(need, filled)}"


def here_words(need: Need, count: int, membership: Membership) -> str:
    """Who is here, with its article: "the chair", "a councillor", "two councillors", "Police"."""
    if is_agency(need.label, membership):
        return need.label
    if count > 1:
        return f"{in_words(count)} {plural(need.label)}"
    label = one_of(need.label)
    if need.seats.bit_count() == 1:
        return f"the {label}"
    return f"{'an' if label[:1].casefold() in 'aeio' else 'a'} {label}"
