"""What holds of structures in time: lines that lead round, days in force, successions."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from mktogether.lib.partial_days import is_partial_day, words
from partnerships.arrangements import rules

NODES = st.integers(0, 6)
LINES = st.lists(st.tuples(NODES, NODES), max_size=14)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))
SPANS = st.lists(st.tuples(st.integers(0, 20), st.none() | st.integers(0, 20)), max_size=6).map(
    lambda spans: [(start, end if end is None or end >= start else start) for start, end in spans]
)


def parents_of(lines):
    parents = {}
    for below, above in lines:
        parents.setdefault(below, []).append(above)
    return parents


def reaches(parents, start):
    """Everything above ``start``, by plain repetition."""
    found = set(parents.get(start, ()))
    for _round in range(10):
        found |= {above for node in found for above in parents.get(node, ())}
    return found


@given(LINES)
def test_a_loop_is_found_exactly_where_somebody_is_above_themselves(lines):
    parents = parents_of(lines)
    assert bool(rules.loop(parents)) == any(node in reaches(parents, node) for node in parents)


@given(LINES)
def test_a_loop_that_is_found_is_one(lines):
    parents = parents_of(lines)
    found = rules.loop(parents)
    for below, above in itertools.pairwise([*found, *found[:1]]):
        assert above in parents[below]


@given(LINES.map(lambda lines: [(below, above) for below, above in lines if below < above]))
def test_lines_that_only_lead_up_make_no_loop(lines):
    assert rules.loop(parents_of(lines)) == ()


def test_a_structure_as_deep_as_a_file_may_make_it_is_walked_without_recursion():
    assert rules.loop({number: [number + 1] for number in range(5000)}) == ()


def test_a_loop_is_said_in_a_sentence():
    assert rules.loop_in_words(["Review", "Assurance"]) == (
        "Review is below Assurance, which is below Review: lines upwards must not lead round. Take one of them out."
    )
    assert rules.loop_in_words(["Review"]) == "Review would be above itself. Take that line out."


@given(DAYS, DAYS, DAYS)
def test_something_holds_from_its_first_day_to_its_last(first, last, day):
    assert rules.is_in_force(first, last, day) == (first <= day <= last)
    assert rules.is_in_force(first, None, day) == (first <= day)


@given(SPANS)
def test_two_spans_overlap_where_both_hold_at_one_moment(spans):
    def holds(span, at):
        return span[0] <= at and (span[1] is None or at < span[1])

    shared = any(
        holds(one, at) and holds(other, at) for one, other in itertools.combinations(spans, 2) for at in range(22)
    )
    found = rules.overlap(spans)
    assert (found is not None) == shared
    if found:
        assert any(holds(spans[found[0]], at) and holds(spans[found[1]], at) for at in range(22))


@given(st.dictionaries(NODES, st.tuples(NODES, st.none() | DAYS)), NODES, DAYS)
def test_an_heir_has_no_heir_of_its_own_on_that_day_but_for_a_loop(successions, key, day):
    found = rules.heir(key, successions, day)
    if found in successions:
        following, since = successions[found]
        in_a_loop = following in reaches(parents_of((a, b) for a, (b, _since) in successions.items()), following)
        assert (since is not None and day < since) or in_a_loop or following == found


def test_a_group_that_became_the_board_stands_for_itself_until_that_day():
    successions = {"MK CCG": ("BLMK CCG", None), "BLMK CCG": ("BLMK ICB", dt.date(2022, 7, 1))}
    assert rules.heir("MK CCG", successions, dt.date(2022, 6, 30)) == "BLMK CCG"
    assert rules.heir("MK CCG", successions, dt.date(2022, 7, 1)) == "BLMK ICB"


@given(st.dictionaries(NODES, st.none() | NODES), NODES)
def test_a_service_counts_as_something_that_is_part_of_nothing_but_for_a_loop(part_of, key):
    found = rules.counted_as(key, part_of)
    above = part_of.get(found)
    lines = {below: [over] for below, over in part_of.items() if over is not None}
    assert above is None or found in reaches(lines, found)


@given(DAYS, st.integers(1, 60), DAYS)
def test_a_turn_is_over_on_a_day_and_stays_over(since, months, day):
    if rules.turn_is_over(since, months, day):
        assert rules.turn_is_over(since, months, day + dt.timedelta(days=400))
        assert day > since
    assert not rules.turn_is_over(since, None, day)


def test_a_turn_of_two_years_is_over_on_the_same_day_two_years_later():
    since = dt.date(2024, 4, 1)
    assert not rules.turn_is_over(since, 24, dt.date(2026, 3, 31))
    assert rules.turn_is_over(since, 24, dt.date(2026, 4, 1))


@given(DAYS)
def test_a_day_is_a_partial_day_in_three_precisions(day):
    iso = day.isoformat()
    assert all(is_partial_day(text) for text in (iso, iso[:7], iso[:4]))
    assert rules.first_day_of(iso) == day
    assert rules.first_day_of(iso[:4]) <= rules.first_day_of(iso[:7]) <= day


def test_what_no_calendar_has_is_no_partial_day():
    assert not any(is_partial_day(text) for text in ("2024-02-30", "2024-13", "24", "October 2024", "", "2024-1"))
    assert (words("2024"), words("2024-10"), words("2024-10-01"), words("")) == (
        "2024", "October 2024", "1 October 2024", "",
    )  # fmt: skip


def test_who_holds_a_barred_office_is_not_eligible():
    assert rules.ineligible(["scrutiny chair", "team"], ["scrutiny chair"]) == ("scrutiny chair",)
    assert rules.ineligible(["team"], ["scrutiny chair"]) == ()
