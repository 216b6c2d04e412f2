"""
One factory for every model.

What they make by default is consistent: everything lies in one area, a member comes from the agency of their place,
and a decision, its item and its meeting belong together. Another area is ``AnotherAreaFactory()``.
"""

import datetime as dt
import functools
import hashlib
import uuid
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.utils import timezone
from factory import LazyAttribute, LazyFunction, RelatedFactory, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from meetings import models as meetings
from partnerships import models as partnerships
from records import models as records
from records.history import writing
from reviews import models as reviews

PASSWORD = "correct horse battery"
LONDON = ZoneInfo("Europe/London")
LONG_AGO = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
NOBODY = {"filled_by": "nobody", "person": None, "how": ""}


def this_hour():
    return timezone.now().replace(minute=0, second=0, microsecond=0)


@functools.cache
def hashed(password):
    """Hashing is slow on purpose; tests share one hash of the same password."""
    return make_password(password)


# --- Records ----------------------------------------------------------------------------------------------------------


class AreaFactory(DjangoModelFactory):
    """The one area in which everything lies unless a test says otherwise: asked for again, it is the same row."""

    class Meta:
        model = records.Area
        django_get_or_create = ("slug",)

    class Params:
        sample = Trait(sample_notice="Sample: terms of October 2024 applied from 1 April 2024")

    name = "Milton Keynes"
    slug = "milton-keynes"
    code = "MK"


class AnotherAreaFactory(DjangoModelFactory):
    """An area with partnerships of its own, a new one each time."""

    class Meta:
        model = records.Area

    name = Sequence(lambda n: f"Area {n}")
    slug = Sequence(lambda n: f"area-{n}")
    code = Sequence(lambda n: f"A{n}")


class UserFactory(DjangoModelFactory):
    """An account that signs in with ``PASSWORD``, or with the plain ``password`` that a test gives."""

    class Meta:
        model = records.User

    class Params:
        inactive = Trait(is_active=False)

    email = Sequence(lambda n: f"person{n}@mktogether.example")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, password, **fields):
        return super()._create(model_class, *args, password=hashed(password), **fields)


class EventFactory(DjangoModelFactory):
    """A line of history, as ``records.history.record`` would write it."""

    class Meta:
        model = records.Event

    class Params:
        actor = SubFactory(UserFactory)
        area = SubFactory(AreaFactory)

    at = LazyFunction(timezone.now)
    area_id = SelfAttribute("area.pk")
    actor_id = SelfAttribute("actor.pk")
    verb = "meeting.opened"
    target = "meetings.Meeting"
    target_id = Sequence(lambda n: n + 1)
    fields = LazyFunction(dict)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        event = model_class(*args, **fields)
        writing.write(event)
        return event


class EarlierValueFactory(DjangoModelFactory):
    class Meta:
        model = records.EarlierValue

    event = SubFactory(EventFactory)
    field = "place"
    value = "Room 1"


class DenialCountFactory(DjangoModelFactory):
    class Meta:
        model = records.DenialCount

    account_id = Sequence(lambda n: n + 1)
    minute = LazyFunction(this_hour)
    times = 1


class SealFactory(DjangoModelFactory):
    """A seal with an arbitrary digest; a chain that verifies is made by ``records.history.seal``."""

    class Meta:
        model = records.Seal

    position = Sequence(lambda n: n + 1)
    event = SubFactory(EventFactory)
    digest = "0" * 64


class StoredFileFactory(DjangoModelFactory):
    """A private file of ``content`` (bytes), for the object that ``kind`` and ``target_id`` name."""

    class Meta:
        model = records.StoredFile

    class Params:
        content = b"%PDF-1.7 a file of a test"

    area = SubFactory(AreaFactory)
    kind = "test"
    target_id = Sequence(lambda n: n + 1)
    name = "minutes.pdf"
    content_type = "application/pdf"
    size = LazyAttribute(lambda stored: len(stored.content))
    sha256 = LazyAttribute(lambda stored: hashlib.sha256(stored.content).hexdigest())
    file = LazyAttribute(lambda stored: ContentFile(stored.content, name=stored.name))
    created_by = SubFactory(UserFactory)


class JobFactory(DjangoModelFactory):
    """Long work that waits to start; traits for how far it has come."""

    class Meta:
        model = records.Job

    class Params:
        running = Trait(
            state="running", progress=40, attempts=1, lease_until=LazyFunction(lambda: this_hour() + dt.timedelta(1))
        )
        lost = Trait(
            state="running", progress=40, attempts=1, lease_until=LazyFunction(lambda: this_hour() - dt.timedelta(1))
        )
        done = Trait(
            state="done",
            progress=100,
            attempts=1,
            finished_at=LazyFunction(timezone.now),
            result=SubFactory(StoredFileFactory, area=SelfAttribute("..area")),
        )
        failed = Trait(
            state="failed", attempts=4, finished_at=LazyFunction(timezone.now), failure="The printer was away."
        )

    area = SubFactory(AreaFactory)
    kind = "test"
    target_id = Sequence(lambda n: n + 1)
    asked_by = SubFactory(UserFactory)


