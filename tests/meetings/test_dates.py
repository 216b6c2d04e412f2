"""A meeting of which only the month is known: the month stands everywhere, and a day nowhere."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction

from meetings import actions, dates, documents, record, subjects
from meetings.models import Meeting
from mktogether.lib.verdict import Refusal
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    BodyFactory,
    DecisionFactory,
    MeetingFactory,
    OfficeFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db
LONG = "April 2021; the day is not given"
A_DAY = re.compile(r"\b0?1 Apr|\b(Thursday|Thu)\b|2021-04-01|00:00")


@pytest.fixture
def april():
    """A closed meeting of April 2021 with a post, an item, a decision and an action, all of a board of the past."""
    body = BodyFactory(name="Management Board", slug="management", earlier=True)
    first = dt.datetime(2021, 4, 1, tzinfo=dates.timezone.get_default_timezone())
    seat = SeatFactory(body=body, post_only=True, title="Governor", starts_at=first)
    meeting = MeetingFactory(body=body, only_month=True, starts_at=first, note="As printed.")
    AttendanceFactory(meeting=meeting, seat=seat, represented=True)
    item = AgendaItemFactory(meeting=meeting, title="Workforce")
    DecisionFactory(item=item)
    ActionFactory(body=body, meeting=meeting, item=item, what="Write the plan")
    record.freeze(meeting, at=meeting.closed_at)
    return Meeting.objects.get(pk=meeting.pk)


def test_its_words_have_the_month_and_no_day(april):
    assert str(april) == f"Management Board, {LONG}"
    assert (dates.weekday(april), dates.day_of(april)) == (LONG, LONG)
    assert (dates.short_day(april), dates.short_day_year(april)) == ("April 2021", "April 2021")
    assert dates.hours(april) == "Time not given"
    assert subjects.named(april) == f"Management Board, {LONG}"


def test_one_with_a_day_has_its_day_and_hours():
    meeting = MeetingFactory(starts_at=dt.datetime(2025, 1, 21, 9, 30, tzinfo=dt.UTC))
    assert dates.weekday(meeting) == "Tuesday 21 January 2025"
    assert (dates.day_of(meeting), dates.short_day_year(meeting)) == ("21 January 2025", "21 Jan 2025")
    assert (dates.short_day(meeting), dates.hours(meeting)) == ("21 Jan", "09:30 to 11:30")
    assert dates.for_files(meeting) == "2025-01-21"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/meetings/?state=past", "April 2021"),
        ("/meetings/?state=past&year=2021", "April 2021"),
        ("/boards/management/", "April 2021"),
        ("/boards/management/representation/", "April 2021"),
        ("{meeting}", f"Management Board, {LONG} Time not given · How it met is not given"),
        ("{meeting}minutes/", f"Minutes of Management Board, {LONG}"),
        ("{item}", f"Management Board, {LONG}, Time not given"),
        ("/actions/?state=all", "Agreed April 2021"),
        ("/workbench/?meeting={key}", f"Management Board, {LONG}. The first of the month stands in for it here."),
    ],
)
def test_every_page_that_shows_it_shows_the_month_and_no_day(as_user, april, words, address, shown):
    item = april.items.get().get_absolute_url()
    path = address.format(meeting=april.get_absolute_url(), item=item, key=april.public_id)
    text = words(as_user(OfficeFactory().person.user).get(path))
    assert shown in text
    # the workbench has a field for a day, and says what stands in it
    assert "workbench" in address or not A_DAY.search(text)


def test_the_home_page_has_nothing_of_a_board_of_the_past(as_user, april, words):
    now = MeetingFactory(closed=True)
    text = words(as_user(OfficeFactory().person.user).get("/"))
    assert f"{now.body}, {dates.short_day_year(now)}" in text
    assert "Management Board" not in text


def test_its_title_says_the_month_too(as_user, april):
    content = as_user(OfficeFactory().person.user).get(april.get_absolute_url()).content.decode()
    assert f"<title>Management Board, {LONG} – Meetings" in content


def test_its_record_minutes_and_file_have_no_day(april):
    content = april.record.content
    assert (content["day"], content["planned"], content["held"], content["mode"]) == (LONG, "", "", "Not given")
    html = documents.minutes_html(april, content, confidential=False)
    assert "Not given" in html
    assert not A_DAY.search(html)
    assert documents.minutes_file_name(april, confidential=False) == "minutes-management-2021-04.pdf"


def test_whoever_came_is_said_not_to_be_known(as_user, april, words):
    text = words(as_user(OfficeFactory().person.user).get(april.get_absolute_url()))
    assert "1 of 1 places filled" in text
    assert "Governor Who came, and how, is not known Represented" in text
    assert "Governor Not known Represented" in words(
        as_user(OfficeFactory().person.user).get(f"{april.get_absolute_url()}minutes/")
    )


def test_it_lies_in_its_month_among_those_with_a_day(april):
    body = april.body
    march = MeetingFactory(body=body, closed=True, starts_at=dt.datetime(2021, 3, 30, 9, tzinfo=dt.UTC))
    later = MeetingFactory(body=body, closed=True, starts_at=dt.datetime(2021, 4, 20, 9, tzinfo=dt.UTC))
    assert list(Meeting.objects.order_by("starts_at")) == [march, april, later]


@pytest.mark.parametrize(
    "wrong",
    [
        {"date_precision": "month"},
        {"only_month": True, "date_precision": "year"},
        {"closed": True, "mode": ""},
    ],
    ids=["planned without a day", "another precision", "a day without a way of meeting"],
)
def test_the_database_refuses_what_makes_no_sense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(**wrong)


@pytest.mark.parametrize("wrong", [{"how": "room"}, {"why_not": "unknown"}])
def test_somebody_unknown_came_in_no_known_way_and_for_no_reason(april, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceFactory(represented=True, **wrong)


# --- Mandates ---


@pytest.fixture
def meeting():
    chair = OfficeFactory().person.user
    return MeetingFactory(opened=True, opened_by=chair)


def test_an_entry_for_a_place_whose_mandate_is_over_is_refused_at_its_field(meeting):
    seat = SeatFactory(body=meeting.body, title="Healthwatch", ends_at=meeting.starts_at)
    with pytest.raises(Refusal, match=r"Healthwatch has no place on .* its mandate began later or was over") as refused:
        actions.record_attendance(meeting, seat.pk, "apologies", by=meeting.opened_by)
    assert refused.value.field == "state"


@pytest.mark.parametrize("state", ["apologies", "absent", "unknown"])
def test_nobody_is_away_from_a_vacant_place(meeting, state):
    seat = SeatFactory(body=meeting.body, title="Probation")
    with pytest.raises(Refusal, match=r"The place of Probation is vacant .* so nobody is away from it") as refused:
        actions.record_attendance(meeting, seat.pk, state, by=meeting.opened_by)
    assert refused.value.field == "state"


def test_not_applicable_cannot_be_wished_for(meeting):
    seat = AppointmentFactory(seat__body=meeting.body).seat
    with pytest.raises(Refusal, match="Choose present, remote, deputy, apologies or absent"):
        actions.record_attendance(meeting, seat.pk, "not applicable", by=meeting.opened_by)


def test_the_sentence_stands_at_the_field_of_the_place(as_user, meeting, words):
    seat = SeatFactory(body=meeting.body, title="Probation")
    path = f"{meeting.get_absolute_url()}live/places/{seat.pk}/"
    response = as_user(meeting.opened_by).post(path, {"state": "absent"})
    assert response.status_code == 422
    assert response.context["form"].errors["state"] == [
        "The place of Probation is vacant on the day of this meeting, so nobody is away from it. "
        "Leave it without an entry: it is not counted."
    ]
