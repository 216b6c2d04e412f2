"""Two editions side by side: nothing of an edition with itself, and the mirrored of the other order."""

from hypothesis import given
from hypothesis import strategies as st

from partnerships.arrangements.comparing import (
    Board,
    Edition,
    Fate,
    Move,
    Place,
    Row,
    What,
    compare,
    marked,
    places_in_words,
    sentences,
)

MIRRORED = {
    What.GONE: What.NEW,
    What.NEW: What.GONE,
    Fate.SUCCEEDED: Fate.PRECEDED,
    Fate.PRECEDED: Fate.SUCCEEDED,
    Fate.CLOSED: Fate.ADDED,
    Fate.ADDED: Fate.CLOSED,
}


def mirrored(value):
    return MIRRORED.get(value, value)


def board(key, name="", places=(), **stated):
    return Board(key, name or f"Board {key}", "group", tuple(stated.items()), tuple(places))


def place(agency, title="Director", heir=None):
    return Place(agency, heir or agency, title)


WORDS = st.sampled_from(["", "four a year", "six members", "one from each", "monthly"])
PLACES = st.lists(
    st.builds(Place, st.sampled_from(["MKCC", "CCG", "ICB"]), st.sampled_from(["c", "h"]), st.sampled_from("ab")),
    max_size=4,
)
BOARDS = st.builds(
    Board,
    st.integers(0, 5),
    st.sampled_from(["Review", "Delivery", "Board"]),
    st.sampled_from(["group", "board"]),
    st.dictionaries(st.sampled_from(["Quorum", "Papers", "Chair"]), WORDS).map(lambda found: tuple(found.items())),
    PLACES.map(tuple),
)
EDITIONS = st.lists(BOARDS, max_size=5, unique_by=lambda found: found.key).map(
    lambda boards: Edition("", tuple(boards))
)
# Time goes one way: what came after has the higher number.
SUCCESSIONS = st.dictionaries(st.integers(0, 4), st.integers(1, 3)).map(
    lambda steps: {key: key + step for key, step in steps.items()}
)


@given(EDITIONS, SUCCESSIONS)
def test_an_edition_beside_itself_says_nothing(edition, successions):
    kept = {key: heir for key, heir in successions.items() if key not in {board.key for board in edition.boards}}
    found = compare(edition, edition, kept)
    assert found.says_nothing
    assert [sentences(pair) for pair in found.pairs] == [()] * len(edition.boards)


@given(EDITIONS, EDITIONS, SUCCESSIONS)
def test_the_other_order_says_the_same_mirrored(older, newer, successions):
    there, back = compare(older, newer, successions), compare(newer, older, successions)
    one = {(pair.before, pair.after, pair.fate, frozenset(pair.rows)) for pair in there.pairs}
    other = {
        (
            pair.after,
            pair.before,
            mirrored(pair.fate),
            frozenset(Row(row.label, row.after, row.before, mirrored(row.what)) for row in pair.rows),
        )
        for pair in back.pairs
    }
    assert one == other
    moved = {(move.heir, move.title, frozenset(move.before), frozenset(move.after)) for move in there.moves}
    assert moved == {(move.heir, move.title, frozenset(move.after), frozenset(move.before)) for move in back.moves}


@given(EDITIONS, EDITIONS, SUCCESSIONS)
def test_every_board_of_both_editions_stands_somewhere(older, newer, successions):
    found = compare(older, newer, successions)
    assert {pair.before.key for pair in found.pairs if pair.before} == {board.key for board in older.boards}
    assert {pair.after.key for pair in found.pairs if pair.after} == {board.key for board in newer.boards}
    assert all((pair.fate in (Fate.CLOSED, Fate.ADDED)) == (not (pair.before and pair.after)) for pair in found.pairs)


@given(EDITIONS, EDITIONS, SUCCESSIONS)
def test_gone_is_what_was_stated_and_is_no_more(older, newer, successions):
    for pair in compare(older, newer, successions).pairs:
        for row in pair.rows:
            assert row.before or row.after
            assert (row.what == What.GONE) == (bool(row.before) and not row.after)
            assert (row.what == What.NEW) == (bool(row.after) and not row.before)
        assert bool(sentences(pair)) == (pair.fate != Fate.STAYS or bool(pair.changes))


TEXTS = st.lists(st.sampled_from(["one", "from", "each", "of", "MKCC", "ICB"]), max_size=8).map(" ".join)


@given(TEXTS, TEXTS)
def test_the_marked_pieces_are_the_texts(before, after):
    old, new = marked(before, after)
    assert " ".join(words for words, _same in old) == before
    assert " ".join(words for words, _same in new) == after
    assert [words for words, same in old if same] == [words for words, same in new if same]
    assert all(same for _words, same in old) or before != after


def test_a_chain_of_successors_is_followed_to_the_first_in_the_other_edition():
    older = Edition("2017/18", (board(1, "Safeguarding Board"), board(2, "Strategy Board")))
    newer = Edition("2024", (board(4, "Safeguarding Partnership"), board(5, "Delivery")))
    found = compare(older, newer, {1: 3, 3: 4})
    assert [(pair.fate, sentences(pair)[0]) for pair in found.pairs] == [
        (Fate.SUCCEEDED, "In place of Safeguarding Board stands Safeguarding Partnership."),
        (Fate.CLOSED, "Strategy Board is gone. No successor is named."),
        (Fate.ADDED, "Delivery is new."),
    ]


def test_rules_that_changed_are_gone_or_are_new_stand_as_sentences():
    older = Edition("", (board(1, Quorum="one third", Papers="5 working days before", Votes="not stated"),))
    newer = Edition("", (board(1, Quorum="one half.", Mode="virtual", Votes="not stated"),))
    (pair,) = compare(older, newer).pairs
    assert sentences(pair) == (
        "Quorum: from “one third” to “one half”.",
        "Papers: gone, now not stated. It was: 5 working days before.",
        "Mode: new. virtual.",
    )
    assert [compare(older, newer).count(what) for what in (What.CHANGED, What.GONE, What.NEW)] == [1, 1, 1]


def test_a_partner_under_a_new_name_has_the_same_places():
    older = Edition("", (board(1, places=[place("CCG", heir="ICB"), place("MKCC")]),))
    newer = Edition("", (board(1, places=[place("ICB"), place("MKCC")]),))
    assert compare(older, newer).says_nothing
    assert places_in_words(older.boards[0].places) == "2 places: CCG 1, MKCC 1"


def test_a_place_that_went_from_one_board_to_another_is_said_to_have_moved():
    older = Edition("", (board(1, places=[place("TVP", "DCI")]), board(2)))
    newer = Edition("", (board(1), board(2, places=[place("TVP", "DCI")])))
    assert compare(older, newer).moves == (Move("TVP", "DCI", (1,), (2,)),)


def test_the_same_board_under_another_name_is_renamed():
    (pair,) = compare(Edition("", (board(1, "CDOP"),)), Edition("", (board(1, "Child Death"),))).pairs
    assert sentences(pair) == ("CDOP is now called Child Death.",)
