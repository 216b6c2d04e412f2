"""The invitation that goes by mail, read back by another parser."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings import actions
from meetings.calendars.invitation import calendar_of
from meetings.models import Meeting
from meetings.replying.actions import reply, reply_as_deputy
from tests.factories import AgendaItemFactory, MeetingFactory, OfficeFactory, PersonFactory
from tests.meetings.calendars.reading import events_of, read


@pytest.fixture
def planned(group):
    return MeetingFactory(body=group.body, place="Room 1")


def event_of(text):
    (event,) = events_of(text).values()
    return event


def test_it_asks_its_one_recipient_and_names_no_other(group, planned):
    text, method = calendar_of(planned, group.nurse.person)
    assert method == read(text).method.value == "REQUEST"
    event = event_of(text)
    assert event.dtstart.value == planned.starts_at
    assert event.attendee.value == f"mailto:{group.nurse.person.user.email}"
    assert len(event.attendee_list) == 1
    assert event.organizer.value.startswith("mailto:")
    assert text.count("mailto:") == 2


def test_it_holds_nothing_of_the_business(group, planned):
    AgendaItemFactory(meeting=planned, title="Canary item", recommendation="Canary plan")
    planned.note = "Canary note"
    planned.save()
    assert "Canary" not in calendar_of(planned, group.nurse.person)[0]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("accept", "ACCEPTED"), ("tentative", "TENTATIVE"), ("apologies", "DECLINED"), (None, "NEEDS-ACTION")],
)
def test_it_says_how_they_answered_so_far(group, planned, answer, state):
    if answer:
        person = group.nurse.person
        reply(planned, group.nurse.seat_id, answer, by=person.user, person=person, reason="On leave")
    event = event_of(calendar_of(planned, group.nurse.person)[0])
    assert event.attendee.params["PARTSTAT"] == [state]


def test_who_sends_a_deputy_does_not_come_and_the_deputy_says_for_themself(group, planned):
    person, deputy, seat = group.commander.person, group.deputy.person, group.commander.seat_id
    reply(planned, seat, "deputy", by=person.user, person=person, deputy_id=deputy.pk)

    def states():
        return [event_of(calendar_of(planned, one)[0]).attendee.params["PARTSTAT"] for one in (person, deputy)]

    assert states() == [["DECLINED"], ["NEEDS-ACTION"]]
    for answer, state in (("accept", "ACCEPTED"), ("apologies", "DECLINED")):
        reply_as_deputy(planned, seat, answer, by=deputy.user, person=deputy)
        assert states() == [["DECLINED"], [state]]


def test_a_cancelled_meeting_is_taken_out_under_the_same_identifier_and_a_higher_sequence(group, planned):
    before = event_of(calendar_of(planned, group.nurse.person)[0])
    actions.cancel_meeting(planned, "Too little business", by=group.chair)
    text, method = calendar_of(Meeting.objects.get(pk=planned.pk), group.nurse.person)
    after = event_of(text)
    assert method == read(text).method.value == "CANCEL"
    assert (after.uid.value, after.status.value) == (before.uid.value, "CANCELLED")
    assert int(after.sequence.value) > int(before.sequence.value)


@pytest.mark.parametrize("whose", ["left", "never had a part", "no account", "switched off"])
def test_for_whom_it_is_no_meeting_of_theirs_it_is_taken_out_and_no_word_is_said_of_it(group, planned, whose):
    person = group.nurse.person
    if whose == "left":
        group.body.chairings.update(ends_at=timezone.now())
        group.nurse.ends_at = timezone.now()
        group.nurse.save()
    elif whose == "switched off":
        person.user.is_active = False
        person.user.save()
    else:
        person = PersonFactory(area=group.body.area, with_account=whose == "never had a part")
    text, method = calendar_of(planned, person)
    assert method == "CANCEL"
    assert event_of(text).status.value == "CANCELLED"
    assert event_of(text).summary.value == "Cancelled: Meeting"
    assert not [word for word in ("Room 1", "Review", "/meetings/") if word in text]


def test_after_a_move_it_asks_again(group, planned):
    person = group.nurse.person
    reply(planned, group.nurse.seat_id, "accept", by=person.user, person=person)
    later = dt.timedelta(days=7)
    actions.change_meeting(
        planned,
        by=group.chair,
        starts_at=planned.starts_at + later,
        ends_at=planned.ends_at + later,
        mode="virtual",
        place="Room 1",
    )
    event = event_of(calendar_of(Meeting.objects.get(pk=planned.pk), person)[0])
    assert event.dtstart.value == planned.starts_at + later
    assert event.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]


def test_the_team_gets_it_too(group, planned):
    assert calendar_of(planned, OfficeFactory(person__area=group.body.area).person)[1] == "REQUEST"
