"""Who may fill a place: withdrawn members and their deputies, notice in time, and which statement holds."""

import datetime as dt

import pytest

from partnerships.rules import Ballot, Capacity, Motion, Occasion, Presence, decide, judge, parse_terms
from tests.partnerships.rules.bodies import DAY, NINE, council, room, seat


def status(terms, *people, **options):
    """The verdict on these people."""
    return judge(parse_terms(terms), room(council(), *people, **options)).status.value


def test_a_member_who_withdraws_may_count_and_never_votes():
    terms = parse_terms("quorum: one from East\nvotes: more votes for than against\ndeclared interests: count and vote")
    here = room(council(), "police", "leader", recusals=("police",))
    done = decide(terms, here, Motion(), (Ballot("police"), Ballot("leader")))
    assert (done.status.value, [one.person for one in done.left_out]) == ("carried", ["police"])


def test_a_deputy_stands_in_for_a_member_who_has_withdrawn_and_stayed_away():
    assert status("quorum: one from East", "police deputy", recusals=("police",)) == "quorate"
    assert status("quorum: one from East", "police", "police deputy", recusals=("police",)) == "not quorate"


@pytest.mark.parametrize(
    ("notice", "holidays", "verdict"),
    [
        (dt.date(2025, 1, 17), (), "quorate"),
        (dt.date(2025, 1, 20), (), "not quorate"),
        (dt.date(2025, 1, 17), (dt.date(2025, 1, 20),), "not quorate"),
        (dt.date(2025, 1, 16), (dt.date(2025, 1, 20),), "quorate"),
    ],
)
def test_two_working_days_before_skips_week_ends_and_holidays(notice, holidays, verdict):
    deputy = Presence(
        "police deputy", capacity=Capacity.DEPUTY, notice=dt.datetime.combine(notice, dt.time(12)), seat="police"
    )
    terms = "quorum: one from East\ndeputies: count and vote, with notice two working days before"
    assert dt.date(2025, 1, 21) == DAY
    assert status(terms, present=(deputy,), starts_at=NINE, holidays=frozenset(holidays)) == verdict


@pytest.mark.parametrize(("minute", "verdict"), [(59, "quorate"), (0, "not quorate")])
def test_notice_before_the_start_is_before_it(minute, verdict):
    notice = NINE.replace(hour=8 if minute else 9, minute=minute)
    someone = Presence("guest", capacity=Capacity.SUBSTITUTE, notice=notice, seat="police")
    terms = "quorum: one from East\nsubstitutes: count, with notice before the start"
    assert status(terms, present=(someone,), starts_at=NINE) == verdict


def test_notice_of_so_many_hours_may_arrive_to_the_minute():
    for minutes, verdict in ((0, "quorate"), (1, "not quorate")):
        notice = NINE - dt.timedelta(hours=24) + dt.timedelta(minutes=minutes)
        deputy = Presence("police deputy", capacity=Capacity.DEPUTY, notice=notice)
        terms = "quorum: one from East\ndeputies: count, with notice 24 hours before"
        assert status(terms, present=(deputy,), starts_at=NINE) == verdict


def test_the_statement_about_fewer_people_holds():
    terms = "quorum: one from East\ndeputies: do not count\ndeputies for officers: count"
    assert status(terms, "police deputy") == "quorate"
    assert status("quorum: one from North\ndeputies: do not count", "leader deputy") == "not quorate"


def test_a_member_sent_to_another_seat_is_no_substitute_there():
    terms = "quorum: one from East\nsubstitutes: count"
    member = Presence("guest", capacity=Capacity.MEMBER, seat="police")
    assert status(terms, present=(member,)) == "not quorate"


def test_the_beginning_of_an_item_matters_to_the_item_alone():
    left = Presence("police", intervals=((NINE, NINE.replace(hour=10)),))
    facts = {"present": (left,), "starts_at": NINE, "item_from": NINE, "at": NINE.replace(hour=11)}
    terms = "quorum: one from East\nscope: at each item"
    assert status(terms, occasion=Occasion.ITEM, **facts) == "quorate"
    assert status(terms, occasion=Occasion.MOMENT, **facts) == "not quorate"


def test_a_statement_until_a_day_holds_on_that_day():
    terms = "quorum: one member\nquorum until 21 January 2025: two members"
    assert status(terms, "police") == "not quorate"
    assert status(terms.replace("21 January", "20 January"), "police") == "quorate"


def test_a_share_of_each_agency_is_of_its_own_members_or_places():
    seats = (
        *(seat(f"a{number}", "Ash", "side", holder=None if number == 4 else True) for number in range(5)),
        *(seat(f"b{number}", "Bay", "side") for number in range(2)),
    )
    terms = "quorum: half of the {} from each of the sides"
    for base, people, verdict in (
        ("members", ("a0", "a1", "b0"), "quorate"),
        ("members", ("a0", "b0", "b1"), "not quorate"),
        ("places", ("a0", "a1", "b0"), "not quorate"),
        ("places", ("a0", "a1", "a2", "b0"), "quorate"),
    ):
        assert judge(parse_terms(terms.format(base)), room(seats, *people)).status.value == verdict
    vacant = (seat("a", "Ash", "side", holder=None), seat("b", "Bay", "side"))
    assert judge(parse_terms(terms.format("members")), room(vacant, "b")).status.value == "not quorate"


def test_limits_that_overlap_bind_together():
    seats = (seat("one", "North", "red", "tall"), seat("two", "North", "red"), seat("three", "North", "tall"))
    terms = "quorum: {} members, of whom no more than one may be red, of whom no more than one may be tall"
    assert judge(parse_terms(terms.format("two")), room(seats, "one", "two", "three")).status.value == "quorate"
    assert judge(parse_terms(terms.format("two")), room(seats, "one", "two")).status.value == "not quorate"
    assert judge(parse_terms(terms.format("three")), room(seats, "one", "two", "three")).status.value == "not quorate"
