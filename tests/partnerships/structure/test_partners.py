"""Partners and places: names, what counts as one, places and people, and what is expected of them."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import (
    AgencyAliasFactory,
    AgencyFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    ArrangementFactory,
    AttendanceFactory,
    BodyFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    RelevantAgencyFactory,
    SeatFactory,
    SpecifiedRoleFactory,
)
from tests.factories.common import LONDON

LONG_AGO = dt.datetime(2018, 1, 1, tzinfo=LONDON)

pytestmark = pytest.mark.django_db
ICB = "/partners/blmk-icb/"


@pytest.fixture
def icb():
    """A partner with a predecessor, a service, another name, a place with a deputy and a vacancy."""
    agency = AgencyFactory(
        short_name="BLMK ICB",
        name="Integrated Care Board",
        slug="blmk-icb",
        classes=["health"],
        note="Shared by 3.",
    )
    AgencyFactory(short_name="CCG", name="Commissioning Group", succeeded_by=agency, succeeded="2022-07-01")
    AgencyAliasFactory(agency=agency, name="BLMK Integrated Care Board")
    service = AgencyFactory(short_name="ICB nursing", name="ICB nursing service", part_of=agency)
    body = BodyFactory(name="Delivery", slug="delivery")
    nurse = AppointmentFactory(
        seat=SeatFactory(body=body, agency=agency, title="Health"), person__post="Designated Nurse", with_account=True
    )
    NamedDeputyFactory(seat=nurse.seat, person__post="Deputy nurse", is_senior=True, briefed_on=dt.date(2025, 3, 1))
    SeatFactory(body=body, agency=service, title="Nursing")
    agency.nurse, agency.body = nurse, body
    return agency


@pytest.fixture
def nurse(as_user, icb):
    return as_user(icb.nurse.person.user)


def test_its_names_places_and_people_stand_on_its_page(nurse, icb, words):
    text = words(nurse.get(ICB))
    assert "Integrated Care Board BLMK ICB · health" in text
    assert "2 places · 1 filled" in text
    assert "Delivery Health Designated Nurse Deputy nurse Nursing through ICB nursing Vacant" in text
    assert "Its people 2 Deputy nurse deputy on Delivery Designated Nurse member of Delivery" in text
    assert "Also called BLMK Integrated Care Board" in text
    assert "ICB nursing service report apart and count as it for a quorum." in text
    assert "It came after Commissioning Group (1 July 2022)." in text
    assert "Shared by 3." in text


def test_a_service_says_as_what_it_counts(nurse, icb, words):
    text = words(nurse.get(f"/partners/{icb.services.get().slug}/"))
    assert "It reports apart, and counts as Integrated Care Board for a quorum." in text


def test_one_that_was_succeeded_names_its_heir(nurse, icb, words):
    text = words(nurse.get(f"/partners/{icb.predecessors.get().slug}/"))
    assert "In its place stands Integrated Care Board since 1 July 2022." in text
    assert "It has no places on boards and groups today." in text


def test_what_an_edition_expects_of_it_and_its_specified_roles(nurse, icb, words):
    handbook = ArrangementFactory(area=icb.area, name="Handbook", expectations=["Engage with the partners."])
    RelevantAgencyFactory(arrangement=handbook, agency=icb, expectations=["Send data."], named="The ICB")
    SpecifiedRoleFactory(arrangement=handbook, agency=icb, kind="lead partner", post="Chief Executive")
    text = words(nurse.get(ICB))
    assert "It is a relevant agency, named as “The ICB”. Send data. Engage with the partners." in text
    assert "Lead safeguarding partner : Chief Executive" in text
    assert "relevant agency" not in words(nurse.get(ICB, {"on": "2020-01-01"}))


def test_as_at_a_day_it_has_the_places_of_that_day(nurse, icb, words):
    past = BodyFactory(name="Old board", closed_on=dt.date(2022, 3, 31), opened_on=dt.date(2018, 1, 1))
    AppointmentFactory(
        seat=SeatFactory(
            body=past, agency=icb, title="Chief Officer", starts_at=dt.datetime(2018, 1, 1, tzinfo=LONDON)
        ),
        person__post="Earlier chief",
        starts_at=dt.datetime(2018, 1, 1, tzinfo=LONDON),
    )
    assert "Earlier chief" not in words(nurse.get(ICB))
    assert "Old board Chief Officer Earlier chief" in words(nurse.get(ICB, {"on": "2020-01-01"}))


def test_how_often_it_was_there_of_the_meetings_that_one_reads(nurse, as_user, icb, words):
    held = MeetingFactory(body=icb.body, closed=True)
    AttendanceFactory(meeting=held, seat=icb.nurse.seat, person=icb.nurse.person)
    assert "Delivery 1 of 1" in words(nurse.get(ICB))
    stranger = as_user(AppointmentFactory(with_account=True).person.user)
    assert "No meeting that you read was held" in words(stranger.get(ICB))


def test_the_list_counts_places_and_says_as_what_each_counts(nurse, icb, words):
    text = words(nurse.get("/partners/"))
    assert "Integrated Care Board BLMK ICB health BLMK ICB 1 1 of 1" in text
    assert "ICB nursing service ICB nursing Not stated BLMK ICB 1 0 of 1" in text


def test_partners_of_another_area_are_not_there(as_user, icb):
    elsewhere = BodyFactory(area=AnotherAreaFactory())
    outsider = as_user(AppointmentFactory(seat__body=elsewhere, with_account=True).person.user)
    assert outsider.get(ICB).status_code == 404
    assert b"Integrated Care Board" not in outsider.get("/partners/").content


def test_who_has_no_place_finds_no_partners(as_user, icb):
    nobody = as_user(PersonFactory(with_account=True).user)
    assert nobody.get("/partners/").status_code == 404
    assert nobody.get(ICB).status_code == 404


# --- A place ---


def place(icb):
    return f"/boards/delivery/places/{icb.nurse.seat.pk}/"


def test_a_place_says_who_holds_it_who_held_it_and_who_stands_in(nurse, icb, words):
    AppointmentFactory(
        seat=icb.nurse.seat,
        person__post="Nurse before",
        starts_at=dt.datetime(2020, 1, 1, tzinfo=LONDON),
        ends_at=icb.nurse.starts_at,
        ended_because="Retired",
    )
    text = words(nurse.get(place(icb)))
    assert "Health A place on Delivery of BLMK ICB" in text
    assert "Members 2 Designated Nurse" in text
    assert "Nurse before" in text
    assert "From 1 January 2020 to 31 December 2023." in text
    assert "Senior enough; briefed on 1 March 2025." in text
    assert "Retired" not in text


def test_why_something_ended_is_for_those_who_answer_for_access(as_user, icb, words):
    AppointmentFactory(
        seat=icb.nurse.seat,
        starts_at=dt.datetime(2020, 1, 1, tzinfo=LONDON),
        ends_at=icb.nurse.starts_at,
        ended_because="Retired",
    )
    assert "Retired." in words(as_user(OfficeFactory().person.user).get(place(icb)))


def test_a_place_shows_who_came_to_whoever_reads_the_meetings(nurse, as_user, icb, words):
    held = MeetingFactory(body=icb.body, closed=True)
    AttendanceFactory(meeting=held, seat=icb.nurse.seat, person=icb.nurse.person)
    assert "Who came" in words(nurse.get(place(icb)))
    stranger = as_user(AppointmentFactory(with_account=True).person.user)
    assert "Who came" not in words(stranger.get(place(icb)))


def test_a_place_of_another_board_is_not_at_this_address(nurse, icb):
    other = SeatFactory()
    assert nurse.get(f"/boards/delivery/places/{other.pk}/").status_code == 404


def test_a_vacant_place_says_so(nurse, icb, words):
    vacant = icb.services.get().seats.get()
    assert "The place is vacant." in words(nurse.get(f"/boards/delivery/places/{vacant.pk}/"))


def more(icb, number):
    for _time in range(number):
        held = AppointmentFactory(seat=SeatFactory(body=icb.body, agency=icb))
        NamedDeputyFactory(seat=held.seat)
        AgencyFactory(part_of=icb)
        AgencyAliasFactory(agency=icb)
        MeetingFactory(body=icb.body, closed=True)
        NamedDeputyFactory(seat=icb.nurse.seat)


@pytest.mark.parametrize(("address", "queries"), [(ICB, 16), ("/partners/", 6), ("a place", 12)])
def test_their_queries_do_not_grow(nurse, icb, django_assert_num_queries, address, queries):
    address = place(icb) if address == "a place" else address
    assert timezone.localdate() > icb.nurse.starts_at.date()
    more(icb, 3)
    with django_assert_num_queries(queries):
        nurse.get(address)
    more(icb, 297)
    with django_assert_num_queries(queries):
        nurse.get(address)
