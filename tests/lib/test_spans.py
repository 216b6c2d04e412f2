"""Spans of time: what they have in common, what is left of them, where a gap is. Moments are numbers here."""

import pytest

from mktogether.lib.spans import first_left_empty, overlap, without


@pytest.mark.parametrize(
    ("spans", "others", "common"),
    [
        ([(1, 5)], [(3, 9)], [(3, 5)]),
        ([(1, 5)], [(5, 9)], []),
        ([(1, None)], [(3, None)], [(3, None)]),
        ([(1, None)], [(0, 2), (4, 6)], [(1, 2), (4, 6)]),
        ([(1, 5)], [], []),
    ],
)
def test_what_they_have_in_common(spans, others, common):
    assert overlap(spans, others) == common


@pytest.mark.parametrize(
    ("spans", "others", "left"),
    [
        ([(1, 5)], [], [(1, 5)]),
        ([(1, 5)], [(2, 3)], [(1, 2), (3, 5)]),
        ([(1, 5)], [(0, 9)], []),
        ([(1, 5)], [(6, 9)], [(1, 5)]),
        ([(1, None)], [(3, None)], [(1, 3)]),
        ([(1, None)], [(3, 4)], [(1, 3), (4, None)]),
        ([(1, 9)], [(2, 3), (5, 6)], [(1, 2), (3, 5), (6, 9)]),
    ],
)
def test_what_is_left(spans, others, left):
    assert sorted(without(spans, others), key=lambda span: span[0]) == left


@pytest.mark.parametrize(
    ("spans", "others", "gap"),
    [
        ([(1, 5)], [], 1),
        ([(1, 5)], [(0, 5)], None),
        ([(1, 5)], [(0, 3)], 3),
        ([(1, 5)], [(0, 3), (3, None)], None),
        ([(1, 5)], [(4, None), (0, 3)], 3),
        ([(1, None)], [(0, 9)], 9),
        ([(1, None)], [(0, None)], None),
        ([(4, 5), (1, 2)], [(4, 5)], 1),
        ([(2, 2)], [], None),
        ([], [], None),
    ],
)
def test_the_first_moment_left_empty(spans, others, gap):
    assert first_left_empty(spans, others) == gap
