"""A structure as an outline: each body once, below one that it is below."""

from hypothesis import given
from hypothesis import strategies as st

from partnerships.arrangements.layering import Entry, outline

BODIES = st.lists(st.integers(0, 9), unique=True, max_size=10)
PARENTS = st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=3))


@given(BODIES, PARENTS)
def test_each_body_stands_once_and_below_one_that_it_is_below(bodies, parents):
    found = outline(bodies, parents)
    assert sorted(entry.key for entry in found) == sorted(bodies)
    levels = {}
    for entry in found:
        assert entry.level == (0 if entry.above is None else levels[entry.above] + 1)
        assert entry.above is None or entry.above in parents[entry.key]
        levels[entry.key] = entry.level


@given(
    BODIES,
    PARENTS.map(lambda parents: {key: [above for above in all_ if above < key] for key, all_ in parents.items()}),
)
def test_without_loops_only_those_with_nothing_above_stand_at_the_top(bodies, parents):
    tops = {entry.key for entry in outline(bodies, parents) if entry.level == 0}
    assert tops == {key for key in bodies if not set(parents.get(key, ())) & set(bodies)}


def test_the_first_line_upwards_says_where_a_body_stands():
    assert outline("abc", {"b": "a", "c": "ba"}) == (Entry("a", None, 0), Entry("b", "a", 1), Entry("c", "b", 2))
