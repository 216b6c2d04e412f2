"""
G9: four hundred days with two beats, both changes of the clock and ten outages: nothing missed, repeated or early.

The short form lets forty days pass, with the change of the clock in spring and two outages.
"""

import datetime as dt
import random
import sys

import pytest

from records.reminders import kinds
from tests.records.reminders.simulating import SLOTS, TwoBeats, World, one_mail_a_day, two_careless_beats, wrong

pytestmark = [pytest.mark.every_kind, pytest.mark.nights, pytest.mark.django_db(transaction=True)]
NOTHING = {"missed": 0, "unasked": 0, "repeated": 0, "early": 0, "late": 0}


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch):
    for name in [name for name in kinds.KINDS if name not in SLOTS]:
        monkeypatch.delitem(kinds.KINDS, name)


def world(first, days, *, actions, outages, seed):
    made = World(first, days, random.Random(seed))
    made.build(actions)
    made.fail(outages)
    return made


def test_forty_days_over_a_change_of_the_clock_with_two_beats_and_two_outages():
    days = world(dt.date(2027, 3, 10), 40, actions=60, outages=2, seed=7)
    seen = days.run(TwoBeats(random.Random(7), at_once=0.05))
    expected = days.expected()
    assert len(expected) > 30
    assert wrong(seen, expected) == NOTHING
    assert one_mail_a_day() == 0


def test_two_careless_beats_miss_what_falls_into_an_outage_and_send_the_rest_twice():
    days = world(dt.date(2027, 3, 10), 40, actions=60, outages=2, seed=7)
    found = wrong(days.run(two_careless_beats), days.expected())
    assert found["missed"] > 0
    assert found["repeated"] > 0


@pytest.mark.prove
def test_four_hundred_days_with_two_beats_both_changes_of_the_clock_and_ten_outages(capsys):
    seed = random.Random().randrange(10**6)
    days = world(dt.date(2027, 1, 2), 400, actions=160, outages=10, seed=seed)
    seen = days.run(TwoBeats(random.Random(seed), at_once=0.02))
    expected = days.expected()
    found = wrong(seen, expected)
    with capsys.disabled():
        sys.stdout.write(
            f"\nG9: seed {seed}, 400 days, {len(days.outages)} of them in 10 outages, 2 beats: {len(expected)} due, "
            f"{len(seen.went)} sent, {dict(found)}\n"
        )
    assert found == NOTHING
    assert one_mail_a_day() == 0


@pytest.mark.prove
def test_in_four_hundred_days_two_careless_beats_miss_and_repeat(capsys):
    days = world(dt.date(2027, 1, 2), 400, actions=160, outages=10, seed=1)
    found = wrong(days.run(two_careless_beats), days.expected())
    with capsys.disabled():
        sys.stdout.write(f"\nG9, two careless beats: {dict(found)}\n")
    assert found["missed"] > 0
    assert found["repeated"] > 0