class OutboxMessageFactory(DjangoModelFactory):
    """A mail that waits to go out."""

    class Meta:
        model = records.OutboxMessage

    class Params:
        sending = Trait(state="sending", attempts=1, lease_until=LazyFunction(lambda: this_hour() + dt.timedelta(1)))
        lost = Trait(state="sending", attempts=1, lease_until=LazyFunction(lambda: this_hour() - dt.timedelta(1)))
        sent = Trait(state="sent", attempts=1, sent_at=LazyFunction(timezone.now))
        failed = Trait(state="failed", attempts=8, failure="The mail server did not take it.")

    key = Sequence(lambda n: f"test:{n}")
    area = SubFactory(AreaFactory)
    to = "somebody@mktogether.example"
    subject = "Your meeting"
    text = "There is something for you: http://localhost:8000/"
    message_id = Sequence(lambda n: f"<{n}@localhost>")


class SubmissionFactory(DjangoModelFactory):
    class Meta:
        model = records.Submission

    token = LazyFunction(uuid.uuid4)
    user = SubFactory(UserFactory)
    location = "/meetings/"


class BrokerMarkFactory(DjangoModelFactory):
    class Meta:
        model = records.BrokerMark


# --- Partnerships -----------------------------------------------------------------------------------------------------


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.Agency

    area = SubFactory(AreaFactory)
    short_name = Sequence(lambda n: f"Agency {n}")
    name = LazyAttribute(lambda agency: f"{agency.short_name} in full")
    slug = Sequence(lambda n: f"agency-{n}")
    classes = LazyFunction(list)


class BodyFactory(DjangoModelFactory):
    """A working group; the trait ``partnership`` makes it a statutory board."""

    class Meta:
        model = partnerships.Body

    class Params:
        partnership = Trait(kind="statutory", name=Sequence(lambda n: f"Partnership {n}"))
        panel = Trait(kind="panel", name=Sequence(lambda n: f"Panel {n}"))
        earlier = Trait(earlier_structure="Arrangements of 2021-22")

    area = SubFactory(AreaFactory)
    name = Sequence(lambda n: f"Group {n}")
    short_name = SelfAttribute("name")
    slug = Sequence(lambda n: f"group-{n}")
    kind = "group"


class TermsOfReferenceFactory(DjangoModelFactory):
    """Terms without a stated quorum; ``rules`` takes a text of the rule language."""

    class Meta:
        model = partnerships.TermsOfReference

    body = SubFactory(BodyFactory)
    edition = "Handbook of October 2024"
    starts_on = dt.date(2024, 4, 1)
    rules = ""
    mode = "virtual"


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.Seat

    body = SubFactory(BodyFactory)
    agency = SubFactory(AgencyFactory, area=SelfAttribute("..body.area"))

    class Params:
        observer = Trait(in_attendance=True, agency=None, votes=False, counts=False)

    title = Sequence(lambda n: f"Place {n}")
    order = Sequence(lambda n: n + 1)
    starts_at = LONG_AGO


class PublicContactFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.PublicContact

    area = SubFactory(AreaFactory)
    audience = "child"
    name = "Children's front door"
    telephone = "01632 960001"
    owner = "Head of the front door"
    checked_on = LazyFunction(timezone.localdate)
    order = Sequence(lambda n: n)


class PersonFactory(DjangoModelFactory):
    """Somebody by their post; ``with_account`` lets them sign in with ``PASSWORD``."""

    class Meta:
        model = partnerships.Person

    class Params:
        with_account = Trait(user=SubFactory(UserFactory))
        independent = Trait(agency=None)

    area = SubFactory(AreaFactory)
    agency = SubFactory(AgencyFactory, area=SelfAttribute("..area"))
    post = Sequence(lambda n: f"Senior manager {n}")


class AppointmentFactory(DjangoModelFactory):
    """The member for a place, from the place's agency."""

    class Meta:
        model = partnerships.Appointment

    class Params:
        with_account = Trait(person__with_account=True)

    seat = SubFactory(SeatFactory)
    person = SubFactory(PersonFactory, area=SelfAttribute("..seat.body.area"), agency=SelfAttribute("..seat.agency"))
    starts_at = LONG_AGO


