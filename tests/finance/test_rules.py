"""The arithmetic of a year: sums, shares, the balance, and when print and records are reconciled."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance import rules, words
from finance.rules import Explanation, Figure, Kind, Line, Paid, Printed, Strand, Sums

PENNIES = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999.99"), places=2)
SIGNED = st.decimals(min_value=Decimal("-99999999.99"), max_value=Decimal("99999999.99"), places=2)
PAID = st.builds(
    lambda agency, strand, amount: Paid(agency, f"{agency} in full", "", strand, -amount),
    st.sampled_from(["MKCC", "TVP", "CNWL", "MKUHFT", "BFRS"]),
    st.sampled_from(list(Strand)),
    PENNIES,
)
LEDGERS = st.lists(PAID, max_size=40)
LINES = st.lists(st.builds(Line, st.sampled_from(list(Kind)), st.just("A line"), SIGNED), max_size=20)
DAY = dt.date(2022, 6, 14)
# Appendix B of the annual report 2021-22: partner, children's, adults.
TABLE = (
    ("MK CCG", 51482, 14300),
    ("TV Police", 18595, 0),
    ("National Probation Service", 891, 0),
    ("TV CRC", 2673, 975),
    ("MK General Hospital", 1974, 3250),
    ("G4S", 1974, 0),
    ("MKCHS (CNWL)", 1974, 3250),
    ("PCC", 0, 7800),
    ("Fire", 0, 650),
    ("MK Council", 107504, 41500),
)
REPORT_PAID = [
    Paid(payer, payer, payer, strand, Decimal(-amount))
    for payer, *amounts in TABLE
    for strand, amount in zip((Strand.CHILDREN, Strand.ADULTS), amounts, strict=True)
    if amount
]
REPORT_LINES = [
    Line(Kind.BROUGHT_FORWARD, "Brought forward from 20/21", Decimal(-110138)),
    Line(Kind.CONTRIBUTIONS, "Contributions", Decimal(-257880)),
    *(Line(Kind.EXPENDITURE, f"{spent}", Decimal(spent)) for spent in (185190, 7537, 34484, 5298, 1564)),
]
REPORT = Sums.of(REPORT_PAID, REPORT_LINES)
PRINTED = [
    Printed(Figure.CONTRIBUTIONS, Decimal(-257880), "Appendix B"),
    Printed(Figure.CARRIED_FORWARD, Decimal(-133944), "Appendix B"),
]


def accepted(figure, difference):
    return Explanation(figure, Decimal(difference), "The source gives no cause.", "Finance officer", DAY)


# --- The year 2021-22 ---


def test_the_table_adds_up_to_what_was_checked_by_hand():
    figures = rules.figures(REPORT)
    assert figures == {
        Figure.CONTRIBUTIONS: 258792,
        Figure.CHILDREN: 187067,
        Figure.ADULTS: 71725,
        Figure.NOT_DIVIDED: 0,
        Figure.BROUGHT_FORWARD: 110138,
        Figure.POSITION: 257880,
        Figure.INCOME: 368018,
        Figure.EXPENDITURE: 234073,
        Figure.SURPLUS: 23807,
        Figure.CARRIED_FORWARD: 133945,
    }


def test_shares_are_those_of_the_report():
    shares = {row.agency: str(row.share) for row in rules.rows(REPORT_PAID, Decimal(258792))}
    assert shares == {
        "MK Council": "57.58",
        "MK CCG": "25.42",
        "TV Police": "7.19",
        "PCC": "3.01",
        "MK General Hospital": "2.02",
        "MKCHS (CNWL)": "2.02",
        "TV CRC": "1.41",
        "G4S": "0.76",
        "National Probation Service": "0.34",
        "Fire": "0.25",
    }


def test_a_partner_that_paid_nothing_for_a_strand_has_no_amount_there():
    row = next(row for row in rules.rows(REPORT_PAID, Decimal(258792)) if row.agency == "TV Police")
    assert row.by_strand == {Strand.CHILDREN: 18595}


def test_both_differences_of_the_report_are_found_and_no_other_balance_is_ever_shown():
    found = rules.compare(REPORT, PRINTED, [])
    assert [(one.figure, one.printed, one.computed, one.difference) for one in found] == [
        (Figure.CONTRIBUTIONS, 257880, 258792, 912),
        (Figure.CARRIED_FORWARD, 133944, 133945, 1),
    ]
    assert 134857 not in rules.figures(REPORT).values()
    assert not rules.is_reconciled(found)


def test_it_is_reconciled_once_both_are_explained():
    explained = [accepted(Figure.CONTRIBUTIONS, 912), accepted(Figure.CARRIED_FORWARD, 1)]
    assert rules.is_reconciled(rules.compare(REPORT, PRINTED, explained))
    assert not rules.is_reconciled(rules.compare(REPORT, PRINTED, explained[:1]))


def test_an_explanation_of_another_difference_explains_nothing():
    (found, _other) = rules.compare(REPORT, PRINTED, [accepted(Figure.CONTRIBUTIONS, 900)])
    assert found.explanation is None
    assert found.outdated.difference == 900
    assert found.is_open
    assert words.difference(found) == "Differs by £912; what was explained was £900"


def test_what_the_position_uses_is_a_difference_of_its_own_where_nothing_printed_says_it():
    (found,) = rules.compare(REPORT, [], [])
    assert (found.figure, found.printed, found.computed) == (Figure.POSITION, 257880, 258792)
    printed = [replace(PRINTED[0], amount=Decimal(-258792))]
    assert [one.figure for one in rules.compare(REPORT, printed, [])] == [Figure.CONTRIBUTIONS, Figure.POSITION]


def test_without_a_line_of_its_own_the_position_uses_what_partners_paid():
    sums = Sums.of(REPORT_PAID, [line for line in REPORT_LINES if line.kind is not Kind.CONTRIBUTIONS])
    assert rules.figures(sums)[Figure.POSITION] == 258792
    assert rules.compare(sums, [], []) == ()


def test_a_year_that_spent_more_than_it_had_reads_below_nothing():
    sums = Sums.of([], [Line(Kind.EXPENDITURE, "Staff", Decimal(5000))])
    assert rules.figures(sums)[Figure.CARRIED_FORWARD] == -5000
    assert words.balance(Decimal(-5000)) == "the year ends £5,000 overspent"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (dt.date(2021, 4, 1), dt.date(2022, 3, 31), "2021-22"),
        (dt.date(1999, 4, 1), dt.date(2000, 3, 31), "1999-00"),
        (dt.date(2021, 1, 1), dt.date(2021, 12, 31), "2021"),
    ],
)
def test_a_year_is_called_by_its_days(first, last, name):
    assert rules.name_of(first, last) == name


# --- What holds for every ledger ---


@given(LEDGERS)
def test_rows_and_columns_add_up_to_the_same_total_to_the_penny(paid):
    sums = Sums.of(paid, [])
    total = rules.figures(sums)[Figure.CONTRIBUTIONS]
    assert sum(rules.strands(sums.by_strand).values()) == total
    assert sum(row.total for row in rules.rows(paid, total)) == total
    assert total == -sum(one.amount for one in paid)


@given(LEDGERS.filter(bool))
def test_shares_add_up_to_a_hundred_within_rounding(paid):
    total = rules.figures(Sums.of(paid, []))[Figure.CONTRIBUTIONS]
    rows = rules.rows(paid, total)
    assert abs(sum(row.share for row in rows) - 100) <= Decimal("0.005") * len(rows)


@given(SIGNED, st.booleans())
def test_turning_the_sign_there_and_back_changes_nothing(amount, income):
    assert rules.as_read(rules.as_ledger(amount, income=income), income=income) == amount


@given(LEDGERS, LINES, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(paid, lines, chance):
    shuffled, moved = list(paid), list(lines)
    chance.shuffle(shuffled)
    chance.shuffle(moved)
    figures = rules.figures(Sums.of(paid, lines))
    assert rules.figures(Sums.of(shuffled, moved)) == figures
    total = figures[Figure.CONTRIBUTIONS]
    before = [(row.agency, row.by_strand, row.total, row.share) for row in rules.rows(paid, total)]
    assert [(row.agency, row.by_strand, row.total, row.share) for row in rules.rows(shuffled, total)] == before


@given(LEDGERS, LINES)
def test_the_balance_is_the_ledgers_own_sum_with_its_sign_turned(paid, lines):
    sums = Sums.of(paid, lines)
    ledger = sum((line.amount for line in lines), Decimal(0))
    if Kind.CONTRIBUTIONS not in sums.by_kind:
        ledger += sum((one.amount for one in paid), Decimal(0))
    figures = rules.figures(sums)
    assert figures[Figure.CARRIED_FORWARD] == -ledger
    assert figures[Figure.CARRIED_FORWARD] == figures[Figure.BROUGHT_FORWARD] + figures[Figure.SURPLUS]


PRINTABLE = st.sampled_from([figure for figure in Figure if figure is not Figure.POSITION])
PRINTS = st.lists(
    st.builds(Printed, PRINTABLE, SIGNED, st.just("Report")), max_size=5, unique_by=lambda one: one.figure
)
EXPLANATIONS = st.lists(st.builds(accepted, st.sampled_from(list(Figure)), SIGNED), max_size=5)


@given(LEDGERS, LINES, PRINTS, EXPLANATIONS)
def test_a_difference_without_an_explanation_of_it_is_never_reconciled(paid, lines, printed, explanations):
    found = rules.compare(Sums.of(paid, lines), printed, explanations)
    explained = {(one.figure, one.difference) for one in explanations}
    open_ones = [one for one in found if one.difference and (one.figure, one.difference) not in explained]
    assert not open_ones or not rules.is_reconciled(found)


@given(LEDGERS, LINES, PRINTS)
def test_explaining_every_difference_reconciles(paid, lines, printed):
    sums = Sums.of(paid, lines)
    differences = [one for one in rules.compare(sums, printed, []) if not one.agrees]
    explanations = [accepted(one.figure, one.difference) for one in differences]
    assert rules.is_reconciled(rules.compare(sums, printed, explanations))


@pytest.mark.prove
@settings(max_examples=10_000, deadline=None)
@given(LEDGERS, LINES)
def test_ten_thousand_ledgers_add_up_to_the_penny(paid, lines):
    figures = rules.figures(Sums.of(paid, lines))
    pence = sum(int(one.amount * 100) for one in paid)
    assert figures[Figure.CONTRIBUTIONS] * 100 == -pence
    spent = sum(int(line.amount * 100) for line in lines if line.kind is Kind.EXPENDITURE)
    assert figures[Figure.EXPENDITURE] * 100 == spent
