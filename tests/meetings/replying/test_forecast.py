"""Will it be quorate? The replies move the forecast, and say whom the meeting still needs and whom to ask first."""

import pytest

from meetings.replying.actions import reply
from meetings.replying.needed import wanted
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    BodyFactory,
    MeetingFactory,
    ReplyFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)


def answer(meeting, appointment, what, **more):
    person = appointment.person
    reply(meeting, appointment.seat_id, what, by=person.user, person=person, **more)


@pytest.fixture
def strip(as_user, group, planned, words):
    """The strip of the meeting's page as the chair reads it."""

    def read():
        text = words(as_user(group.chair).get(planned.get_absolute_url()))
        return text[: text.index("The rules of")]

    return read


def test_it_says_whom_it_still_needs_until_they_say_that_they_come(group, planned, strip):
    answer(planned, group.adults, "accept")
    answer(planned, group.commander, "accept")
    assert "Not quorate on the replies so far: nobody from BLMK ICB." in strip()
    assert "We still need the Designated Nurse" in strip()
    answer(planned, group.nurse, "accept")
    assert "Will be quorate on the three accepted" in strip()
    assert "We still need" not in strip()


def test_apologies_turn_it_back(group, planned, strip):
    for appointment in (group.adults, group.nurse, group.commander):
        answer(planned, appointment, "accept")
    answer(planned, group.commander, "apologies", reason="On leave")
    assert "Not quorate on the replies so far: nobody from TVP." in strip()
    answer(planned, group.commander, "deputy", deputy_id=group.deputy.person_id)
    assert "Will be quorate" in strip()


def test_a_deputy_on_whom_it_hangs_is_named_by_their_member(group, planned, strip):
    for appointment in (group.adults, group.nurse):
        answer(planned, appointment, "accept")
    answer(planned, group.commander, "deputy", deputy_id=group.deputy.person_id)
    assert "We need the Head of Service, Adults, the Designated Nurse and the deputy of the LPA Commander" in strip()


def test_a_colleague_who_is_no_named_deputy_does_not_make_it_quorate(group, planned, strip):
    for appointment in (group.adults, group.nurse):
        answer(planned, appointment, "accept")
    answer(planned, group.commander, "deputy", colleague="Duty inspector")
    assert "Not quorate on the replies so far: nobody from TVP." in strip()
    assert "1 sends a colleague who is no named deputy" in strip()


# --- Whose reply is wanted --------------------------------------------------------------------------------------------


def test_those_without_whom_it_would_not_be_quorate_are_wanted_first(group, planned):
    answer(planned, group.adults, "accept")
    answer(planned, group.commander, "tentative")
    found = wanted(planned)
    assert [(one.title, one.is_needed) for one in found] == [
        ("LPA Commander", True),
        ("Designated Nurse", True),
        ("Head of Service, Children's", False),
    ]


def test_once_it_will_be_quorate_nobody_is_needed_and_the_silent_are_still_wanted(group, planned):
    for appointment in (group.adults, group.nurse, group.commander):
        answer(planned, appointment, "accept")
    assert [(one.title, one.is_needed) for one in wanted(planned)] == [("Head of Service, Children's", False)]


def test_who_said_yes_or_no_is_not_asked_again(group, planned):
    for appointment in (group.adults, group.children, group.commander):
        answer(planned, appointment, "apologies", reason="On leave")
    assert [one.person_id for one in wanted(planned)] == [group.nurse.person_id]


def test_where_no_quorum_is_stated_everybody_silent_is_wanted_and_nobody_needed(db):
    body = BodyFactory()
    appointment = AppointmentFactory(seat__body=body)
    assert [(one.person_id, one.is_needed) for one in wanted(MeetingFactory(body=body))] == [
        (appointment.person_id, False)
    ]


# --- However many -----------------------------------------------------------------------------------------------------


def of_size(places):
    """A planned meeting of a group with so many places, half of whose members have replied."""
    body = BodyFactory()
    TermsOfReferenceFactory(body=body, rules="quorum: half of the members")
    meeting = MeetingFactory(body=body)
    agency = AgencyFactory()
    for number in range(places):
        seat = SeatFactory(body=body, agency=agency)
        AppointmentFactory(seat=seat)
        if number % 2:
            ReplyFactory(meeting=meeting, seat=seat)
    member = AppointmentFactory(seat__body=body, seat__agency=agency, with_account=True)
    return meeting, member


@pytest.mark.parametrize("places", [3, 300])
def test_a_planned_meetings_page_costs_the_same_for_any_number_of_places(
    db, as_user, django_assert_num_queries, places
):
    meeting, member = of_size(places)
    client = as_user(member.person.user)
    with django_assert_num_queries(12):
        assert client.get(meeting.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("places", [3, 300])
def test_whose_reply_is_wanted_costs_the_same_for_any_number_of_places(db, django_assert_num_queries, places):
    meeting, _member = of_size(places)
    with django_assert_num_queries(4):
        assert wanted(meeting)