class NamedDeputyFactory(DjangoModelFactory):
    """A named deputy for a place, from the place's agency."""

    class Meta:
        model = partnerships.NamedDeputy

    class Params:
        with_account = Trait(person__with_account=True)

    seat = SubFactory(SeatFactory)
    person = SubFactory(PersonFactory, area=SelfAttribute("..seat.body.area"), agency=SelfAttribute("..seat.agency"))
    starts_at = LONG_AGO


class ChairingFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.Chairing

    class Params:
        with_account = Trait(person__with_account=True)
        vice = Trait(part="vice-chair")

    body = SubFactory(BodyFactory)
    person = SubFactory(PersonFactory, area=SelfAttribute("..body.area"))
    part = "chair"
    starts_at = LONG_AGO


class OfficeFactory(DjangoModelFactory):
    """A specified role; one of the team unless a trait or ``kind`` says otherwise. Its holder can sign in."""

    class Meta:
        model = partnerships.Office

    class Params:
        scrutineer = Trait(kind="scrutineer", person=SubFactory(PersonFactory, with_account=True, agency=None))
        lead_partner = Trait(kind="lead partner")
        delegated_partner = Trait(kind="delegated partner")
        agency_administrator = Trait(kind="agency administrator")
        finance_editor = Trait(kind="finance editor")
        information_governance = Trait(kind="information governance")
        system_administrator = Trait(kind="system administrator")

    person = SubFactory(PersonFactory, with_account=True)
    area = SelfAttribute("person.area")
    kind = "team"
    starts_at = LONG_AGO


class TeamMemberFactory(PersonFactory):
    """Somebody of the team, who can sign in."""

    class Meta:
        skip_postgeneration_save = True

    user = SubFactory(UserFactory)
    office = RelatedFactory(OfficeFactory, factory_related_name="person")


class GrantFactory(DjangoModelFactory):
    """
    An approved grant in force: a lay member of a group.

    ``thing`` is what it is about, an instance of any registered kind. Traits for where it stands.
    """

    class Meta:
        model = partnerships.Grant

    class Params:
        thing = SubFactory(BodyFactory)
        with_account = Trait(person__with_account=True)
        waiting = Trait(starts_at=None, ends_at=None, approved_at=None, approved_by=None, review_on=None)
        urgent = Trait(
            approved_at=None,
            approved_by=None,
            confirm_by=LazyFunction(lambda: this_hour() + dt.timedelta(days=1)),
            ends_at=SelfAttribute("confirm_by"),
        )
        over = Trait(
            wanted_from=LazyFunction(lambda: this_hour() - dt.timedelta(days=40)),
            wanted_until=LazyFunction(lambda: this_hour() - dt.timedelta(seconds=1)),
        )
        not_begun = Trait(wanted_from=LazyFunction(lambda: this_hour() + dt.timedelta(days=2)))
        lead = Trait(
            kind="case lead",
            rests_on="team",
            approved_at=None,
            approved_by=None,
            second=None,
            person=SubFactory(TeamMemberFactory, area=SelfAttribute("..area")),
            proposed_by=SelfAttribute("person"),
        )
        emergency = Trait(
            kind="emergency",
            proposed_by=SelfAttribute("person"),
            wanted_from=LazyFunction(lambda: timezone.now() - dt.timedelta(minutes=5)),
            wanted_until=LazyAttribute(lambda grant: grant.wanted_from + dt.timedelta(hours=1)),
        )
        taken_back = Trait(
            waiting=True, ended_by=SelfAttribute("proposed_by"), ended_because="They have left the organisation."
        )
        refused = Trait(
            waiting=True,
            refused_at=LazyFunction(timezone.now),
            refused_by=SelfAttribute("second"),
            refused_because="It is not needed.",
        )

    kind = "lay member"
    subject = LazyAttribute(lambda grant: grant.thing._meta.label)
    subject_id = LazyAttribute(lambda grant: grant.thing.pk)
    area = LazyAttribute(lambda grant: records.Area.objects.get(pk=grant.thing.area_id))
    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    reason = "Speaks for families."
    proposed_by = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    second = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    proposed_at = LazyFunction(lambda: this_hour() - dt.timedelta(days=50))
    wanted_from = LazyFunction(lambda: this_hour() - dt.timedelta(days=1))
    wanted_until = LazyFunction(lambda: this_hour() + dt.timedelta(days=30))
    approved_at = SelfAttribute("proposed_at")
    approved_by = SelfAttribute("second")
    starts_at = SelfAttribute("wanted_from")
    ends_at = SelfAttribute("wanted_until")
    review_on = LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=60))


