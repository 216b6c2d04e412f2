"""Whether the walk of the addresses notices a hole: each one that planting.py knows must be caught."""

import inspect

import pytest
from django.apps import apps

from tests.access import changing, planting
from tests.access.elsewhere import NOTICED_BY_ORDINARY_TESTS, is_noticed
from tests.access.explained import EXPLAINED, UNNOTICED
from tests.access.noticing import Visitors, noted

IN_SHORT = 12  # one of so many holes


@pytest.fixture(scope="module")
def holes():
    """All holes by their names; here and not above, for finding them takes seconds of every process that collects."""
    return {hole.key: hole for hole in planting.holes()}


@pytest.fixture(scope="module")
def to_catch(holes):
    return [hole for key, hole in holes.items() if key not in EXPLAINED and key not in NOTICED_BY_ORDINARY_TESTS]


@pytest.fixture
def visitors(db):
    """The world with a browser for each role, in the transaction of one test: what it takes back, nobody asks with."""
    return Visitors()


def uncaught(visitors, holes):
    return [str(hole) for hole in holes if not visitors.caught(hole)]


def test_each_hole_has_a_name_of_its_own(holes):
    assert len(holes) == len(list(planting.holes()))


def test_only_holes_that_there_are_are_explained(holes):
    assert EXPLAINED.keys() - holes.keys() == set()
    assert NOTICED_BY_ORDINARY_TESTS - holes.keys() == set()


def test_every_way_to_look_rows_up_for_somebody_is_known():
    """But for what these ways themselves consist of."""
    rows = {type(model._default_manager.all()) for model in apps.get_models()}
    methods = [method for kind in rows for method in inspect.getmembers(kind, inspect.isfunction)]
    for_somebody = {name for name, function in methods if "user" in inspect.signature(function).parameters}
    assert for_somebody - {"seen_by", "_within"} == set(changing.SCOPES)


def test_of_each_hole_the_request_that_tells_is_kept(to_catch):
    """``python -m tests.access.searching`` seeks for those that are missing."""
    assert noted().keys() ^ {hole.key for hole in to_catch} == set()


def test_kept_requests_tell_of_their_holes(visitors, to_catch, caplog):
    caplog.set_level("CRITICAL")
    assert [str(hole) for hole in to_catch[::IN_SHORT] if not visitors.still_told(hole)] == []


@pytest.mark.prove
def test_every_hole_in_the_table_of_roles_and_every_view_made_public_is_caught(visitors, to_catch, caplog):
    """But for those that no request can tell from a whole check: they stand in EXPLAINED with the reason."""
    caplog.set_level("CRITICAL")
    assert uncaught(visitors, [hole for hole in to_catch if hole.seen_by]) == []


@pytest.mark.prove
def test_every_hole_in_a_check_is_caught(visitors, to_catch, caplog):
    """With the same exception."""
    caplog.set_level("CRITICAL")
    assert uncaught(visitors, [hole for hole in to_catch if not hole.seen_by]) == []


@pytest.mark.prove
@pytest.mark.parametrize("of_one_role", [True, False])
def test_no_request_tells_of_a_hole_that_is_explained(visitors, holes, of_one_role, caplog):
    """In two parts, so that nothing in the world is over before it was asked."""
    caplog.set_level("CRITICAL")
    asked = [holes[key] for key in EXPLAINED if bool(holes[key].seen_by) == of_one_role]
    told = {hole.key: visitors.caught(hole) for hole in asked}
    assert {key: words for key, words in told.items() if words} == {}


@pytest.fixture(scope="module")
def pieces():
    """What keeps the history and sends the mail, each piece of it changed."""
    return [hole.key for hole in planting.of_keeping_and_sending()]


def test_few_pieces_that_keep_the_history_or_send_mail_change_without_notice(pieces):
    assert UNNOTICED.keys() - set(pieces) == set()
    assert len(UNNOTICED) <= 0.05 * len(pieces)


@pytest.mark.prove
@pytest.mark.parametrize("module", planting.KEEPING_AND_SENDING)
def test_of_every_other_piece_that_is_changed_an_ordinary_test_tells(pieces, module):
    of_module = [key for key in pieces if key.startswith(f"{module}.")]
    assert {key for key in of_module if not is_noticed(key)} == {key for key in of_module if key in UNNOTICED}


@pytest.mark.prove
@pytest.mark.parametrize("key", sorted(NOTICED_BY_ORDINARY_TESTS))
def test_of_what_the_walk_cannot_tell_an_ordinary_test_does(key):
    assert is_noticed(key)
