"""A meeting as an event: the right moment in every year, one identifier, a sequence that rises, nothing smuggled in."""

import datetime as dt
import uuid
from io import StringIO
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from meetings import actions
from meetings.calendars import events, invitation, zone
from meetings.models import Meeting
from tests import factories as make
from tests.meetings.calendars.reading import events_of, read

UTC, LONDON = dt.UTC, ZoneInfo("Europe/London")
SECOND = dt.timedelta(seconds=1)


def last_sunday(year, month):
    day = dt.datetime(year, month, 31, 1, tzinfo=UTC)
    return day - dt.timedelta(days=(day.weekday() + 1) % 7)


CHANGES = [last_sunday(year, month) for year in range(2021, 2100) for month in (3, 10)]
near_a_change = st.builds(
    lambda change, seconds: change + seconds * SECOND, st.sampled_from(CHANGES), st.integers(-7200, 7200)
)
any_time = st.integers(0, 78 * 366 * 86400).map(lambda seconds: dt.datetime(2021, 1, 1, tzinfo=UTC) + seconds * SECOND)
moments = st.one_of(near_a_change, any_time)


def row(**more):
    starts_at = more.pop("starts_at", dt.datetime(2027, 1, 21, 9, 30, tzinfo=UTC))
    return SimpleNamespace(
        **{
            "public_id": uuid.UUID(int=7),
            "starts_at": starts_at,
            "ends_at": starts_at + dt.timedelta(hours=2),
            "mode": "virtual",
            "place": "",
            "sequence": 0,
            "arranged_at": dt.datetime(2026, 12, 1, tzinfo=UTC),
            "cancelled_at": None,
            "body_kind": "group",
            "body_name": "Review",
        }
        | more
    )


def text_of(*rows):
    made = events.calendar("PUBLISH")
    for one in rows:
        made.add_component(events.event(one))
    return events.written(made)


def event_of(**more):
    return next(iter(events_of(text_of(row(**more))).values()))


# --- The clocks -------------------------------------------------------------------------------------------------------


def written_zone():
    """The time zone as whoever reads our calendars understands it, who need not know London's clock."""
    made = events.written(events.calendar("PUBLISH"))
    return tzical(StringIO(made)).get("Europe/London")


@given(moments)
def test_the_zone_that_goes_along_is_londons_clock_in_every_year(moment):
    ours, theirs = moment.astimezone(written_zone()), moment.astimezone(LONDON)
    assert (ours.replace(tzinfo=None), ours.utcoffset()) == (theirs.replace(tzinfo=None), theirs.utcoffset())


@given(moments)
def test_a_meeting_is_read_back_at_the_very_moment_also_in_the_hour_that_comes_twice(moment):
    event = event_of(starts_at=moment)
    assert event.dtstart.value.astimezone(UTC) == moment
    assert event.dtend.value.astimezone(UTC) == moment + dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("day", "offset"), [((2027, 3, 27), 0), ((2027, 3, 28), 1), ((2026, 10, 24), 1), ((2026, 10, 25), 0)]
)
def test_on_both_sides_of_a_change_half_past_nine_is_half_past_nine(day, offset):
    text = text_of(row(starts_at=dt.datetime(*day, 9, 30, tzinfo=LONDON)))
    assert f"DTSTART;TZID=Europe/London:{day[0]}{day[1]:02}{day[2]:02}T093000\r\n" in text
    assert next(iter(events_of(text).values())).dtstart.value.utcoffset() == dt.timedelta(hours=offset)


def test_the_zone_needs_no_table_of_years():
    assert len(zone.component().to_ical()) < 500


# --- What an event tells ----------------------------------------------------------------------------------------------


def test_it_is_called_by_its_group_and_leads_to_its_page():
    event = event_of(place="Room 1")
    assert event.summary.value == "Review"
    assert event.location.value == "Room 1"
    assert event.url.value.endswith(f"/meetings/{uuid.UUID(int=7)}/")
    assert event.status.value == "CONFIRMED"


