"""Kinds of case as data: the file that comes with the portal, a limit that changes, and a file that is wrong."""

import datetime as dt
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.sample.files import WrongFile
from reviews import kinds
from reviews.models import Case
from reviews.rules.kinds import Deadline, Level, Limit, Mark, Unit

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


def deadline(*limits):
    return Deadline("X-1", "Do it", "aware", "done", Level.GUIDANCE, "An Act", Mark.VERIFIED, limits)


def test_there_is_data_for_every_kind_of_case():
    assert set(kinds.every()) == set(Case.Kind.values)


def test_the_deadlines_are_those_of_the_field():
    found = {
        one.code: (one.limits[0].words, one.level.value, one.is_verified, one.can_be_held)
        for kind in kinds.every().values()
        for one in kind.deadlines
    }
    assert found == {
        "SIN-1": ("5 working days", "statutory guidance", True, False),
        "SIN-2": ("5 working days", "statutory guidance", True, False),
        "RR-1": ("15 working days", "statutory guidance", False, False),
        "LCSPR-1": ("6 months", "statutory guidance", False, True),
        "LCSPR-2": ("7 working days", "statutory guidance", False, False),
        "SAR-1": ("6 months", "statutory guidance", True, True),
        "DHR-1": ("1 month", "statutory guidance", False, False),
        "DHR-2": ("6 months", "statutory guidance", False, True),
        "DHR-3": ("as soon as reasonably practicable", "Act", True, False),
    }


def test_the_panel_is_that_of_the_kind():
    posts = {key: kind.seats[0].post for key, kind in kinds.every().items()}
    assert posts["child"] == "Director of Children's Services"
    assert posts["adult"] == "Director of Adult Services"
    for key in ("child", "adult", "rough sleeping"):
        assert [seat.key for seat in kinds.every()[key].seats] == ["council", "health", "police"]


def test_a_stage_follows_from_what_happened():
    child = kinds.every()["child"]
    assert child.stage([]) == "Registered"
    assert child.stage(["aware"]) == "Notification"
    assert child.stage(["aware", "decided", "notified"]) == "Rapid review decided, to be sent"
    assert child.stage(["published", "aware"]) == "Published"


def test_a_mandatory_review_needs_its_criteria():
    mandatory = kinds.every()["adult"].outcome("mandatory")
    assert mandatory.is_open_to(["needs", "together", "died"])
    assert mandatory.is_open_to(["needs", "together", "serious"])
    assert not mandatory.is_open_to(["needs", "together"])
    assert not mandatory.is_open_to(["died", "together"])


@given(DAYS, DAYS, st.integers(1, 30), st.integers(1, 30))
def test_of_a_changed_limit_that_in_force_on_the_day_of_the_event_applies(changed, event, before, after):
    found = deadline(
        Limit(before, Unit.WORKING_DAYS, None, changed - dt.timedelta(days=1)),
        Limit(after, Unit.WORKING_DAYS, changed, None),
    )
    assert found.limit_on(event).amount == (before if event < changed else after)


def test_before_the_first_and_after_the_last_limit_there_is_none():
    found = deadline(Limit(5, Unit.WORKING_DAYS, dt.date(2018, 6, 29), dt.date(2030, 1, 1)))
    assert found.limit_on(dt.date(2018, 6, 28)) is None
    assert found.limit_on(dt.date(2018, 6, 29)).amount == 5
    assert found.limit_on(dt.date(2030, 1, 2)) is None


WRONG = [
    ("begins: aware", "begins: known", "begins: there is no event “known”"),
    ("starts: aware", "starts: known", "the deadline SIN-1: there is no event “known”"),
    ("ends: notified", "ends: told", "there is no event “told”"),
    ("limits: [{amount: 5, unit: working days}]", "limits: []", "the deadline SIN-1: it has no limit"),
    ("limits: [{amount: 5, unit: working days}]", "limits: [{amount: 5}]", "a limit has a number from 1 on and a unit"),
    ("limits: [{amount: 5, unit: working days}]", "limits: [{amount: 0, unit: months}]", "a limit has a number from 1"),
    (
        "limits: [{amount: 5, unit: working days}]",
        "limits: [{amount: 5, unit: months, to: 2020-01-01}, {amount: 6, unit: months, from: 2020-01-01}]",
        "two limits are in force on the same day",
    ),
    (
        "limits: [{amount: 5, unit: working days}]",
        "limits: [{amount: 5, unit: months, from: 2020-01-01, to: 2019-01-01}]",
        "a limit ends before it begins",
    ),
    ("mark: verified", "mark: sure", "“sure” is not known here"),
    ("unit: working days", "unit: days", "“days” is not known here"),
    ("one of: [improvements,", "one of: [better,", "there is no criterion “better”"),
    ("key: child", "key: baby", "“baby” is not known here"),
]


@pytest.mark.parametrize(("there", "instead", "sentence"), WRONG)
def test_what_is_wrong_in_the_file_is_said_with_its_line(tmp_path, there, instead, sentence):
    text = (kinds.FOLDER / kinds.FILE).read_text()
    assert there in text
    (tmp_path / kinds.FILE).write_text(text.replace(there, instead, 1))
    with pytest.raises(WrongFile, match=r"case-kinds\.yaml, line \d+: ") as told:
        kinds.read_from(tmp_path)
    assert sentence in str(told.value)


def test_the_file_as_it_comes_is_whole(tmp_path):
    shutil.copy(kinds.FOLDER / kinds.FILE, tmp_path)
    assert kinds.read_from(tmp_path) == kinds.every()
