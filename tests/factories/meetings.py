"""Meetings and what is recorded at them."""

import datetime as dt

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from meetings import models as meetings
from tests.factories.boards import BodyFactory, SeatFactory
from tests.factories.common import LONDON, this_hour
from tests.factories.people import PersonFactory
from tests.factories.records import UserFactory

NOBODY = {"filled_by": "nobody", "person": None, "how": ""}


class MeetingFactory(DjangoModelFactory):
    """A meeting of next week; traits for one in session, closed, over without being closed, or cancelled."""

    class Meta:
        model = meetings.Meeting

    class Params:
        clerk = SubFactory(UserFactory)
        over = Trait(starts_at=Sequence(lambda n: this_hour() - dt.timedelta(days=7, minutes=n)))
        opened = Trait(
            starts_at=Sequence(lambda n: this_hour() - dt.timedelta(hours=1, minutes=n)),
            ends_at=LazyAttribute(lambda meeting: meeting.starts_at + dt.timedelta(days=2)),
            opened_at=SelfAttribute("starts_at"),
            opened_by=SelfAttribute("clerk"),
        )
        only_month = Trait(  # entered and closed today, from a source that gives no day
            date_precision="month",
            mode="",
            opened_at=LazyFunction(timezone.now),
            opened_by=SelfAttribute("clerk"),
            closed_at=LazyFunction(timezone.now),
            closed_by=SelfAttribute("clerk"),
            starts_at=Sequence(lambda n: dt.datetime(2000 + n // 12, n % 12 + 1, 1, tzinfo=LONDON)),
            ends_at=LazyAttribute(lambda meeting: meeting.starts_at + dt.timedelta(days=28)),
        )
        closed = Trait(
            over=True,
            opened_at=SelfAttribute("starts_at"),
            opened_by=SelfAttribute("clerk"),
            roll_checked_at=SelfAttribute("starts_at"),
            roll_checked_by=SelfAttribute("clerk"),
            closed_at=SelfAttribute("ends_at"),
            closed_by=SelfAttribute("clerk"),
        )
        cancelled = Trait(
            cancelled_at=LazyFunction(timezone.now),
            cancelled_by=SelfAttribute("clerk"),
            cancelled_because="Too little business",
        )

    body = SubFactory(BodyFactory)
    area = SelfAttribute("body.area")
    starts_at = Sequence(lambda n: this_hour() + dt.timedelta(days=7, minutes=n))
    ends_at = LazyAttribute(lambda meeting: meeting.starts_at + dt.timedelta(hours=2))
    mode = "virtual"


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = meetings.AgendaItem

    class Params:
        to_decide = Trait(purpose="decide", recommendation="Agree the plan.")
        private = Trait(confidential=True)
        done = Trait(done_at=LazyFunction(timezone.now))

    meeting = SubFactory(MeetingFactory)
    number = Sequence(lambda n: n + 1)
    title = Sequence(lambda n: f"Item about matter {n}")
    purpose = "note"


class MeetingRecordFactory(DjangoModelFactory):
    """An empty record; a whole one is what closing a meeting makes."""

    class Meta:
        model = meetings.MeetingRecord

    meeting = SubFactory(MeetingFactory, closed=True)
    content = LazyFunction(dict)
    at = SelfAttribute("meeting.closed_at")


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = meetings.Correction

    meeting = SubFactory(MeetingFactory, closed=True)
    text = "The member of the hospital was there from the beginning."
    reason = "The clerk had missed their arrival."
    by = SubFactory(UserFactory)


class DeputyReleasedFactory(DjangoModelFactory):
    class Meta:
        model = meetings.DeputyReleased

    meeting = SubFactory(MeetingFactory)
    deputy = SubFactory(PersonFactory)
    at = LazyFunction(timezone.now)


class ReplyFactory(DjangoModelFactory):
    """The member says that they come; traits for the other answers."""

    class Meta:
        model = meetings.Reply

    class Params:
        tentative = Trait(answer="tentative")
        apologies = Trait(answer="apologies", reason="On leave")
        sends_deputy = Trait(
            answer="deputy",
            deputy=SubFactory(
                PersonFactory, area=SelfAttribute("..seat.body.area"), agency=SelfAttribute("..seat.agency")
            ),
        )

    meeting = SubFactory(MeetingFactory)
    seat = SubFactory(SeatFactory, body=SelfAttribute("..meeting.body"))
    answer = "accept"
    at = LazyFunction(timezone.now)


class CalendarAddressFactory(DjangoModelFactory):
    """An address that nobody knows: of all meetings of somebody; give ``body`` for those of one group."""

    class Meta:
        model = meetings.CalendarAddress

    person = SubFactory(PersonFactory, with_account=True)
    secret_digest = Sequence(lambda n: f"{n:064x}")


class AttendanceFactory(DjangoModelFactory):
    """
    The member in the room; traits for the other ways in which a place is filled, or is not.

    The person comes from the place's agency. To have the very member or deputy of a place, give ``person``.
    """

    class Meta:
        model = meetings.Attendance

    class Params:
        principal = Trait(filled_by="principal")
        remote = Trait(how="remote")
        deputy = Trait(filled_by="deputy")
        substitute = Trait(filled_by="substitute", notice_at=SelfAttribute("meeting.starts_at"))
        apologies = Trait(**NOBODY, why_not="apologies")
        absent = Trait(**NOBODY, why_not="absent")
        unknown = Trait(**NOBODY, why_not="unknown")
        represented = Trait(filled_by="represented", person=None, how="")

    meeting = SubFactory(MeetingFactory, opened=True)
    seat = SubFactory(SeatFactory, body=SelfAttribute("..meeting.body"))
    filled_by = "principal"
    person = SubFactory(PersonFactory, area=SelfAttribute("..seat.body.area"), agency=SelfAttribute("..seat.agency"))
    how = "room"
    recorded_at = LazyFunction(timezone.now)
    recorded_by = SubFactory(UserFactory)


class PresenceFactory(DjangoModelFactory):
    """There from the start of the meeting; give ``starts_at`` for somebody late and ``ends_at`` for one who left."""

    class Meta:
        model = meetings.Presence

    attendance = SubFactory(AttendanceFactory)
    starts_at = SelfAttribute("attendance.meeting.starts_at")


class VerdictChangeFactory(DjangoModelFactory):
    class Meta:
        model = meetings.VerdictChange

    meeting = SubFactory(MeetingFactory, opened=True)
    at = SelfAttribute("meeting.opened_at")
    status = "quorate"
    sentence = "Quorate: everybody who must be there is there."


class DecisionFactory(DjangoModelFactory):
    """Carried by a quorate meeting; ``recommendation`` is one made without a quorum."""

    class Meta:
        model = meetings.Decision

    class Params:
        recommendation = Trait(
            is_recommendation=True,
            outcome="recommended",
            reason="The meeting was not quorate.",
            quorum="not quorate",
            quorum_sentence="Not quorate: nobody from TVP.",
        )

    item = SubFactory(AgendaItemFactory, to_decide=True, meeting__opened=True)
    meeting = SelfAttribute("item.meeting")
    wording = "The plan was agreed."
    outcome = "carried"
    reason = "Nobody objected."
    quorum = "quorate"
    quorum_sentence = "Quorate: everybody who must be there is there."
    at = LazyFunction(timezone.now)
    by = SubFactory(UserFactory)


class VoteFactory(DjangoModelFactory):
    class Meta:
        model = meetings.Vote

    decision = SubFactory(DecisionFactory)
    seat = SubFactory(SeatFactory, body=SelfAttribute("..decision.meeting.body"))
    person = SubFactory(PersonFactory, area=SelfAttribute("..seat.body.area"), agency=SelfAttribute("..seat.agency"))
    choice = "for"
    recorded_by = SubFactory(UserFactory)


class ActionFactory(DjangoModelFactory):
    """Due in two weeks; traits for one that is late, one that is done, and one agreed at a meeting's item."""

    class Meta:
        model = meetings.Action

    class Params:
        overdue = Trait(due_on=LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=3)))
        done = Trait(done_at=LazyFunction(timezone.now), done_by=SubFactory(UserFactory))
        agreed = Trait(
            item=SubFactory(AgendaItemFactory, meeting__body=SelfAttribute("...body")),
            meeting=SelfAttribute("item.meeting"),
        )

    body = SubFactory(BodyFactory)
    area = SelfAttribute("body.area")
    owner = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    agency = SelfAttribute("owner.agency")
    what = Sequence(lambda n: f"Bring the report on matter {n}")
    due_on = LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=14))
