"""What a rule says of how many there are is held against the places."""

import pytest

from partnerships import rules
from partnerships.rules import Seat

STATUTORY = frozenset(["statutory partner"])
PLACES = (
    *(
        Seat(key=f"{agency} {n}", agency=agency, title="Director", classes=STATUTORY)
        for agency in "ABC"
        for n in (1, 2)
    ),
    Seat(key="lay", agency="Lay", title="Lay member", classes=frozenset(["lay member"])),
)


@pytest.mark.parametrize(
    "text",
    [
        "quorum: one from each of the two statutory partners",
        "quorum: at least one representative from each of the 2 statutory partners and four members",
    ],
)
def test_two_where_there_are_three_gets_a_sentence(text):
    (problem,) = rules.check_text(text, PLACES)
    assert "the rule says two, and three statutory partners have a place. It asks for each of the three." in str(
        problem
    )
    assert problem.line == 1


def test_the_line_is_that_of_the_text():
    text = "# what is left open\nvotes: not stated\nquorum: one from each of the four statutory partners"
    assert [problem.line for problem in rules.miscounted(text, PLACES)] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "quorum: one from each of the three statutory partners",
        "quorum: one from each of the statutory partners",
        "quorum: two from each of A, B",
        "quorum: two members from the lay members",
        "votes: two thirds of the members present",
        "",
    ],
)
def test_nothing_is_said_where_the_number_fits_or_none_is_stated(text):
    assert list(rules.miscounted(text, PLACES)) == []


def test_one_is_said_as_one():
    (problem,) = rules.miscounted("quorum: one from each of the two lay members", PLACES)
    assert problem.message.endswith("the rule says two, and one lay member has a place.")
