"""What is printed parses again to the same rules, whatever the names."""

from hypothesis import given, settings

from partnerships.rules import parse_terms
from partnerships.rules.printing import terms_text
from tests.partnerships.rules.rule_strategies import all_terms


@given(all_terms())
@settings(max_examples=80, deadline=None)
def test_it_prints_what_parses_to_the_same_terms(terms):
    assert parse_terms(terms_text(terms)) == terms


@given(all_terms(awkward=True))
@settings(max_examples=80, deadline=None)
def test_it_quotes_names_that_hold_words_of_the_language(terms):
    assert parse_terms(terms_text(terms)) == terms


@given(all_terms(awkward=True))
@settings(max_examples=60, deadline=None)
def test_its_english_parses_to_the_same_terms(terms):
    said = "\n".join(line for line in terms.english() if not line.endswith("not stated."))
    unsaid = [line for line in terms.english() if line.endswith("not stated.")]
    if unsaid:
        stated = tuple(
            one for one in terms.statements if getattr(one, "clause", 1) is not None and getattr(one, "tests", 1) != ()
        )
    else:
        stated = terms.statements
    assert parse_terms(said).statements == stated
