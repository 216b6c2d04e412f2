"""What the page of a person tells of them: exactly what they did, and exactly what others read of them."""

import pytest

from partnerships.models import Body, Person
from partnerships.story import sight
from records.history.verbs import Group, named
from records.models import Job
from tests.factories import (
    AgendaItemFactory,
    EventFactory,
    ExclusionFactory,
    GrantFactory,
    JobFactory,
    OfficeFactory,
    PersonFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db
READ = "person.access_read"
CHANGED = named(Group.CHANGED)[0]
BOARD = Body._meta.label


@pytest.fixture
def lead(db):
    return OfficeFactory(information_governance=True).person.user


@pytest.fixture
def manager(db):
    return OfficeFactory().person.user


@pytest.fixture
def item(lead):
    """Something that the lead must not know of."""
    item = AgendaItemFactory()
    ExclusionFactory(thing=item, person=lead.person)
    return item


def about(person, by, **values):
    """A line that says that ``by`` read something of ``person``, unless ``values`` say otherwise."""
    return EventFactory(actor=by, **{"verb": READ, "target": Person._meta.label, "target_id": person.pk, **values})


# --- What somebody did ---


def test_what_somebody_did_is_theirs_alone_and_the_newest_comes_first(lead, manager):
    first, _of_another, second = (EventFactory(actor=actor) for actor in (manager, lead, manager))
    assert list(sight.done_by(lead, manager.person)) == [second, first]
    assert list(sight.done_by(manager, manager.person)) == [second, first]


def test_nobody_else_is_told_what_somebody_did(lead, manager):
    EventFactory(actor=manager)
    other = OfficeFactory().person.user
    assert not sight.done_by(other, manager.person).exists()


def test_whoever_has_no_account_did_nothing_of_what_the_portal_did_by_itself(lead):
    EventFactory(actor_id=None)
    assert not sight.done_by(lead, PersonFactory()).exists()


def test_what_somebody_did_to_what_the_reader_must_not_know_is_left_out(lead, manager, item):
    EventFactory(actor=manager, verb="item.noted", target=item._meta.label, target_id=item.pk)
    known = EventFactory(actor=manager)
    assert list(sight.done_by(lead, manager.person)) == [known]


# --- What was read of somebody ---


def test_what_was_read_of_somebody_is_told_of_them_and_of_what_belongs_to_them(lead, manager):
    other = PersonFactory()
    first = about(manager.person, lead)
    about(other, lead)
    second = about(other, lead, within=Person._meta.label, within_id=manager.person.pk)
    for reader in (lead, manager):
        assert list(sight.read_of(reader, manager.person)) == [second, first]


def test_a_thing_of_another_kind_with_the_same_number_is_not_the_person(lead, manager):
    about(manager.person, lead, target=Body._meta.label)
    about(manager.person, lead, target=Body._meta.label, within=Body._meta.label, within_id=manager.person.pk)
    assert not sight.read_of(lead, manager.person).exists()


def test_what_was_done_to_somebody_was_not_read_of_them(lead, manager):
    about(manager.person, lead, verb="account.switched_off")
    assert not sight.read_of(lead, manager.person).exists()


def test_what_somebody_read_of_themselves_is_left_out(lead, manager):
    about(manager.person, manager)
    assert not sight.read_of(lead, manager.person).exists()


def test_of_whoever_has_no_account_everything_that_was_read_is_told(lead):
    person = PersonFactory()
    by_the_portal = about(person, lead, actor_id=None)
    by_the_lead = about(person, lead)
    assert list(sight.read_of(lead, person)) == [by_the_lead, by_the_portal]


def test_what_was_read_beneath_what_the_reader_must_not_know_is_left_out(lead, manager, item):
    about(manager.person, lead, within=item._meta.label, within_id=item.pk)
    known = about(manager.person, lead)
    assert list(sight.read_of(lead, manager.person)) == [known]


def test_nobody_else_is_told_what_was_read_of_somebody(lead, manager):
    about(manager.person, lead)
    other = OfficeFactory().person.user
    assert not sight.read_of(other, manager.person).exists()


# --- What is told on the page of a thing ---


@pytest.fixture
def board(db):
    return SeatFactory().body


def told(board, **values):
    """A line of a change of ``board``, unless ``values`` say otherwise."""
    return EventFactory(**{"verb": CHANGED, "target": BOARD, "target_id": board.pk, **values})


def beneath(board):
    return {"within": BOARD, "within_id": board.pk}


def test_on_the_page_of_a_board_is_told_what_was_done_to_it_beneath_it_and_to_its_parts(board, manager):
    itself = told(board)
    under_it = told(board, target=Person._meta.label, target_id=manager.person.pk, **beneath(board))
    place = told(board, target="partnerships.Seat", target_id=board.seats.get().pk)
    told(board, target_id=SeatFactory().body_id)
    assert list(sight.of_thing(manager, board)) == [place, under_it, itself]


def test_on_the_page_of_a_board_reading_is_not_told(board, manager):
    told(board, verb=READ)
    assert not sight.of_thing(manager, board).exists()


def test_work_that_was_asked_for_beneath_a_board_is_told_to_those_who_may_follow_it(board, manager):
    job = JobFactory(kind="a kind that nobody follows")
    told(board, target=Job._meta.label, target_id=job.pk, **beneath(board))
    assert not sight.of_thing(manager, board).exists()


@pytest.mark.parametrize("as_", ["target", "within"])
def test_what_is_written_while_a_page_is_made_is_left_out_if_nobody_asked_whether_its_kind_may_be_seen(
    board, manager, as_
):
    """What may be seen is asked of the kinds that are there; here a grant comes in between."""
    before = told(board)
    told(board, **beneath(board))
    found = sight.of_thing(manager, board)
    names = {"target": "within", "within": "target"}
    grant = GrantFactory(area=board.area)
    told(board, **{as_: grant._meta.label, f"{as_}_id": grant.pk, names[as_]: BOARD, f"{names[as_]}_id": board.pk})
    assert before in found
    assert found.count() == 2
