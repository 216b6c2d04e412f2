"""Several needs at once, against every way in which the people could sit."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from partnerships.rules.joint import jointly
from partnerships.rules.measuring import Kind, Need, are_disjoint

SEATS = 5
MASKS = st.integers(1, 2**SEATS - 1)


@st.composite
def needs(draw):
    """A number of people on some of the seats, of whom no more than so many on some of those."""
    seats = draw(MASKS)
    buckets = tuple(
        (mask & seats, cap) for mask, cap in draw(st.lists(st.tuples(MASKS, st.integers(0, 2)), max_size=2))
    )
    return need(draw(st.integers(1, 3)), seats, *buckets)


def need(n, seats, *buckets):
    """A need with these limits."""
    return Need(Kind.PEOPLE, n, seats, "members", buckets, disjoint=are_disjoint(buckets))


def ways_to_sit(people):
    """Every set of seats that different people could fill."""
    choices = [(None, *names) for names in people.values()]
    for chosen in product(*choices):
        seated = [name for name in chosen if name is not None]
        if len(seated) == len(set(seated)):
            yield sum(1 << seat for seat, name in zip(people, chosen, strict=True) if name is not None)


PEOPLE = st.lists(st.lists(st.sampled_from("abcd"), max_size=2, unique=True), min_size=SEATS, max_size=SEATS)


@given(st.lists(needs(), min_size=1, max_size=3), PEOPLE)
@example([need(2, 0b00111, (0b00011, 1)), need(2, 0b01011, (0b00011, 1))], [["a"], ["b"], ["c"], ["d"], []])
@example([need(1, 0b00001), need(2, 0b00011, (0b00011, 1))], [["a"], ["b"], [], [], []])
@example([need(1, 0b00011), need(1, 0b00011), need(1, 0b00111, (0b00110, 0))], [["a"], ["b"], ["c"], [], []])
@example([need(1, 0b00001), need(2, 0b00111, (0b00110, 1))], [["a", "b"], ["a"], ["c"], [], []])
@example([need(1, 0b001), need(2, 0b111, (0b011, 1))], [["a"], ["b"], ["a"], [], []])
@settings(max_examples=300, deadline=None)
def test_people_are_seated_for_all_needs_exactly_where_they_can_be(asked, names):
    people = {seat: list(mine) for seat, mine in enumerate(names)}
    able = any(all(need.measure(filled) >= need.n for need in asked) for filled in ways_to_sit(people))
    found = jointly(asked, people, list(people))
    assert (found is not None) == able
    if found is not None:
        assert all(need.measure(found.filled) >= need.n for need in asked)
        assert len(set(found.on.values())) == len(found.on)
        assert all(name in people[seat] for seat, name in found.on.items())


@given(st.lists(needs(), min_size=2, max_size=2), PEOPLE)
@settings(max_examples=200, deadline=None)
def test_distinct_needs_count_nobody_twice(asked, names):
    asked = [need(one.n, one.seats) for one in asked]
    people = {seat: list(mine) for seat, mine in enumerate(names)}
    able = any(can_split(asked, filled) for filled in ways_to_sit(people))
    assert (jointly(asked, people, list(people), distinct=True) is not None) == able


def can_split(asked, filled):
    """Whether the filled seats can be shared out so that each need has enough of its own."""
    first, second = asked
    mine_of_first = (
        mine for mine in range(2**SEATS) if mine & ~(filled & first.seats) == 0 and mine.bit_count() == first.n
    )
    return any((filled & second.seats & ~mine).bit_count() >= second.n for mine in mine_of_first)
