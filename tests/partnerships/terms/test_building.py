"""Building rules from lists: what is chosen becomes a line of text, and the text is what is judged."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships import rules
from partnerships.terms import building, writing

PARTS = {
    "agencies": ["MKCC", "BLMK ICB", "Health and Care", "six"],
    "classes": ["councillor", "police", "responsible authority", "of age", 'so-called "lay"'],
}
ANYWHERE = {"decision": "", "meeting": ""}


def lines(kind, heading=ANYWHERE, **typed):
    form = building.KINDS[kind](typed, **PARTS)
    assert form.is_valid(), form.errors
    return building.lines(form, heading)


def built(kind, text="", heading=ANYWHERE, join="and", **typed):
    for line in lines(kind, heading, **typed):
        text = writing.added(text, line, join)
    return text


@pytest.mark.parametrize(
    ("kind", "typed", "text"),
    [
        ("each", {"names": ["MKCC", "BLMK ICB"], "count": 1}, "quorum: one from each of MKCC and BLMK ICB"),
        ("each", {"names": ["MKCC", "six"], "count": 2}, 'quorum: two from each of MKCC and "six"'),
        ("least", {"count": 6}, "quorum: six members"),
        ("least", {"count": 2, "group": "police"}, "quorum: two members from police"),
        (
            "least",
            {"count": 6, "limit": "half", "limited": "councillor"},
            "quorum: six members, of whom no more than half may be councillors",
        ),
        ("different", {"count": 4, "group": "responsible authority"}, "quorum: four different responsible authorities"),
        ("different", {"count": 3}, "quorum: three different agencies"),
        (
            "fraction",
            {"share": "one third", "base": "places", "rounding": "up", "floor": 3},
            "quorum: one third of the places, rounded up, or three, whichever is the greater",
        ),
        (
            "fraction",
            {"share": "more than half", "base": "members in post"},
            "quorum: a majority of the members in post",
        ),
        ("chair", {"who": "chair or vice-chair"}, "quorum: one chair or vice-chair"),
        ("chair", {"who": "chair or vice-chair presiding"}, "quorum: chair or vice-chair presiding"),
        ("votes", {"rule": "unanimous"}, "votes: unanimity"),
        ("votes", {"rule": "more votes for than against", "voters": "councillor"},
         "votes: more votes for than against\nvoters: councillors"),
        ("standing", {"deputies": "count and vote", "remote": "do not count, do not vote"},
         "deputies: count and vote\nremote: do not count, do not vote"),
        ("standing", {"substitutes": "count and vote", "notice": "two working days before"},
         "substitutes: count and vote, with notice two working days before"),
        ("moments", {"scope": ["at the opening", "at each vote"], "casting": "the chair"},
         "scope: at the opening and at each vote\ncasting vote: the chair"),
    ],
)  # fmt: skip
def test_what_is_chosen_becomes_a_line_of_the_rules(kind, typed, text):
    assert built(kind, **typed) == text


def choices_of(field):
    values = [value for value, _label in field.choices] if hasattr(field, "choices") else [3]
    if hasattr(field.widget, "allow_multiple_selected") and field.widget.allow_multiple_selected:
        return [values[:2]]
    return values


@pytest.mark.parametrize("kind", building.KINDS)
def test_every_choice_of_every_list_is_a_rule_that_is_read_back_the_same(kind):
    fields = building.KINDS[kind]({}, **PARTS).fields
    tried = 0
    for values in itertools.product(*(choices_of(field) for field in fields.values())):
        form = building.KINDS[kind](dict(zip(fields, values, strict=True)), **PARTS)
        if not form.is_valid():
            continue
        tried += 1
        for line in building.lines(form, {"decision": "financial", "meeting": "adjourned"}):
            text = rules.parse_terms(line).text()
            assert rules.parse_terms(text).text() == text
    assert tried


def test_a_second_clause_of_the_quorum_is_needed_as_well_or_is_enough_instead():
    text = built("least", count=6)
    assert built("chair", text, who="chair") == "quorum: six members and one chair"
    either = built("chair", text, join="or", who="chair")
    assert either == "quorum: six members or one chair"
    assert built("each", either, names=["MKCC"], count=1).startswith("quorum: (six members or one chair) and ")


def test_a_kind_of_decision_has_a_line_of_its_own():
    text = built("least", count=6)
    money = {"decision": "financial", "meeting": ""}
    text = built("fraction", text, heading=money, share="two thirds", base="places")
    assert text == "quorum: six members\nquorum for financial decisions: two thirds of the places"
    text = built("chair", text, heading={"decision": "Financial", "meeting": ""}, who="chair")
    assert text.splitlines()[0] == "quorum: six members"
    assert text.splitlines()[1].endswith("and one chair")
    assert len(text.splitlines()) == 2


def test_what_is_not_stated_gives_way_and_what_is_no_quorum_is_replaced():
    text = "quorum: not stated\nvotes: not stated\nremote: count and vote"
    text = built("least", text, count=6)
    text = built("votes", text, rule="unanimous")
    text = built("standing", text, remote="do not count, do not vote")
    assert text == "quorum: six members\nvotes: unanimity\nremote: do not count, do not vote"


def test_remarks_prose_and_lines_that_cannot_be_read_stay_as_they_were():
    before = "# agreed in May\nThe quorum will consist of six members.\nremote: perhaps\n\nnote: silent on papers"
    after = built("chair", before, who="chair")
    assert after.splitlines() == [
        "# agreed in May",
        "quorum: six members and one chair",
        "remote: perhaps",
        "",
        "note: silent on papers",
    ]


def test_a_statement_over_two_lines_is_replaced_whole():
    text = "quorum: one from each of MKCC,\n  BLMK ICB\ndeputies: count and vote"
    assert built("chair", text, who="chair").splitlines() == [
        "quorum: one from each of MKCC and BLMK ICB and one chair",
        "deputies: count and vote",
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["least", "chair", "different", "fraction"]), min_size=1, max_size=6),
    st.sampled_from(["and", "or"]),
)
def test_however_many_clauses_are_built_there_is_one_quorum_and_it_can_be_read(kinds, join):
    typed = {
        "least": {"count": 6, "limit": "half", "limited": "councillor"},
        "chair": {"who": "chair or vice-chair"},
        "different": {"count": 4, "group": "responsible authority"},
        "fraction": {"share": "one third", "base": "places", "rounding": "up", "floor": 3},
    }
    text = ""
    for kind in kinds:
        text = built(kind, text, join=join, **typed[kind])
    assert text.count("quorum") == 1
    assert rules.parse_terms(text).text() == text


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("each", {"count": 1}, "names"),
        ("each", {"names": ["Nobody"], "count": 1}, "names"),
        ("least", {}, "count"),
        ("least", {"count": "0"}, "count"),
        ("least", {"count": "six"}, "count"),
        ("least", {"count": "6", "limit": "half"}, "limited"),
        ("least", {"count": "6", "group": "wizards"}, "group"),
        ("different", {"count": "-1"}, "count"),
        ("fraction", {"share": "one third", "base": "moon"}, "base"),
        ("fraction", {"share": "one third", "base": "places", "floor": "x"}, "floor"),
        ("standing", {}, "deputies"),
        ("standing", {"notice": "before the start", "remote": "count and vote"}, "substitutes"),
        ("moments", {}, "__all__"),
    ],
)
def test_what_is_not_complete_gets_a_sentence_at_its_field(kind, typed, field):
    form = building.KINDS[kind](typed, **PARTS)
    assert list(form.errors) == [field]
    assert all(len(error) > 20 for error in form.errors[field])
