"""Which abbreviations the texts of a report use, and which nobody has explained."""

import string

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reports import abbreviations

KNOWN = {
    "MK": "Milton Keynes",
    "MK ACT": "A charity",
    "ACT": "Something else",
    "SAR": "Safeguarding adult review",
    "DHR": "Domestic homicide review",
    "DSM-5": "A manual",
    "DSM": "An older manual",
    "LeDeR": "A programme",
    "Section 11": "A duty",
}

part = st.text(string.ascii_letters + string.digits, min_size=1, max_size=4)
shorts = st.builds(
    str.join, st.sampled_from(["", "-", "+", ".", "&", "/", " "]), st.lists(part, min_size=1, max_size=2)
)
fillers = st.text("abcxyz .,;()\n", max_size=20)
knowns = st.dictionaries(shorts, st.sampled_from(["A board", "A duty", "A service"]), max_size=6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A DHR was published.", ["DHR"]),
        ("Two DHRs and three SARs were published.", ["DHR", "SAR"]),
        ("The DHR's findings, the SAR’s plan", ["DHR", "SAR"]),
        ("(DHR)/SAR: both", ["DHR", "SAR"]),
        ("SARAH is a name, and USAR nothing of ours; neither is DHRss.", []),
        ("a sar in small letters", []),
        ("MK ACT helped.", ["MK ACT"]),
        ("MK\nACT helped.", ["MK ACT"]),
        ("MK ACT helped in MK.", ["MK", "MK ACT"]),
        ("Found by the DSM-5.", ["DSM-5"]),
        ("Section 11 and Section 112", ["Section 11"]),
        ("Section 112", []),
        ("Panels of LeDeR", ["LeDeR"]),
        ("DHR, DHR and again DHR", ["DHR"]),
        ("ÉSAR", []),
        ("", []),
    ],
)
def test_whole_words_are_found_also_in_the_plural_and_the_longest_is_meant(text, expected):
    assert list(abbreviations.used([text], KNOWN)) == expected


def test_they_come_with_their_meanings_in_the_order_of_the_alphabet_over_all_texts():
    found = abbreviations.used(["SAR and MK", "LeDeR", "DHR"], KNOWN)
    assert list(found.items()) == [
        ("DHR", "Domestic homicide review"),
        ("LeDeR", "A programme"),
        ("MK", "Milton Keynes"),
        ("SAR", "Safeguarding adult review"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The PHEW and the XYZs met; PHEW again.", ["PHEW", "XYZ"]),
        ("A SAR, DHRs, MK ACT and DSM-5", []),
        ("A I and ABCDEFGHI", []),  # one letter is a word, nine are shouting
        ("MKX9 and aBCD", []),
        ("SAR-XY", ["XY"]),
        ("AMK ACTB", ["ACTB", "AMK"]),
        ("X MK Y ACT Z", []),
        ("ASMKACT", ["ASMKACT"]),
    ],
)
def test_capitals_that_nobody_explains_are_listed_for_the_team(text, expected):
    assert abbreviations.unknown([text], KNOWN) == expected


def test_without_any_that_are_known_none_is_used_and_all_are_unknown():
    assert abbreviations.used(["A SAR"], {}) == {}
    assert abbreviations.unknown(["A SAR"], {}) == ["SAR"]


@given(known=knowns, before=fillers, after=fillers, data=st.data())
def test_a_word_of_its_own_is_always_found(known, before, after, data):
    assume(known)
    short = data.draw(st.sampled_from(sorted(known)))
    plural = data.draw(st.sampled_from(["", "s"]))
    text = f"{before} {short}{plural} {after}"
    # Unless the plural is known as a word itself: then that is meant.
    assert (short if f"{short}s" not in known or not plural else f"{short}s") in abbreviations.used([text], known)


@given(known=knowns, text=st.text("ABCs -.\n", max_size=60))
def test_what_is_found_stands_in_the_text_and_is_known(known, text):
    for short, meaning in abbreviations.used([text], known).items():
        assert short in text
        assert known[short] == meaning


@given(known=knowns, texts=st.lists(st.text("ABCDabcs -\n", max_size=30), max_size=5))
def test_nothing_is_both_used_and_unknown_and_the_order_of_texts_does_not_matter(known, texts):
    assert not set(abbreviations.used(texts, known)) & set(abbreviations.unknown(texts, known))
    assert abbreviations.used(texts, known) == abbreviations.used(texts[::-1], known)
    assert abbreviations.unknown(texts, known) == abbreviations.unknown(texts[::-1], known)


@given(text=st.text("ABC s.\n", max_size=40))
def test_what_was_unknown_is_used_once_it_is_explained(text):
    found = abbreviations.unknown([text], {})
    explained = dict.fromkeys(found, "Something")
    assert list(abbreviations.used([text], explained)) == found
    assert abbreviations.unknown([text], explained) == []


@given(known=knowns)
@example(known={"A": "x"})
def test_the_table_says_what_is_known_and_is_read_as_it_was_written(known):
    assert abbreviations.listed(abbreviations.table(known)) == known


def test_of_a_text_only_the_tables_of_two_columns_are_read_and_the_first_meaning_holds():
    text = (
        "A line before. DHR | not a table\n\n"
        "| A | B |\n|---|---|\n| SAR | Review |\n| SAR | Other |\n|  | Nothing |\n\n"
        "| A | B | C |\n|---|---|---|\n| DHR | One | Two |\n"
    )
    assert abbreviations.listed(text) == {"SAR": "Review"}


def test_a_meaning_may_hold_a_bar():
    assert abbreviations.listed(abbreviations.table({"AB": "this | that"})) == {"AB": "this | that"}
