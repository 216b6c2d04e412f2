"""Pages of the structure as at a day: what was recorded for it, to whoever may read today and to nobody else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.as_at import FIRST, LAST, as_at
from partnerships.models import Body
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    FormerNameFactory,
    LineFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)
from tests.factories.common import LONDON

NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=LONDON)
THEN, BEFORE = "2022-03-31", dt.date(2022, 3, 31)
DELIVERY = "/boards/delivery/"


def at(year, month, day):
    return dt.datetime(year, month, day, tzinfo=LONDON)


@given(st.dates(FIRST, LAST))
def test_an_address_names_a_day_and_carries_it_on(day):
    found = as_at({"on": day.isoformat()}, NOW)
    assert (found.day, found.problem) == (day, "")
    assert found.is_today == (day == NOW.date())
    assert as_at({"on": found.query.removeprefix("?on=")}, NOW).day == day


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_a_day_or_a_sentence(text):
    found = as_at({"on": text}, NOW)
    assert found.is_today == bool(found.problem or not text.strip() or found.day == NOW.date())
    assert not found.problem or found.problem.endswith("Shown is today.")


@pytest.mark.parametrize("typed", ["yesterday", "2023-02-30", "31/03/2022", "1901-01-01", "9999-01-01", "2022-13-01"])
@pytest.mark.django_db
def test_a_day_that_is_none_is_said_at_the_field_and_today_is_shown(as_user, typed, words):
    BodyFactory(name="Delivery", slug="delivery")
    team = as_user(OfficeFactory().person.user)
    for address in ("/boards/", DELIVERY):
        answer = team.get(address, {"on": typed})
        assert answer.status_code == 200
        assert "Shown is today." in words(answer)
        assert 'aria-invalid="true"' in answer.content.decode()


@pytest.fixture
def delivery(db):
    """A group with a member and a chair until the spring of 2022, and others since; with another name until then."""
    body = BodyFactory(name="Delivery", slug="delivery")
    place = SeatFactory(body=body, title="Head of Adults", agency__short_name="MKCC", starts_at=at(2015, 1, 1))
    earlier = AppointmentFactory(
        seat=place, person__post="Earlier head", starts_at=at(2019, 1, 1), ends_at=at(2022, 4, 1)
    )
    AppointmentFactory(seat=place, person__post="Later head", starts_at=at(2022, 4, 1))
    NamedDeputyFactory(seat=place, person__post="Earlier deputy", starts_at=at(2019, 1, 1), ends_at=at(2022, 4, 1))
    SeatFactory(body=body, title="Police", agency__short_name="TVP", starts_at=at(2023, 1, 1))
    ChairingFactory(body=body, person=earlier.person, starts_at=at(2019, 1, 1), ends_at=at(2022, 4, 1))
    TermsOfReferenceFactory(
        body=body,
        edition="Arrangements of 2018",
        starts_on=dt.date(2018, 1, 1),
        ends_on=dt.date(2024, 3, 31),
        rules="quorum: one from each of MKCC",
    )
    TermsOfReferenceFactory(body=body, starts_on=dt.date(2024, 4, 1), rules="quorum: one from each of TVP")
    FormerNameFactory(body=body, name="Tasking", last_day=BEFORE)
    body.earlier_member = earlier.person
    return body


@pytest.fixture
def team(as_user, db):
    return as_user(OfficeFactory().person.user)


def test_the_board_stands_as_it_was(team, delivery, words):
    text = words(team.get(DELIVERY, {"on": THEN}))
    assert "As at 31 March 2022. This is what is recorded for that day" in text
    assert "Tasking" in text
    assert "MKCC 1 place Quorum Head of Adults Earlier head Chair since Jan 2019 Earlier deputy" in text
    assert "In force from 1 January 2018 to 31 March 2024." in text
    for later in ("Later head", "Police", "one from each of TVP"):
        assert later not in text


def test_what_can_be_done_today_is_not_offered_for_another_day(team, delivery, words):
    offered = ("New version of the terms", "Plan a meeting", "Hand over the chair", "Who can read this")
    today, then = words(team.get(DELIVERY)), words(team.get(DELIVERY, {"on": THEN}))
    assert all(act in today for act in offered)
    assert not any(act in then for act in offered)


def test_its_meetings_of_that_year_are_for_those_who_read_them_today(team, as_user, delivery, words):
    MeetingFactory(body=delivery, closed=True, starts_at=at(2021, 11, 2), quorum_status="quorate")
    assert "2021 to 2022: 1 held" in words(team.get(DELIVERY, {"on": THEN}))
    member_then = delivery.earlier_member
    member_then.user = AppointmentFactory(with_account=True).person.user
    other = as_user(member_then.user)
    assert "are for its members and their deputies" in words(other.get(DELIVERY, {"on": THEN}))


def test_who_had_a_place_then_and_has_none_today_sees_nothing_more(as_user, delivery):
    gone = AppointmentFactory(
        seat=delivery.seats.get(title="Police"),
        starts_at=at(2023, 1, 1),
        ends_at=at(2024, 1, 1),
        with_account=True,
    ).person.user
    client = as_user(gone)
    for address in ("/boards/", DELIVERY):
        for day in ({}, {"on": "2023-06-01"}):
            answer = client.get(address, day)
            assert answer.status_code == (200 if address == "/boards/" else 404)
            assert b"Delivery" not in answer.content


def test_the_list_holds_what_was_there_then(team, delivery, words):
    BodyFactory(name="New group", opened_on=dt.date(2023, 1, 1))
    TermsOfReferenceFactory(body=BodyFactory(name="Newest group"), starts_on=dt.date(2024, 4, 1))
    BodyFactory(name="Closed before", closed_on=dt.date(2021, 1, 1), opened_on=dt.date(2020, 1, 1))
    risk = BodyFactory(name="Risk Board", earlier=True)
    TermsOfReferenceFactory(body=risk, starts_on=dt.date(2021, 4, 1), ends_on=dt.date(2024, 3, 31))
    BodyFactory(name="Nobody knows when", earlier=True)
    LineFactory(body=delivery, to_body=risk, starts_on=dt.date(2021, 4, 1), ends_on=dt.date(2024, 3, 31))
    text = words(team.get("/boards/", {"on": THEN}))
    assert "Tasking Earlier head Risk Board 1 of 1" in text
    for absent in ("New group", "Newest group", "Closed before", "Nobody knows when", "Earlier boards"):
        assert absent not in text


def test_one_that_was_not_there_is_said_to_be_none(team, delivery, words):
    assert "Nothing says that Tasking was there on 1 January 2017" in words(team.get(DELIVERY, {"on": "2017-01-01"}))


DAYS = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 12))


@pytest.mark.django_db
@pytest.mark.parametrize("structure", ["", "Arrangements of 2021-22"])
@pytest.mark.parametrize("opened", [None, dt.date(2020, 1, 5)])
@pytest.mark.parametrize("closed", [None, dt.date(2020, 1, 8)])
@pytest.mark.parametrize("terms", [None, (dt.date(2020, 1, 6), dt.date(2020, 1, 10)), (dt.date(2020, 1, 1), None)])
def test_the_list_and_the_page_agree_on_what_was_there(structure, opened, closed, terms):
    body = BodyFactory(earlier_structure=structure, opened_on=opened, closed_on=closed)
    if terms:
        TermsOfReferenceFactory(body=body, starts_on=terms[0], ends_on=terms[1])
    for number in range(1, 13):
        day = dt.date(2020, 1, number)
        listed = Body.objects.there_on(day).filter(pk=body.pk).exists()
        assert listed == body.was_there(day, list(body.terms.all())), day


# --- Lines ---


def test_lines_up_and_down_stand_in_words_with_what_goes_along_them(team, delivery, words):
    above = BodyFactory(name="Safeguarding Partnership", partnership=True)
    below = BodyFactory(name="Project")
    BodyFactory(name="Reporting group", reports_to=delivery)
    LineFactory(body=delivery, to_body=above, what="Highlight report", how_often="each quarter", note="Not dated.")
    LineFactory(body=delivery, to_body=None, to_role="scrutineer", kind="informs")
    LineFactory(body=below, to_body=delivery, kind="commissioned by")
    text = words(team.get(DELIVERY))
    assert "To others Reports to Safeguarding Partnership Highlight report; each quarter Note Not dated." in text
    assert "Informs Independent scrutineer" in text
    assert "From others Project: commissioned by it Reporting group: reports to it" in text
    assert "Until 31 March 2022 it was called Tasking." in text
    assert "All versions of its terms" in text