def test_a_panels_is_plainly_a_meeting():
    text = text_of(row(body_kind="panel", body_name="Case Review Panel"))
    assert "SUMMARY:Meeting\r\n" in text
    assert "Case" not in text


def test_one_without_a_room_says_how_it_takes_place():
    assert event_of().location.value == "Virtual"


def test_a_cancelled_one_stays_and_says_so():
    event = event_of(cancelled_at=dt.datetime(2026, 12, 2, tzinfo=UTC))
    assert (event.status.value, event.summary.value) == ("CANCELLED", "Cancelled: Review")


def test_the_same_meeting_is_written_in_the_same_words_each_time():
    assert text_of(row()) == text_of(row())


# Any letter that a database takes, and above all those that mean something in a calendar.
hostile = st.text(
    st.one_of(
        st.sampled_from('\r\n\t;:,\\"=BEGINVT\x0b\x0c\x1c\x85\u2028'),
        st.characters(codec="utf-8", exclude_characters="\0"),
    )
)


@given(place=hostile, name=hostile)
def test_whatever_is_typed_it_is_one_event_with_no_property_more(place, name):
    text = text_of(row(place=place, body_name=name))
    calendar = read(text)
    assert [child.name for child in calendar.getChildren()].count("VEVENT") == 1
    usual = {child.name for child in event_of().getChildren()}
    assert {child.name for child in calendar.vevent.getChildren()} == usual
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert calendar.vevent.summary.value.strip() == events.in_one_line(name).strip()


# --- Identifier and sequence over the life of a meeting ---------------------------------------------------------------

days = st.integers(1, 400)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("move"), days),
        st.tuples(st.just("place"), st.sampled_from(["", "Room 1", "Room 2"])),
        st.tuples(st.just("mode"), st.sampled_from(["virtual", "hybrid", "in person"])),
        st.tuples(st.just("longer"), st.integers(1, 60)),
        st.tuples(st.just("nothing"), st.none()),
    ),
    max_size=6,
)


class OverItsLife(TestCase):
    @settings(max_examples=25)
    @given(acts, st.booleans())
    def test_the_identifier_stays_and_the_sequence_rises_with_each_change_and_no_other(self, done, cancelled):
        meeting = make.MeetingFactory(place="Room 1")
        team = make.OfficeFactory(person__area=meeting.area)
        begun, told = meeting.starts_at, []
        for act, value in done:
            now = {name: getattr(meeting, name) for name in ("starts_at", "ends_at", "mode", "place")}
            wanted = dict(now)
            if act == "move":
                length = meeting.ends_at - meeting.starts_at
                wanted |= {"starts_at": begun + dt.timedelta(days=value)}
                wanted |= {"ends_at": wanted["starts_at"] + length}
            elif act == "longer":
                wanted |= {"ends_at": meeting.ends_at + dt.timedelta(minutes=value)}
            elif act != "nothing":
                wanted |= {act: value}
            before = meeting.sequence
            actions.change_meeting(meeting, by=team.person.user, **wanted)
            meeting = Meeting.objects.get(pk=meeting.pk)
            assert meeting.sequence == before + (wanted != now)
            told.append(invitation.calendar_of(meeting, team.person))
        if cancelled:
            before = meeting.sequence
            actions.cancel_meeting(meeting, "Too little business", by=team.person.user)
            meeting = Meeting.objects.get(pk=meeting.pk)
            assert meeting.sequence == before + 1
            text, method = invitation.calendar_of(meeting, team.person)
            told.append((text, method))
            assert method == "CANCEL"
        read_back = [next(iter(events_of(text).items())) for text, _method in told]
        assert {identifier for identifier, _event in read_back} <= {events.uid(meeting.public_id)}
        sequences = [int(event.sequence.value) for _identifier, event in read_back]
        assert sequences == sorted(sequences)
