"""What is no rule is refused with its place, its reason and a remedy; never with anything else, and quickly."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partnerships.rules import RuleError, check_terms, parse_terms
from partnerships.rules.limits import LONGEST_STATEMENT
from tests.partnerships.rules.bodies import council

REFUSED = {
    "quorum: six members from": (1, 25, "stops before it is complete"),
    "quorum: and six members": (1, 9, "does not fit"),
    "quorum: 0/3 of the members": (1, 9, "fraction of nothing"),
    "quorum: 5/4 of the members": (1, 9, "more than the whole"),
    "quorum: 150% of the members": (1, 9, "more than the whole"),
    "quorum: zero members": (1, 9, "asks for nobody"),
    "quorum: four councillors, of whom no more than half may be councillors": (1, 27, "contradicts"),
    "quorum: three of the following: (one chair), (one lay member)": (1, 9, "cannot be met"),
    "quorum: five of A, B": (1, 9, "cannot be met"),
    "quorum: two from A and B": (1, 9, "two ways"),
    "quorum: one from each of Council, Police or Fire": (1, 42, "two ways"),
    "quorum: one from each of Council, Police and Fire or the chair": (1, 51, "two ways"),
    "quorum: four members, the chair or vice-chair": (1, 21, "does not fit"),
    "quorum at noon on Mondays: six members": (1, 8, "no heading"),
    "quorum: four members, excluding vacancies": (1, 23, "no fraction"),
    "quorum: everybody but those who are away": (1, 9, "does not fit"),
    "half including": (1, 15, "stops before it is complete"),
    "quorum: (six members": (1, 9, "never closed"),
    "quorum: six members)": (1, 20, "does not fit"),
    'quorum: one from "Health and Care': (1, 18, "opened and not closed"),
    "quorum: six members @ noon": (1, 21, "no meaning"),
    "quorum: six members, rounded up": (1, 22, "no fraction"),
    "quorum:": (1, 8, "Nothing is said"),
    "quorum from 31 February 2025: six members": (1, 8, "no day"),
    "quorum: six members from 31 April 2025": (1, 21, "no day"),
    "quorum on Tuesdays: six members": (1, 8, "no heading"),
    "quorum: business may go ahead unless members object": (1, 31, "does not fit"),
    "quorum: such a number of people as the chair thinks fit for it": (1, 9, "does not fit"),
    "casting vote: whatever the members decide": (1, 15, "does not fit"),
    "quorum: a majority of those present": (1, 20, "does not fit"),
    "quorum: business may be transacted without four members": (1, 36, "does not fit"),
    "scope: sometimes": (1, 8, "not understood"),
    "deputies: perhaps": (1, 11, "not understood"),
    "votes: not stated\nquorum: three from each of": (2, 27, "stops"),
    "quorum: six members\nquorum: five members": (2, 1, "Two statements"),
    "quorum: " + "(" * 21 + "six members" + ")" * 21: (1, 29, "nested more than 20"),
    "quorum: " + "six members and " * 200 + "one chair": (1, 1, f"longest that is read has {LONGEST_STATEMENT:,}"),
    "x" * 10_000: (1, 8001, "longest that is read"),
    "note: six\n" * 61: (61, 1, "more than 60 statements"),
    "six members\n" * 900: (667, 9, "longest that is read"),
}


@pytest.mark.parametrize(("text", "problem"), REFUSED.items(), ids=lambda value: str(value)[:40])
def test_it_says_where_and_why(text, problem):
    parse_terms("quorum: one member")  # the parser is built once in a process
    began = time.process_time()
    with pytest.raises(RuleError) as refused:
        parse_terms(text)
    spent = time.process_time() - began
    first = refused.value.problems[0]
    line, column, words = problem
    assert (first.line, first.column) == (line, column)
    assert words in first.message
    assert first.remedy.endswith((".", "”"))
    assert spent < 0.05


@pytest.mark.parametrize(
    "text",
    [
        "votes: a majority, the chair having a vote",
        "quorum: majority, majority, " * 40,
        "apart appointed from MKCC or ICB",
    ],
)
def test_what_would_not_be_read_back_as_the_same_rule_is_refused(text):
    with pytest.raises(RuleError):
        parse_terms(text)


def test_it_names_every_line_that_is_wrong():
    with pytest.raises(RuleError) as refused:
        parse_terms("quorum: six\nvotes: of\nscope: now and then")
    assert [problem.line for problem in refused.value.problems] == [2, 3]


WORDS = st.sampled_from(
    [
        "quorum:",
        "votes:",
        "six",
        "members",
        "of",
        "whom",
        "no",
        "more",
        "than",
        "half",
        "councillors",
        "(",
        ")",
        ",",
        ";",
        "and",
        "or",
        "one",
        "from",
        "each",
        "of",
        "A",
        "B",
        "each",
        "all",
        "if",
        "otherwise",
        "the",
        "chair",
        "presiding",
        "rounded",
        "up",
        "at",
        "least",
        "50%",
        "two",
        "thirds",
        "in",
        "favour",
        "including",
        '"',
        "'",
        ":",
        ".",
        "1",
        "April",
        "2025",
        "0",
        "-",
    ]
)


def rules_or_none(text):
    """The rules that the text states, or None where it is refused, with something to say for each problem."""
    try:
        return parse_terms(text)
    except RuleError as error:
        if not error.problems or not all(problem.message for problem in error.problems):
            raise
        return None


@given(st.lists(WORDS, max_size=25).map(" ".join))
@example("half including")
@example("distinct agencies people")
@example("more . or , six rounded")
@settings(max_examples=300, deadline=None)
def test_words_in_any_order_are_a_rule_or_refused(text):
    terms = rules_or_none(text)
    if terms is not None:
        assert parse_terms(terms.text()) == terms


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_rule_or_refused(text):
    rules_or_none(text)


WARNED = {
    "quorum: one from each of North, Esat": "No place carries “Esat”: this can never be met.",
    "quorum: two governors": "No place carries “governors”: this can never be met.",
    "quorum: ninety members": "This can never be met, even with every place filled",
    "quorum: three councillors or two lay members": "2 of the three councillors needed",
    "votes: every parish in favour": "No place carries “parish”",
    "quorum: four members, of whom no more than half may be governors": (
        "No place carries “governors”: this has no effect."
    ),
    "quorum: four members other than governors": "No place carries “governors”: this has no effect.",
    "quorum: three members if a governor has been appointed": "No place carries “governor”: this has no effect.",
    "voters: governors": "No place carries “governors”: this has no effect.",
    "quorum: the chair or vice-chair presiding and four members": "",
    "quorum: three members if a chair has been appointed, otherwise two": "",
}


@pytest.mark.parametrize(("text", "warning"), WARNED.items())
def test_it_warns_of_what_no_membership_can_meet(text, warning):
    problems = check_terms(parse_terms(text), council())
    assert warning in " ".join(problem.message for problem in problems)
    assert bool(problems) == bool(warning)


def test_it_guesses_the_name_that_was_meant():
    assert check_terms(parse_terms("quorum: one councilor"), council())[0].remedy == "Did you mean “councillor”?"


def test_every_problem_has_a_place_even_where_only_its_line_is_known():
    with pytest.raises(RuleError) as refused:
        parse_terms("votes: not stated\nquorum: siY members, of wh,m no more than half may be cOuncimustlors")
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [(2, 1)]
