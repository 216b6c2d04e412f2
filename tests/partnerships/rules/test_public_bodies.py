"""Clauses as other public bodies write them, and how each is printed back; what is not clear is refused."""

from pathlib import Path

import pytest
import yaml

from partnerships.rules import RuleError, parse_terms

CLAUSES = yaml.safe_load(Path(__file__).with_name("public_bodies.yaml").read_text(encoding="utf-8"))
READ, REFUSED = CLAUSES["read"], CLAUSES["refused"]


@pytest.mark.parametrize(("typed", "printed"), READ.items())
def test_it_reads_what_other_bodies_write(typed, printed):
    terms = parse_terms(typed)
    assert terms.text() == printed
    assert parse_terms(printed) == terms


@pytest.mark.parametrize(("typed", "problem"), REFUSED.items())
def test_it_refuses_what_is_not_clear_and_says_how_to_write_it(typed, problem):
    with pytest.raises(RuleError) as refused:
        parse_terms(typed)
    (found,) = refused.value.problems
    assert [found.line, found.column, found.message] == [1, *problem]
    assert found.remedy
