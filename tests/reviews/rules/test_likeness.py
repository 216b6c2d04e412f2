"""Whether two referrals look like the same incident."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.likeness import NEAR, Incident, alike

KNOWN = dt.date(2024, 9, 10)
INFANT = Incident("child", KNOWN, "infant, serious injury, recovered")
WORDS = st.lists(st.sampled_from(["infant", "injury", "adult", "neglect", "fire", "died", "hospital"]), max_size=5)
INCIDENTS = st.builds(
    Incident,
    st.sampled_from(["child", "adult", "domestic"]),
    st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    WORDS.map(" ".join),
)


def moved(days, **changes):
    values = {"kind": "child", "known_on": KNOWN + dt.timedelta(days=days), "words": "baby, serious injury"} | changes
    return Incident(**values)


def test_the_same_kind_in_the_same_week_with_the_same_words_is_alike_and_says_why():
    other = Incident("child", KNOWN + dt.timedelta(days=2), "An infant was seriously hurt: injury, recovered")
    assert alike(INFANT, other) == ("the same kind", "known 2 days apart", "the same words: infant, injury, recovered")


def test_the_same_kind_on_the_same_day_is_alike_whatever_the_words():
    assert alike(INFANT, moved(0, words="fall from a window")) == ("the same kind", "known on the same day")


def test_another_kind_is_alike_by_day_and_words():
    assert alike(INFANT, moved(1, kind="domestic", words="infant, serious injury")) == (
        "known 1 day apart",
        "the same words: infant, injury, serious",
    )


def test_what_lies_months_apart_is_alike_only_by_nearly_the_same_words():
    assert alike(INFANT, moved(90, words="infant, serious injury, recovered")) == (
        "the same kind",
        "the same words: infant, injury, recovered, serious",
    )
    assert alike(INFANT, moved(NEAR + 1, words="infant, injury")) == ()
    assert alike(INFANT, moved(90, kind="adult", words=INFANT.words)) == ()


def test_little_words_make_nothing_alike():
    assert (
        alike(moved(0, kind="adult", words="died when the fire was on"), moved(3, words="hurt when the bus was on"))
        == ()
    )


@given(INCIDENTS, INCIDENTS)
def test_the_order_does_not_matter(one, other):
    assert alike(one, other) == alike(other, one)


@given(INCIDENTS)
def test_what_has_a_day_is_like_itself(one):
    assert one.known_on is None or alike(one, one)