class ExclusionFactory(DjangoModelFactory):
    """Somebody is kept from ``thing`` for a conflict of interest."""

    class Meta:
        model = partnerships.Exclusion

    class Params:
        thing = SubFactory(BodyFactory)
        own = Trait(declared_by=SelfAttribute("person"))
        over = Trait(
            ends_at=LazyFunction(lambda: timezone.now() - dt.timedelta(seconds=1)),
            ended_by=SubFactory(PersonFactory, area=SelfAttribute("..area")),
            ended_because="They have left the firm.",
        )

    subject = LazyAttribute(lambda exclusion: exclusion.thing._meta.label)
    subject_id = LazyAttribute(lambda exclusion: exclusion.thing.pk)
    area = LazyAttribute(lambda exclusion: records.Area.objects.get(pk=exclusion.thing.area_id))
    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    reason = "A relative works there."
    declared_by = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    starts_at = LONG_AGO


class AccessReviewFactory(DjangoModelFactory):
    """The open review of an agency for a quarter, a new agency each time; traits for closed, late and without one."""

    class Meta:
        model = partnerships.AccessReview

    class Params:
        closed = Trait(closed_at=LazyFunction(timezone.now), closed_by=SelfAttribute("begun_by"))
        overdue = Trait(due_on=LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=14)))
        independent = Trait(agency=None)

    area = SubFactory(AreaFactory)
    agency = SubFactory(AgencyFactory, area=SelfAttribute("..area"))
    year = Sequence(lambda n: 2000 + n)
    quarter = 3
    due_on = LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=14))
    begun_at = LazyFunction(lambda: this_hour() - dt.timedelta(days=14))
    begun_by = SubFactory(UserFactory)


class AccessReviewLineFactory(DjangoModelFactory):
    """A member's place, not answered yet; traits for the answers. ``held`` is the appointment that it is about."""

    class Meta:
        model = partnerships.AccessReviewLine

    class Params:
        held = SubFactory(AppointmentFactory)
        kept = Trait(answer="keep", answered_at=LazyFunction(timezone.now), answered_by=SubFactory(UserFactory))
        ended = Trait(
            answer="end", note="New post", answered_at=LazyFunction(timezone.now), answered_by=SubFactory(UserFactory)
        )

    review = SubFactory(AccessReviewFactory, agency=SelfAttribute("..held.seat.agency"))
    person = SelfAttribute("held.person")
    kind = "appointment"
    row = SelfAttribute("held.pk")
    what = LazyAttribute(lambda line: f"Member for {line.held.seat.agency} on {line.held.seat.body}")


class ScenarioFactory(DjangoModelFactory):
    """Something kept from the workbench: two of the three who are needed have come."""

    class Meta:
        model = partnerships.Scenario

    class Params:
        shared = Trait(
            body=SubFactory(BodyFactory, area=SelfAttribute("..area")),
            shared_at=LazyFunction(timezone.now),
            shared_by=SelfAttribute("created_by"),
        )

    area = SubFactory(AreaFactory)
    name = Sequence(lambda n: f"Trial {n}")
    created_by = SubFactory(UserFactory)
    content = LazyAttribute(
        lambda scenario: {
            "name": scenario.name,
            "terms": "quorum: three members",
            "date": "2025-01-21",
            "seats": [{"seat": "Nurse"}, {"seat": "Commander"}, {"seat": "Director"}],
            "present": ["Nurse", "Commander"],
            "expect": {"verdict": "not quorate"},
        }
    )


# --- Meetings ---------------------------------------------------------------------------------------------------------


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


# --- Reviews ----------------------------------------------------------------------------------------------------------


class YearCountFactory(DjangoModelFactory):
    """A number from a published report."""

    class Meta:
        model = reviews.YearCount

    area = SubFactory(AreaFactory)
    first_day = dt.date(2021, 4, 1)
    key = Sequence(lambda n: f"count-{n}")
    label = "Rapid reviews about adults"
    count = 4
    source = "Annual report 2021-22"


class CaseFactory(DjangoModelFactory):
    """An open case; who is on it, the test says by grants (``GrantFactory(lead=True, thing=case)``)."""

    class Meta:
        model = reviews.Case

    class Params:
        closed = Trait(
            closed_at=LazyFunction(timezone.now), closed_by=SelfAttribute("registered_by"), closed_because="It is done."
        )

    area = SubFactory(AreaFactory)
    kind = "child"
    year = 2026
    number = Sequence(lambda n: n + 1)
    reference = LazyAttribute(
        lambda case: f"{case.area.code}-{case.year}-{reviews.Case.LETTERS[case.kind]}-{case.number:03}"
    )
    about = "infant, serious injury, recovered"
    registered_at = LazyFunction(this_hour)
    registered_by = SubFactory(UserFactory)
