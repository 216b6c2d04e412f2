"""The money of the sample: every figure of 2021-22 as it was printed, and the sample year's."""

import pytest

from finance import queries
from finance.models import FinancialYear
from meetings.sample import loading
from records.models import User

pytestmark = pytest.mark.django_db


def user(name):
    return User.objects.get(email=f"{name}@mktogether.example")


def summary(name, who="finance"):
    return queries.summary_of(queries.year_called(name, user(who)), user(who))


def test_the_report_of_2021_22_stands_there_with_its_two_differences_explained(sample):
    year = summary("2021-22")
    assert [(row.agency, row.total, str(row.share)) for row in year.contributions] == [
        ("MKCC", 149004, "57.58"),
        ("BLMK CCG", 65782, "25.42"),
        ("TVP", 18595, "7.19"),
        ("PCC", 7800, "3.01"),
        ("CNWL", 5224, "2.02"),
        ("MKUHFT", 5224, "2.02"),
        ("TV CRC", 3648, "1.41"),
        ("Oakhill STC", 1974, "0.76"),
        ("NPS", 891, "0.34"),
        ("BFRS", 650, "0.25"),
    ]
    assert (year.totals.total, *year.totals.by_strand.values()) == (258792, 187067, 71725)
    assert [(line.name, line.read) for line in year.lines] == [
        ("Brought forward from 20/21", 110138),
        ("Contributions", 257880),
        ("Employee costs", 185190),
        ("Independent chair/scrutineer", 7537),
        ("Review activity costs (excluding DHRs)", 34484),
        ("PHEW Support (website, policies and procedures)", 5298),
        ("Misc", 1564),
    ]
    assert (year.income_available, year.expenditure, year.carried_forward) == (368018, 234073, 133945)
    assert year.surplus == 23807
    assert [(one.label, one.printed, one.difference) for one in year.differences] == [
        ("Contributions", 257880, 912),
        ("Carried forward", 133944, 1),
    ]
    assert year.is_reconciled
    for one in year.differences:
        assert "The source gives no cause" in one.explanation.text
        assert one.explanation.accepted_by == "Finance officer"


def test_payers_are_called_as_the_report_prints_them(sample):
    payers = {row.agency: row.payer for row in summary("2021-22").contributions}
    assert payers["Oakhill STC"] == "G4S Care & Justice Service (UK)"
    assert payers["BLMK CCG"] == "MK CCG"


def test_a_balance_of_134857_is_nowhere(sample, as_user):
    client = as_user(user("finance"))
    for path in ("/money/", "/money/2021-22/", "/money/2021-22/figures/carried-forward/"):
        assert "134,857" not in client.get(path).content.decode()


def test_the_sample_year_adds_up_and_says_where_less_was_received_than_agreed(sample):
    year = summary("2024-25")
    assert (year.totals.total, year.brought_forward) == (278200, 118400)
    assert (year.expenditure, year.carried_forward) == (275200, 121400)
    notes = {row.agency: row.notes for row in year.contributions if row.notes}
    assert notes == {
        "NPS": ("Received late.",),
        "Oakhill STC": ("£2,000 was agreed, and half of it received.",),
    }
    assert year.compared == ()


def test_a_member_of_the_sample_reads_their_own_part(sample):
    year = summary("2021-22", "member.tvp")
    assert [(row.agency, row.total) for row in year.contributions] == [("TVP", 18595)]
    assert (year.totals.total, year.lines) == (258792, ())


def test_loading_again_keeps_what_people_entered(sample):
    FinancialYear.objects.get(name="2024-25").contributions.filter(agency__short_name="TVP").update(amount=-7)
    loading.load()
    assert summary("2024-25").totals.total == 258207
