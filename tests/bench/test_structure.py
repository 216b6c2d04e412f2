"""Both sides of the pages of the structure show the same, and what is put before the sample is twenty years of it."""

import pytest
from django.db import transaction
from django.test import Client

from bench import structure
from bench.cases import sessions
from bench.servers import FLOOR, PORTAL
from partnerships.models import Appointment, TermsOfReference

LIKE = 0.1  # how much the size of a floor's page may differ


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    """The sample as the run loads it, the sessions of both sides, and what each page must show."""
    with django_db_blocker.unblock(), transaction.atomic():
        user = structure.fill()
        portal, floor = sessions(user)
        yield {PORTAL.name: portal, FLOOR.name: floor, "words": structure.words_shown()}
        transaction.set_rollback(True)


def asked(side, known):
    client = Client(SERVER_NAME="localhost")
    client.cookies[side.session_cookie] = known[side.name]
    return lambda path: client.get(path).content.decode()


def lacking(page, words):
    from html import unescape

    return [word for word in words if word not in unescape(page)]


@pytest.mark.django_db
@pytest.mark.parametrize("page", structure.PAGES)
def test_both_sides_show_the_same_in_pages_of_like_size(known, page, request):
    path, words = structure.paths()[page], known["words"][page]
    ours = asked(PORTAL, known)(path)
    request.getfixturevalue("floor_settings")
    floors = asked(FLOOR, known)(path)
    assert words
    assert lacking(ours, words) == lacking(floors, words) == []
    assert abs(len(floors) / len(ours) - 1) < LIKE


@pytest.mark.django_db
def test_as_at_a_day_of_ten_years_ago_stands_a_board_like_todays(known):
    ask, path = asked(PORTAL, known), structure.then()["board then"]
    row = '<td data-label="Member">'
    assert row not in ask(path)
    today = ask(structure.paths()["board"])
    structure.history()
    assert ask(path).count(row) == today.count(row)
    assert "Director of Services, 2014 to 2015" in ask(path)
    assert ask(structure.paths()["board"]).count(row) == today.count(row)


@pytest.mark.django_db
def test_the_years_before_reach_from_the_first_to_the_samples_own(known):
    structure.history()
    held = Appointment.objects.filter(seat__body__slug=structure.BOARD)
    assert held.earliest("starts_at").starts_at.year == structure.FIRST
    starts = {row.starts_at.year for row in held}
    assert starts >= set(range(structure.FIRST, structure.LAST + 1))
    terms = TermsOfReference.objects.filter(body__slug=structure.BOARD).order_by("starts_on")
    assert [one.starts_on.year for one in terms] == [*range(structure.FIRST, structure.LAST, structure.EDITION), 2024]
